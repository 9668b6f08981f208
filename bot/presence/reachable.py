"""Who may be asked to take a call (docs: "Who may be asked", "Plans")."""

from datetime import datetime

from bot.language.model import Kind
from bot.office.hours import is_open
from bot.office.model import Office, Person
from bot.office.plans import Feature, allowed
from bot.presence.model import PresenceNow

_GONE = frozenset({Kind.LEAVE, Kind.LEFT})
_AWAY = frozenset({Kind.MEETING, Kind.BUSY, Kind.AWAY, Kind.OUT, Kind.TRIP, Kind.LATE})


def may_be_asked(
    office: Office, person: Person, presence: PresenceNow, at: datetime, *, urgent: bool, vip: bool
) -> bool:
    """Whether `person` may be asked at the instant `at` to take a call that is urgent, or from a VIP.

    The plan decides whether anybody is asked at all, and whether outside business hours too; then what
    the person is doing; then, for somebody away or after hours, whether they allow it for such callers.
    Somebody on the telephone counts as busy. Whether there is a chat or telephone to ask by is not
    looked at here.
    """
    opened = is_open(office, at)
    if not allowed(office, Feature.TRANSFER) or not (opened or allowed(office, Feature.AFTER_HOURS)):
        return False
    if presence.kind in _GONE:
        return person.ask_on_leave
    away = presence.on_call or (presence.kind in _AWAY and not presence.overdue)
    if away or (presence.kind is None and not opened):
        return _allows(office, person, urgent=urgent, vip=vip)
    return True


def _allows(office: Office, person: Person, *, urgent: bool, vip: bool) -> bool:
    by_urgency = urgent and person.urgent_when_away and allowed(office, Feature.URGENT_WHEN_AWAY)
    by_rank = vip and person.vip_when_away and allowed(office, Feature.VIP)
    return by_urgency or by_rank
