"""People's calendars: followed, never over what they said, and a broken one told once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.language.model import Kind
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.presence.model import PresenceNow
from bot.presence.verbs import plan_of, presence_of
from jobs.calendars import read_calendars
from tests.support.calendar_server import CalendarServer, event
from tests.support.world import ENV, OFFICE_FILE, TOKYO, World


@asynccontextmanager
async def world_with(server: CalendarServer, database_url: str, staff: str = "sato") -> AsyncIterator[World]:
    """The office with a calendar for one person."""
    office = OFFICE_FILE.read_text(encoding="utf-8")
    office = office.replace(f"  - id: {staff}\n", f'  - id: {staff}\n    calendar: "{server.address}"\n')
    async with World(database_url, office=office).running() as world:
        yield world


def take_out(world: World, server: CalendarServer) -> None:
    """The calendar is taken out of the office file."""
    text = world.office_text.replace(f'    calendar: "{server.address}"\n', "    calendar:\n")
    file = read_office_file(text, ENV)
    world.services.store.run_now(apply_office, file.office, file.people)


async def later(world: World, **how_long: float) -> None:
    await world.settled()
    await world.slack.settled()
    await world.passes(**how_long)
    await world.settled()


def presence(world: World, hour: int, minute: int = 0, day: int = 24, staff: str = "sato") -> PresenceNow:
    at = datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)
    return world.services.store.run_now(lambda tx: presence_of(tx, roster_of(tx, "smile"), staff, at))


def plan(world: World, staff: str = "sato") -> list[str]:
    items = world.services.store.run_now(lambda tx: plan_of(tx, roster_of(tx, "smile"), staff))
    return [item.entry.note for item in items]


MEETING = event("m", "定例会議", "20261124T140000", "20261124T150000")


async def test_events_become_presence_and_follow_the_calendar(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(MEETING, event("v", "夏季休暇", "20261126", "20261128"))
        await later(world, seconds=1)
        assert presence(world, 14, 30).kind is Kind.MEETING
        assert presence(world, 10, day=27).kind is Kind.LEAVE
        assert presence(world, 10, day=28).kind is None
        call = await world.caller("+81311112222").dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.hangs_up()
        server.shows(event("m", "定例会議", "20261124T160000", "20261124T170000"))
        await later(world, minutes=10)
        assert presence(world, 14, 30).kind is None
        assert presence(world, 16, 30).kind is Kind.MEETING
        assert presence(world, 10, day=27).kind is None
        server.shows()
        await later(world, minutes=10)
        assert plan(world) == []


async def test_callers_hear_the_state_and_never_the_title(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url, "ono") as world:
        server.shows(event("m", "合併の極秘会議", "20261124T100000", "20261124T120000"))
        await later(world, seconds=1)
        call = await world.caller("+81311112222").dials(world.main_number)
        await call.hears("スマイルコーポレーション")
        await call.says("アオバ商事の三上です。大野部長をお願いします")
        await call.hears("12時に終わる予定")
        assert "極秘" not in call.heard
        await call.hangs_up()


async def test_it_is_asked_for_only_what_is_new_and_in_full_once_a_day(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(event("w", "定例会議", "20261124T140000", "20261124T150000", "RRULE:FREQ=WEEKLY"))
        await later(world, seconds=1)
        await later(world, minutes=1)
        assert len(server.asked) == 1, "every ten minutes, not at every look"
        await later(world, minutes=10)
        assert [headers.get("If-None-Match") for headers in server.asked] == [None, server.etag]
        assert len(plan(world)) == 4
        await later(world, days=1)
        assert "If-None-Match" not in server.asked[-1]
        await later(world, days=7)
        assert len(plan(world)) == 4, "what repeats is read further ahead, though the calendar never changed"


async def test_what_the_person_says_goes_first_whichever_came_first(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(MEETING)
        await later(world, seconds=1)
        sato = world.on_slack("sato")
        await sato.types("/tori", "13時から16時まで外出")
        assert presence(world, 14, 30).kind is Kind.OUT
        server.shows(MEETING, event("n", "商談", "20261124T153000", "20261124T163000"))
        await later(world, minutes=10)
        assert presence(world, 15, 45).kind is Kind.OUT
        assert presence(world, 16, 15).kind is Kind.MEETING, "the calendar holds where nothing was said"


async def test_what_the_person_ended_stays_ended_until_it_changes(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(event("m", "定例会議", "20261124T100000", "20261124T120000"))
        await later(world, seconds=1)
        await world.on_slack("sato").types("/back")
        assert presence(world, 11).kind is None
        server.shows(
            event("m", "定例会議", "20261124T100000", "20261124T120000"), MEETING.replace("UID:m", "UID:k")
        )
        await later(world, minutes=10)
        assert presence(world, 11).kind is None
        assert presence(world, 14, 30).kind is Kind.MEETING


async def test_a_broken_calendar_is_told_once_and_again_only_after_it_had_worked(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        sato = world.on_slack("sato")
        server.shows(MEETING)
        await later(world, seconds=1)
        server.status, server.etag = 404, None
        for _ in range(6):
            await later(world, minutes=10)
        assert sum("予定表を読めなくなっています" in message.text for message in sato.screen) == 1
        assert presence(world, 14, 30).kind is Kind.MEETING, "what was read before stays"
        server.status = 200
        for _ in range(8):
            await later(world, minutes=10)
        server.status = 404
        for _ in range(3):
            await later(world, minutes=10)
        assert sum("予定表を読めなくなっています" in message.text for message in sato.screen) == 2


async def test_one_failure_that_passes_is_not_told(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        sato = world.on_slack("sato")
        server.status = 503
        await later(world, seconds=1)
        await later(world, minutes=10)
        server.status = 200
        server.shows(MEETING)
        await later(world, minutes=10)
        assert presence(world, 14, 30).kind is Kind.MEETING
        assert not any("予定表" in message.text for message in sato.screen)


async def test_in_line_it_waits_for_the_next_reply(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url, "takahashi") as world:
        server.body = "<html>sign in</html>"
        await later(world, seconds=1)
        await later(world, minutes=30)
        takahashi = world.on_line("takahashi")
        assert not takahashi.screen, "no push is spent on it"
        await takahashi.says("会議 1時間")
        await takahashi.sees("会議", "ICS")
        await takahashi.says("戻りました")
        await takahashi.sees("おかえりなさい")
        assert sum("ICS" in message.text for message in takahashi.screen) == 1


async def test_a_calendar_taken_out_of_the_office_file_goes(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(MEETING)
        await later(world, seconds=1)
        assert plan(world) == ["定例会議"]
        take_out(world, server)
        await later(world, minutes=1)
        assert plan(world) == []


@asynccontextmanager
async def being_read(world: World, server: CalendarServer) -> AsyncIterator[None]:
    """While the calendar is slow to answer; at the end it has answered."""
    server.ready.clear()
    before = len(server.asked)
    async with asyncio.timeout(20):
        reading = asyncio.create_task(read_calendars(world.services))
        while len(server.asked) == before:
            await asyncio.sleep(0.005)
        yield
        server.ready.set()
        await reading


async def test_a_slow_calendar_keeps_nobody_waiting_and_is_asked_by_one_at_a_time(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(MEETING)
        async with being_read(world, server):
            await read_calendars(world.services)
            assert len(server.asked) == 1
            await world.on_slack("sato").types("/tori", "外出 15時まで")
            call = await world.caller("+81311112222").dials(world.main_number)
            await call.hears("スマイルコーポレーション")
            await call.hangs_up()
        assert presence(world, 11).kind is Kind.OUT
        assert presence(world, 14, 30).kind is Kind.OUT, "what was said goes first"
        assert plan(world) == ["", "定例会議"]


async def test_a_calendar_taken_out_while_it_was_slow_to_answer_says_nothing(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url) as world:
        server.shows(MEETING)
        async with being_read(world, server):
            take_out(world, server)
            await read_calendars(world.services)
        assert plan(world) == []


async def test_one_that_breaks_heals_and_breaks_again_is_told_in_line_each_time(database_url: str) -> None:
    async with CalendarServer().running() as server, world_with(server, database_url, "takahashi") as world:
        takahashi = world.on_line("takahashi")
        server.shows(MEETING)
        await later(world, seconds=1)
        for broken in (1, 2):
            server.status, server.etag = 404, None
            await later(world, minutes=90)
            for _ in range(2):
                await takahashi.says("みんなの状況")
                await world.settled()
            assert sum("予定表を読めなく" in message.text for message in takahashi.screen) == broken
            server.status = 200
            await later(world, minutes=90)
