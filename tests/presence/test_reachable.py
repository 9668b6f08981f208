"""The table "Who may be asked", row by row. 2026-11-24 is a Tuesday."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.model import Basis, Kind
from bot.office.model import Office, OrganizationId, Person, Plan, StaffId
from bot.presence.model import NOTHING_SET, PresenceNow
from bot.presence.reachable import may_be_asked

TOKYO = ZoneInfo("Asia/Tokyo")
OPEN = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
EVENING = datetime(2026, 11, 24, 20, tzinfo=TOKYO)
SUNDAY = datetime(2026, 11, 22, 11, tzinfo=TOKYO)
HOLIDAY = datetime(2026, 11, 23, 11, tzinfo=TOKYO)
CLOSED = (EVENING, SUNDAY, HOLIDAY)
PLAIN = Person(id=StaffId("sato"), name="佐藤 花子")
URGENT = PLAIN.model_copy(update={"urgent_when_away": True})
VIP = PLAIN.model_copy(update={"vip_when_away": True})
ON_LEAVE = PLAIN.model_copy(update={"ask_on_leave": True})
ALL = PLAIN.model_copy(update={"urgent_when_away": True, "vip_when_away": True, "ask_on_leave": True})
AWAY = (Kind.MEETING, Kind.BUSY, Kind.AWAY, Kind.OUT, Kind.TRIP, Kind.LATE)
HERE = (Kind.AVAILABLE, Kind.REMOTE)
GONE = (Kind.LEAVE, Kind.LEFT)


def office(plan: Plan = Plan.PREMIUM, **options: bool) -> Office:
    return Office(organization=OrganizationId("smile"), name="スマイル", plan=plan, options=options)


def asked(
    person: Person,
    kind: Kind | None = None,
    at: datetime = OPEN,
    *,
    urgent: bool = False,
    vip: bool = False,
    of: Office | None = None,
) -> bool:
    presence = PresenceNow(kind, at - timedelta(minutes=5), None, Basis.OPEN) if kind else NOTHING_SET
    return may_be_asked(of or office(), person, presence, at, urgent=urgent, vip=vip)


def test_nothing_set_within_hours_is_asked() -> None:
    assert asked(PLAIN)


@pytest.mark.parametrize("kind", HERE)
@pytest.mark.parametrize("at", [OPEN, *CLOSED])
def test_somebody_here_is_asked(kind: Kind, at: datetime) -> None:
    assert asked(PLAIN, kind, at)


@pytest.mark.parametrize("kind", [Kind.OUT, Kind.TRIP, Kind.LATE])
def test_somebody_overdue_is_asked(kind: Kind) -> None:
    presence = PresenceNow(kind, end=OPEN - timedelta(minutes=20), basis=Basis.STATED, overdue=True)
    assert may_be_asked(office(), PLAIN, presence, OPEN, urgent=False, vip=False)


@pytest.mark.parametrize("kind", AWAY)
def test_somebody_away_is_asked_only_for_callers_they_allow(kind: Kind) -> None:
    assert not asked(ALL, kind)
    assert not asked(PLAIN, kind, urgent=True, vip=True)
    assert asked(URGENT, kind, urgent=True)
    assert not asked(URGENT, kind, vip=True)
    assert asked(VIP, kind, vip=True)
    assert not asked(VIP, kind, urgent=True)
    assert asked(ALL, kind, urgent=True, vip=True)


def test_somebody_on_the_telephone_counts_as_busy() -> None:
    talking = PresenceNow(kind=Kind.REMOTE, on_call=True)
    assert not may_be_asked(office(), ALL, talking, OPEN, urgent=False, vip=False)
    assert may_be_asked(office(), ALL, talking, OPEN, urgent=True, vip=False)


@pytest.mark.parametrize("kind", GONE)
@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("vip", [True, False])
def test_somebody_gone_is_asked_by_their_own_setting_alone(kind: Kind, urgent: bool, vip: bool) -> None:
    both = PLAIN.model_copy(update={"urgent_when_away": True, "vip_when_away": True})
    assert not asked(both, kind, urgent=urgent, vip=vip)
    assert asked(ON_LEAVE, kind, urgent=urgent, vip=vip)


@pytest.mark.parametrize("at", CLOSED)
def test_nothing_set_after_hours(at: datetime) -> None:
    assert not asked(ALL, at=at)
    assert not asked(PLAIN, at=at, urgent=True, vip=True)
    assert asked(URGENT, at=at, urgent=True)
    assert asked(VIP, at=at, vip=True)
    assert not asked(URGENT, at=at, vip=True)
    assert not asked(VIP, at=at, urgent=True)


@pytest.mark.parametrize(
    ("plan", "within", "after", "urgent_away", "vip_away"),
    [
        (Plan.MESSAGE, False, False, False, False),
        (Plan.SCHEDULE, False, False, False, False),
        (Plan.TRANSFER, True, False, False, True),
        (Plan.ALWAYS, True, True, True, True),
        (Plan.PREMIUM, True, True, True, True),
    ],
)
def test_the_plan_goes_first(
    plan: Plan, within: bool, after: bool, urgent_away: bool, vip_away: bool
) -> None:
    of = office(plan)
    assert asked(ALL, of=of) is within
    assert asked(ALL, at=EVENING, urgent=True, vip=True, of=of) is after
    assert asked(ALL, Kind.REMOTE, EVENING, of=of) is after
    assert asked(ALL, Kind.MEETING, urgent=True, of=of) is urgent_away
    assert asked(ALL, Kind.MEETING, vip=True, of=of) is vip_away


def test_single_features_may_be_switched() -> None:
    assert asked(ALL, at=EVENING, vip=True, of=office(Plan.TRANSFER, after_hours=True))
    assert not asked(ALL, Kind.TRIP, urgent=True, of=office(urgent_when_away=False))
    assert not asked(PLAIN, of=office(transfer=False))


@given(
    st.sampled_from([None, *Kind]),
    st.sampled_from([OPEN, *CLOSED]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([PLAIN, URGENT, VIP, ON_LEAVE, ALL]),
    st.sampled_from(Plan),
)
def test_allowing_more_never_asks_less(
    kind: Kind | None, at: datetime, urgent: bool, vip: bool, on_call: bool, person: Person, plan: Plan
) -> None:
    presence = PresenceNow(kind, on_call=on_call)
    now = may_be_asked(office(plan), person, presence, at, urgent=urgent, vip=vip)
    assert may_be_asked(office(plan), ALL, presence, at, urgent=True, vip=True) or not now
    assert may_be_asked(office(Plan.PREMIUM), person, presence, at, urgent=urgent, vip=vip) or not now
