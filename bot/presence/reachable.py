"""Who may be asked to take a call (docs: "Who may be asked", "Plans")."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.language.model import Kind
from bot.office.hours import is_open
from bot.office.model import Office, Person, Rank
from bot.office.plans import Feature, allowed
from bot.presence.model import PresenceNow

Situation = Literal["meeting", "busy", "away", "out", "trip", "late", "night"]

_GONE = frozenset({Kind.LEAVE, Kind.LEFT})
_AWAY: dict[Kind, Situation] = {
    Kind.MEETING: "meeting",
    Kind.BUSY: "busy",
    Kind.AWAY: "away",
    Kind.OUT: "out",
    Kind.TRIP: "trip",
    Kind.LATE: "late",
}
AWAY: tuple[Situation, ...] = tuple(_AWAY.values())
"""The situations in which somebody is not at their desk, or cannot talk."""


class Rule(StrEnum):
    """What decides whether somebody may be asked now; the value is kept with the call that it decided."""

    FREE = "free"  # nothing speaks against it
    AWAY_ALLOWED = "away_allowed"  # away, but for this caller they allow it
    LEAVE_ALLOWED = "leave_allowed"  # on leave or gone home, and asked all the same by their own setting
    NO_TRANSFER = "no_transfer"  # the plan connects nobody
    CLOSED = "closed"  # the plan asks nobody outside hours
    NIGHT = "night"  # after hours, and not allowed for this caller
    GONE = "gone"  # on leave, or gone home
    AWAY = "away"  # away, and not allowed for this caller

    @property
    def asks(self) -> bool:
        return self in (Rule.FREE, Rule.AWAY_ALLOWED, Rule.LEAVE_ALLOWED)


def may_be_asked(
    office: Office, person: Person, presence: PresenceNow, at: datetime, *, urgent: bool, vip: bool
) -> bool:
    """Whether `person` may be asked at the instant `at` to take a call that is urgent, or from a VIP.

    The plan decides whether anybody is asked at all, and whether outside business hours too; then what
    the person is doing; then, for somebody away or after hours, whether they allow it for such callers.
    Whoever set something for the night is asked outside hours by that alone. Somebody on the telephone
    counts as busy. Whether there is a chat or telephone to ask by is not looked at here.
    """
    return rule_for(office, person, presence, at, urgent=urgent, vip=vip).asks


def rule_for(
    office: Office, person: Person, presence: PresenceNow, at: datetime, *, urgent: bool, vip: bool
) -> Rule:
    """Which rule decides whether `person` may be asked; see `may_be_asked`."""
    opened = is_open(office, at)
    if not allowed(office, Feature.TRANSFER):
        return Rule.NO_TRANSFER
    if not (opened or allowed(office, Feature.AFTER_HOURS)):
        return Rule.CLOSED
    return _own_rule(person, presence, _ranks(office, urgent=urgent, vip=vip), opened=opened)


def _own_rule(person: Person, presence: PresenceNow, ranks: set[Rank], *, opened: bool) -> Rule:
    """What the person is doing, and for whom they allow it."""
    at_night = person.ask_when.night
    if not opened and at_night is not None and not ranks & set(at_night):
        return Rule.NIGHT
    if presence.kind in _GONE:
        return Rule.LEAVE_ALLOWED if person.ask_on_leave else Rule.GONE
    situation = _situation(presence, opened=opened)
    if situation is None:
        return Rule.FREE
    if ranks & set(allowed_ranks(person, situation)):
        return Rule.AWAY_ALLOWED
    return Rule.NIGHT if situation == "night" else Rule.AWAY


def allowed_ranks(person: Person, situation: Situation) -> Collection[Rank]:
    """For which callers a person may be asked in a situation: as said for it, else for being away at all."""
    said: tuple[Rank, ...] | None = getattr(person.ask_when, situation)
    if said is not None:
        return said
    default: dict[Rank, bool] = {"urgent": person.urgent_when_away, "vip": person.vip_when_away}
    return tuple(rank for rank, allows in default.items() if allows)


def _situation(presence: PresenceNow, *, opened: bool) -> Situation | None:
    """What speaks against asking; None where nothing does."""
    if presence.on_call:
        return "busy"
    if presence.kind in _AWAY and not presence.overdue:
        return _AWAY[presence.kind]
    return "night" if presence.kind is None and not opened else None


def _ranks(office: Office, *, urgent: bool, vip: bool) -> set[Rank]:
    """What a caller is, as far as the plan has it."""
    found: set[Rank] = set()
    if urgent and allowed(office, Feature.URGENT_WHEN_AWAY):
        found.add("urgent")
    if vip and allowed(office, Feature.VIP):
        found.add("vip")
    return found
