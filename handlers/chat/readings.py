"""A reading offered as a button: what would be done, packed into the button's value, and unpacked.

The packed form is `ticket|staff|action|…`, at most 240 characters once percent-encoded, because a
LINE postback holds 300 and Slack's values are as good as any. The ticket is spent by the first tap.
"""

from datetime import UTC, datetime
from urllib.parse import quote

from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate

_MOST = 240


class UnreadableError(ValueError):
    """A value that we did not pack, or packed in an older version."""


def pack(ticket: str, staff: str, update: StatusUpdate) -> str | None:
    """The value of a button that carries `update` out for `staff`; None where it is too long.

    Notes give way before words, which decide what callers hear.
    """
    for with_note, with_word in ((True, True), (False, True), (False, False)):
        packed = "|".join((ticket, staff, *_parts(update, with_note=with_note, with_word=with_word)))
        if len(quote(packed)) <= _MOST:
            return packed
    return None


def unpack(value: str) -> tuple[str, str, StatusUpdate]:
    """Ticket, staff and update of a packed value.

    Raises:
        UnreadableError: it is none of ours.
    """
    try:
        ticket, staff, action, *rest = value.split("|")
        return ticket, staff, _update(Action(action), rest)
    except (ValueError, OverflowError, OSError, IndexError) as error:
        raise UnreadableError from error


def _parts(update: StatusUpdate, *, with_note: bool, with_word: bool) -> list[str]:
    parts = [update.action.value]
    if update.action is Action.EXTEND:
        parts += [str(update.minutes or ""), _instant(update.end)]
    for entry in update.entries:
        note = _bare(entry.note) if with_note else ""
        word = _bare(entry.word) if with_word else ""
        parts.append(
            ",".join((entry.kind.value, _instant(entry.start), _instant(entry.end), entry.basis, word, note))
        )
    return parts


def _update(action: Action, rest: list[str]) -> StatusUpdate:
    if action is Action.EXTEND:
        minutes, end = rest
        return StatusUpdate(action, minutes=int(minutes) if minutes else None, end=_time(end))
    if action is Action.CLEAR:
        return StatusUpdate(action)
    if action is not Action.SET or not rest:
        raise UnreadableError
    return StatusUpdate(action, entries=tuple(_entry(part) for part in rest))


def _entry(part: str) -> Entry:
    kind, start, end, basis, word, note = part.split(",")
    begins = _time(start)
    if begins is None:
        raise UnreadableError
    return Entry(Kind(kind), begins, _time(end), Basis(basis), note, word)


def _bare(text: str) -> str:
    return text.replace("|", " ").replace(",", "、")


def _instant(at: datetime | None) -> str:
    """Seconds since 1970 in hexadecimal; empty for none."""
    return f"{int(at.timestamp()):x}" if at else ""


def _time(packed: str) -> datetime | None:
    return datetime.fromtimestamp(int(packed, 16), UTC) if packed else None
