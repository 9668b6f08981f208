"""Time kept for people: what they are asked by the clock, what repeats, what their calendars say."""

from bot.delivery.question_card import ask
from bot.office.roster import all_organizations, roster_of
from bot.presence.asking import opening_day, take_open_trips, take_overdue, unasked
from bot.presence.board import forget
from bot.presence.series import make_further, unmade
from bot.services import Services
from bot.store.transaction import Transaction


async def ask_whether_back(services: Services) -> None:
    """Once a second: whoever said a time of return that has passed is asked, once."""
    for organization, staff in await services.store.read(unasked):
        await services.store.run(_ask_whether_back, organization, staff)


async def ask_about_trips(services: Services) -> None:
    """Every few seconds: offices that have opened have their people on open trips asked, once a day."""
    for organization in await services.store.read(_opened):
        await services.store.run(_ask_about_trips, organization)


async def make_occurrences(services: Services) -> None:
    """Every ten minutes: what repeats is planned some weeks ahead."""
    for organization, given in await services.store.read(unmade):
        await services.store.run(_make_occurrences, organization, given)


def _make_occurrences(tx: Transaction, organization: str, given: str) -> None:
    make_further(tx, roster_of(tx, organization), given)


def _ask_whether_back(tx: Transaction, organization: str, staff: str) -> None:
    roster = roster_of(tx, organization)
    person = roster.people.get(staff)  # type: ignore[call-overload]
    if person is None:
        forget(tx, organization, staff)
        return
    late = take_overdue(tx, roster, person)
    if late:
        ask(tx, roster, person, late)


def _opened(tx: Transaction) -> list[str]:
    return [name for name in all_organizations(tx) if opening_day(tx, roster_of(tx, name))]


def _ask_about_trips(tx: Transaction, organization: str) -> None:
    roster = roster_of(tx, organization)
    for person, trip in take_open_trips(tx, roster):
        ask(tx, roster, person, trip)
