"""Staff and their presence."""

from datetime import datetime

from bot.language import parse
from bot.language.model import Action, Basis, Entry, Kind, StatusUpdate
from bot.messages.verbs import chats_of
from bot.office.model import Person, StaffId
from bot.office.roster import Roster
from bot.office.tokens import Scope
from bot.presence.board import told, version_of, versions_of
from bot.presence.model import PresenceNow
from bot.presence.verbs import (
    Actor,
    Change,
    NothingToChangeError,
    clear_presence,
    extend_presence,
    set_presence,
)
from bot.store.transaction import Transaction
from bot.transfers.legs import everyones_presence_with_calls, presence_with_calls
from handlers.api.errors import invalid, not_found
from handlers.api.models import (
    EntryShown,
    Nothing,
    Presence,
    PresenceChange,
    PresenceChanged,
    PresenceList,
    Staff,
    StaffList,
)
from handlers.api.operations import Asked, Operation

_WORD_OF = {
    Kind.OUT: "外出",
    Kind.TRIP: "出張",
    Kind.MEETING: "会議",
    Kind.AWAY: "離席",
    Kind.BUSY: "取り込み中",
    Kind.REMOTE: "在宅",
    Kind.LEAVE: "休み",
    Kind.LATE: "遅刻",
    Kind.LEFT: "退社",
    Kind.AVAILABLE: "対応可",
}
"""The plain word of each kind: typed alone, it has the end that the status language assumes."""
_ASKED_BACK = {
    "past_time": "the time has passed",
    "ambiguous": "the text fits two readings",
    "no_kind": "the text does not say what the person is doing",
    "invalid_date": "there is no such day",
    "reversed_range": "the end lies before the start",
}


def list_staff(_tx: Transaction, asked: Asked[Nothing, Nothing]) -> StaffList:
    """Everybody of the office, in the order of their ids."""
    return StaffList(staff=[_staff(person) for person in asked.roster.people.values()])


def _staff(person: Person) -> Staff:
    return Staff(
        id=person.id,
        name=person.name,
        reading=person.reading,
        department=person.department,
        title=person.title,
        email=person.email if person.share_email else None,
        role=person.role,
        chats=[channel for channel, _ in chats_of(person)],
        telephone=person.phone is not None,
    )


def list_presence(tx: Transaction, asked: Asked[Nothing, Nothing]) -> PresenceList:
    """Where everybody is now."""
    now = everyones_presence_with_calls(tx, asked.roster)
    versions = versions_of(tx, asked.roster.organization)
    return PresenceList(
        presence=[
            _presence(tx.now, asked.roster, person, now[person.id], versions.get(person.id, 0))
            for person in asked.roster.people.values()
        ]
    )


def _presence(at: datetime, roster: Roster, person: Person, now: PresenceNow, version: int) -> Presence:
    shown = told(roster, person, now, version, at)
    return Presence(
        staff=person.id,
        name=person.name,
        department=person.department,
        version=version,
        kind=now.kind,
        start=_local(now.start, roster),
        end=_local(now.end, roster),
        basis=now.basis,
        note=now.note,
        overdue=now.overdue,
        on_call=now.on_call,
        reachable=shown["reachable"],
        say=shown["say"],
    )


def change_presence(tx: Transaction, asked: Asked[Nothing, PresenceChange]) -> PresenceChanged:
    """Set or clear where somebody is, as if they had said so."""
    person = asked.roster.people.get(StaffId(asked.id))
    if person is None:
        raise not_found("person")
    change = _changed(tx, asked.roster, person, asked.body, Actor(asked.bearer.name, "api"))
    now = presence_with_calls(tx, asked.roster, person)
    version, _ = version_of(tx, asked.roster.organization, person.id)
    return PresenceChanged(
        change=change.id,
        entries=[
            EntryShown(
                kind=entry.kind,
                start=entry.start.astimezone(asked.roster.zone),
                end=_local(entry.end, asked.roster),
                basis=entry.basis,
                note=entry.note,
            )
            for entry in change.entries
        ],
        presence=_presence(tx.now, asked.roster, person, now, version),
    )


def _changed(tx: Transaction, roster: Roster, person: Person, wish: PresenceChange, actor: Actor) -> Change:
    if wish.text is not None:
        return _as_typed(tx, roster, person, wish.text, actor)
    if wish.kind is None:
        return clear_presence(tx, roster, person, actor)
    entry = _entry(tx.now.astimezone(roster.zone), roster, wish.kind, wish)
    return set_presence(tx, roster, person, (entry,), actor)


def _entry(now: datetime, roster: Roster, kind: Kind, wish: PresenceChange) -> Entry:
    start = wish.start.astimezone(roster.zone) if wish.start else now
    if wish.basis is Basis.OPEN:
        return Entry(kind, start, None, Basis.OPEN, wish.note or "", _WORD_OF[kind])
    if wish.end is None:
        alone = parse(_WORD_OF[kind], start, "command", roster.calendar).entries[0]
        end, basis = alone.end, alone.basis
    else:
        end, basis = wish.end.astimezone(roster.zone), wish.basis or Basis.STATED
    if end is not None and end <= now:
        raise invalid("the end has passed", "end" if wish.end else "start", "past_time")
    if end is not None and end <= start:
        raise invalid("the end lies before the start", "end", "reversed_range")
    return Entry(kind, start, end, basis, wish.note or "", _WORD_OF[kind])


def _as_typed(tx: Transaction, roster: Roster, person: Person, text: str, actor: Actor) -> Change:
    minute = tx.now.astimezone(roster.zone).replace(second=0, microsecond=0)
    update: StatusUpdate = parse(text, minute, "command", roster.calendar, roster.office.words)
    if update.who and roster.directory.chat_person(update.who) != (person,):
        raise invalid("the text is about somebody by name; use that person's path", "text", "other_person")
    if update.action is Action.SET:
        return set_presence(tx, roster, person, update.entries, actor)
    if update.action is Action.CLEAR:
        return clear_presence(tx, roster, person, actor)
    if update.action is Action.ASK and update.reason:
        raise invalid(_ASKED_BACK[update.reason.value], "text", update.reason.value)
    if update.action is not Action.EXTEND:
        raise invalid("the text is no status", "text", "not_understood")
    try:
        return extend_presence(tx, roster, person, actor, minutes=update.minutes, end=update.end)
    except NothingToChangeError:
        raise invalid("nothing holds that could be extended", "text", "nothing_to_extend") from None


def _local(at: datetime | None, roster: Roster) -> datetime | None:
    return at.astimezone(roster.zone) if at else None


OPERATIONS = (
    Operation(
        "GET",
        "/api/v1/presence",
        Scope.PRESENCE_READ,
        "Where everybody is, and what callers hear",
        list_presence,
        PresenceList,
    ),
    Operation("GET", "/api/v1/staff", Scope.PRESENCE_READ, "The people of the office", list_staff, StaffList),
    Operation(
        "PUT",
        "/api/v1/staff/{id}/presence",
        Scope.PRESENCE,
        "Say where somebody is, or that they are back",
        change_presence,
        PresenceChanged,
        body=PresenceChange,
    ),
)
