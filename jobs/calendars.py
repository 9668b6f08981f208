"""People's calendars read by the clock."""

import asyncio
from urllib.parse import urlsplit

import structlog

from bot.delivery.presence_card import broken_calendar_card
from bot.delivery.say import say
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.office.values import is_private_host
from bot.platforms.calendar_feed import Fetched
from bot.platforms.errors import PermanentError, PlatformError
from bot.presence.calendar_rules import entry_of, key_of
from bot.presence.feeds import (
    Reading,
    calendar_failed,
    calendar_works,
    claim_feed,
    feeds_due,
    follow_calendar,
    leave_notice,
    window,
)
from bot.presence.ics import Event, UnreadableCalendarError, read_apart
from bot.services import Services
from bot.store.transaction import Transaction

log = structlog.get_logger()
_AT_ONCE = 4


async def read_calendars(services: Services) -> None:
    """Every minute: calendars whose time has come are read, a few at once."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def read(organization: str, staff: str) -> None:
        async with gate:
            reading = await services.store.run(_claim, organization, staff)
            if reading:
                await _read(services, organization, reading)

    due = await services.store.read(feeds_due)
    await asyncio.gather(*(read(organization, staff) for organization, staff in due))


async def _read(services: Services, organization: str, reading: Reading) -> None:
    zone = await services.store.read(_zone, organization)
    since, until = window(services.clock.now())
    try:
        fetched = await services.feeds.fetch(
            reading.address,
            reading.etag,
            reading.last_modified,
            private=is_private_host(urlsplit(reading.address).hostname or ""),
        )
        if fetched.body is None:
            await services.store.run(_unchanged, organization, reading)
            return
        events = await read_apart(fetched.body, since, until, zone, reading.email)
    except PlatformError as error:
        code = error.code if isinstance(error, PermanentError) else "unreachable"
        log.warning("calendar.failed", organization=organization, staff=reading.staff, why=str(error))
        await services.store.run(
            _failed, organization, reading, code, lasting=isinstance(error, PermanentError)
        )
    except UnreadableCalendarError as error:
        log.warning("calendar.unreadable", organization=organization, staff=reading.staff, why=str(error))
        await services.store.run(_failed, organization, reading, "no_calendar", lasting=True)
    else:
        await services.store.run(_follow, organization, reading, events, fetched)


def _claim(tx: Transaction, organization: str, staff: str) -> Reading | None:
    return claim_feed(tx, roster_of(tx, organization), staff)


def _zone(tx: Transaction, organization: str) -> str:
    return roster_of(tx, organization).office.timezone


def _unchanged(tx: Transaction, organization: str, reading: Reading) -> None:
    roster, person = _whose(tx, organization, reading)
    if person:
        calendar_works(tx, roster, person)


def _follow(
    tx: Transaction, organization: str, reading: Reading, events: list[Event], fetched: Fetched
) -> None:
    roster, person = _whose(tx, organization, reading)
    made = [(event, entry) for event in events if event.end > tx.now and (entry := entry_of(event))]
    if person:
        keyed = {key_of(event, entry): entry for event, entry in made}
        follow_calendar(tx, roster, person, keyed, etag=fetched.etag, last_modified=fetched.last_modified)


def _failed(tx: Transaction, organization: str, reading: Reading, code: str, *, lasting: bool) -> None:
    """Tell the person: in Slack at once, in LINE with the next reply."""
    roster, person = _whose(tx, organization, reading)
    if person is None or not calendar_failed(tx, roster, person, lasting=lasting):
        return
    card = broken_calendar_card(code)
    if person.slack:
        say(tx, organization, "slack", person.slack, card)
    elif person.line:
        leave_notice(tx, roster, person, f"{card.title}。{card.text}")


def _whose(tx: Transaction, organization: str, reading: Reading) -> tuple[Roster, Person | None]:
    """Whose calendar was read; None where it is theirs no more, after however long it took to answer."""
    roster = roster_of(tx, organization)
    person = roster.people.get(reading.staff)  # type: ignore[call-overload]
    return roster, person if person and person.calendar == reading.address else None
