"""Who may be asked to take a call (docs: "Who may be asked", "Plans")."""

from collections.abc import Collection
from datetime import datetime
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


def may_be_asked(
    office: Office, person: Person, presence: PresenceNow, at: datetime, *, urgent: bool, vip: bool
) -> bool:
    """Whether `person` may be asked at the instant `at` to take a call that is urgent, or from a VIP.

    The plan decides whether anybody is asked at all, and whether outside business hours too; then what
    the person is doing; then, for somebody away or after hours, whether they allow it for such callers.
    Whoever set something for the night is asked outside hours by that alone. Somebody on the telephone
    counts as busy. Whether there is a chat or telephone to ask by is not looked at here.
    """
    ranks = _ranks(office, urgent=urgent, vip=vip)
    opened = is_open(office, at)
    if not allowed(office, Feature.TRANSFER) or not (opened or allowed(office, Feature.AFTER_HOURS)):
        return False
    at_night = person.ask_when.night
    if not opened and at_night is not None and not ranks & set(at_night):
        return False
    if presence.kind in _GONE:
        return person.ask_on_leave
    situation = _situation(presence, opened=opened)
    return situation is None or bool(ranks & set(allowed_ranks(person, situation)))


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
