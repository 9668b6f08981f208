"""What a form of Slack says: checked field by field, then done as one change."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.delivery.wording import telephone
from bot.language import parse
from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate
from bot.messages.verbs import NoSuchMessageError, message_of
from bot.office.model import Person
from bot.presence.history import live_entry, origin_of
from handlers.chat.buttons import heirs, reassigned
from handlers.chat.change import carry_out, edited, owner
from handlers.chat.reply import Reply
from handlers.chat.settings import (
    EDIT,
    SHOW,
    SITUATIONS,
    Choices,
    TelephoneError,
    chosen,
    telephone_typed,
)
from handlers.chat.talk import Talk
from handlers.slack.views import (
    AT_HALF,
    COLLEAGUE,
    EDIT_FORM,
    END,
    KIND,
    KINDS,
    NOTE,
    ON_LEAVE,
    RANKS,
    REASSIGN_FORM,
    SETTINGS_FORM,
    START,
    TELEPHONE,
    YES,
    reassign_form,
    settings_form,
    status_form,
)

Errors = dict[str, str]
"""What to show at a field, by its block id."""

_EARLIEST = timedelta(days=1)
_ANSWERED_WITHIN_SECONDS = 28 * 60
"""A little less than a `response_url` lives (docs.slack.dev/interactivity/handling-user-interaction)."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent back: which one, what it is about, the answer's address, the values by field.

    `response_url` answers at the button that opened the form, `opened_at` (seconds since 1970).
    """

    callback_id: str
    target: str
    response_url: str
    values: Mapping[str, Any]
    opened_at: int = 0

    def answers_at_its_button(self, now: datetime) -> bool:
        """Whether the answer still reaches the button: Slack takes it for half an hour."""
        return bool(self.response_url) and now.timestamp() < self.opened_at + _ANSWERED_WITHIN_SECONDS


def read_submission(view: Mapping[str, Any]) -> Submission:
    """A submission out of its view; what is garbled in it counts as left empty."""
    try:
        about = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError):
        about = {}
    about = about if isinstance(about, dict) else {}
    opened = about.get("opened_at")
    values = {}
    state = view.get("state")
    fields = state.get("values") if isinstance(state, dict) else None
    for block_id, inner in fields.items() if isinstance(fields, dict) else ():
        element = inner.get(block_id) if isinstance(inner, dict) else None
        values[block_id] = _value(element) if isinstance(element, dict) else None
    return Submission(
        str(view.get("callback_id") or ""),
        str(about.get("target") or ""),
        str(about.get("response_url") or ""),
        values,
        opened if isinstance(opened, int) else 0,
    )


def _value(element: Mapping[str, Any]) -> Any:
    if element.get("type") == "static_select":
        option = element.get("selected_option")
        return option.get("value") if isinstance(option, dict) else None
    for key in ("selected_date_time", "selected_user", "value"):
        if element.get(key) is not None:
            return element[key]
    return None


def form_for(talk: Talk, action: str, value: str, response_url: str) -> dict[str, Any] | None:
    """The form that a button opens, None for a button without one or for something that is over."""
    opened_at = int(talk.tx.now.timestamp())
    metadata = json.dumps({"target": value, "response_url": response_url, "opened_at": opened_at})
    if action == "status_edit":
        return _status_form(talk, value, metadata)
    if action == "message_reassign":
        return _reassign_form(talk, value, metadata)
    if action == EDIT or (action == SHOW and not response_url):  # on the Home tab there is no room for a card
        return settings_form(talk.person, metadata)
    return None


def _status_form(talk: Talk, value: str, metadata: str) -> dict[str, Any] | None:
    if not value:
        return status_form(None, talk.tx.now, metadata)
    target = owner(talk, origin_of(talk.tx, talk.roster.organization, value))
    item = target and live_entry(talk.tx, talk.roster.organization, target.id, value)
    return status_form(item.entry, talk.tx.now, metadata) if item else None


def _reassign_form(talk: Talk, value: str, metadata: str) -> dict[str, Any] | None:
    try:
        row = message_of(talk.tx, talk.roster.organization, value)
    except NoSuchMessageError:
        return None
    colleagues = [(person.id, _shown(person)) for person in heirs(talk, row.staff)]
    return reassign_form(colleagues, metadata) if row.state == "open" and colleagues else None


def _shown(person: Person) -> str:
    return f"{person.name}（{person.department}）" if person.department else person.name


def check(talk: Talk, form: Submission) -> Errors | Callable[[], Reply]:
    """The errors of a form, or the way to carry it out."""
    if form.callback_id == EDIT_FORM:
        return _check_status(talk, form)
    if form.callback_id == REASSIGN_FORM:
        return _check_colleague(talk, form)
    if form.callback_id == SETTINGS_FORM:
        return _check_settings(talk, form)
    return {}


def _check_settings(talk: Talk, form: Submission) -> Errors | Callable[[], Reply]:
    typed = str(form.values.get(TELEPHONE) or "").strip()
    held = talk.person.telephone
    try:
        if held and typed == telephone(held):
            number: str | None = held  # left as it stood, wherever it is
        else:
            number = telephone_typed(talk.roster.office, typed) if typed else None
    except TelephoneError as error:
        return {TELEPHONE: str(error)}
    choices = Choices(
        ranks={
            situation: RANKS[value]
            for situation in SITUATIONS
            if (value := form.values.get(situation)) in RANKS
        },
        on_leave=form.values.get(ON_LEAVE) == YES,
        ring_at_half=form.values.get(AT_HALF) == YES,
        ring_at=number,
    )
    return lambda: chosen(talk, choices)


def _check_colleague(talk: Talk, form: Submission) -> Errors | Callable[[], Reply]:
    chosen = str(form.values.get(COLLEAGUE) or "")
    person = talk.roster.people.get(chosen) or talk.roster.by_slack(chosen)  # type: ignore[call-overload]
    if person is None:
        return {COLLEAGUE: "この方は取次ぎに登録されていません。ほかの方をお選びください。"}
    return lambda: reassigned(talk, form.target, person)


def _check_status(talk: Talk, form: Submission) -> Errors | Callable[[], Reply]:
    kind, start, end = form.values.get(KIND), _instant(form.values.get(START)), _instant(form.values.get(END))
    errors: Errors = {}
    if kind not in set(Kind):
        errors[KIND] = "状況をお選びください。"
    if start is None:
        errors[START] = "始まりをお選びください。"
    elif not form.target and start < talk.tx.now - _EARLIEST:
        errors[START] = "過ぎた日の状況は登録できません。"
    if end is not None and end <= talk.tx.now:
        errors[END] = "この時刻はもう過ぎています。"
    elif end is not None and start is not None and end <= start:
        errors[END] = "終わりは、始まりより後の時刻にしてください。"
    if errors or start is None or not kind:
        return errors
    entry = _entry(talk, form, Kind(kind), start, end)
    if form.target:
        return lambda: edited(talk, form.target, entry)
    return lambda: carry_out(talk, StatusUpdate(Action.SET, (entry,)), talk.person)


def _entry(talk: Talk, form: Submission, kind: Kind, start: datetime, end: datetime | None) -> Entry:
    """The entry that a form says; a picked end is stated, one left as it was keeps its basis."""
    note = " ".join(str(form.values.get(NOTE) or "").split())
    before = _before(talk, form.target)
    word = before.word if before and before.kind is kind else KINDS[kind]
    if before and _same_minute(start, before.start):
        start = before.start
    if end is None:
        return replace(_assumed(talk, kind, start), note=note, word=word)
    if before and before.end and before.kind is kind and _same_minute(end, before.end):
        return Entry(kind, start, before.end, before.basis, note, word)
    return Entry(kind, start, end, Basis.STATED, note, word)


def _same_minute(one: datetime, other: datetime) -> bool:
    """Whether a picker, which knows no seconds, was left where it stood."""
    return abs(one - other) < timedelta(minutes=1)


def _before(talk: Talk, target: str) -> Entry | None:
    origin = origin_of(talk.tx, talk.roster.organization, target) if target else None
    item = origin and live_entry(talk.tx, talk.roster.organization, origin.staff, target)
    return item.entry if item else None


def _assumed(talk: Talk, kind: Kind, start: datetime) -> Entry:
    """The kind alone, as if typed at `start`: its end is the one the status language assumes."""
    typed = parse(KINDS[kind], start.astimezone(talk.roster.zone), "command", talk.roster.calendar)
    end, basis = (typed.entries[0].end, typed.entries[0].basis) if typed.entries else (None, Basis.OPEN)
    return Entry(kind, start, end, basis)


def _instant(value: Any) -> datetime | None:
    """A picked moment, seconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
