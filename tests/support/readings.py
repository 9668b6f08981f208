"""A message's meaning in one line, so that tables of cases can be read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import parse
from bot.language.model import Action, Context, StatusUpdate

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = "2026-11-24 10:30"


def at(moment: str) -> datetime:
    """`2026-11-24 10:30` in Tokyo."""
    return datetime.fromisoformat(moment).replace(tzinfo=TOKYO)


def reading(text: str, now: str = TUESDAY, context: Context = "chat") -> str:
    """`out 10:30~15:00 stated`, `ask past_time`, `extend 30`, `query 栗本`, `clear`, `none`.

    A time on another day than now's carries its day: `11-25 00:00`; the midnight after today is 24:00.
    """
    return shown(parse(text, at(now), context), at(now))


def shown(update: StatusUpdate, now: datetime) -> str:
    """The one line for an update."""
    who = f" @{update.who}" if update.who else ""
    if update.action is Action.SET:
        return (
            "; ".join(
                f"{entry.kind} {_moment(entry.start, now)}~{_moment(entry.end, now)} {entry.basis}"
                for entry in update.entries
            )
            + who
        )
    if update.action is Action.EXTEND:
        return f"extend {update.minutes if update.end is None else _moment(update.end, now)}{who}"
    if update.action is Action.ASK:
        return f"ask {update.reason}"
    return update.action.value + who


def _moment(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "open"
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    if moment == datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo):
        return "24:00"
    return f"{moment:%m-%d %H:%M}"
