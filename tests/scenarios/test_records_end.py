"""What callers said is gone for good after the office's days, or when somebody asks."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from bot.digests.erasing import StillHereError, erase_caller, erase_person
from bot.digests.tables import erasures
from bot.office.numbers import parse_number
from bot.reception.filing import keep_recording
from bot.reception.recordings import DELETE
from bot.store.columns import metadata
from bot.store.outbox import outbox
from bot.store.transaction import Transaction
from jobs.retention import end_records
from simulator.twilio.telephone import Call
from tests.support.world import TOKYO, World

NUMBER = "+81311112222"
KEPT = {"organizations", "staff", "lines", "erasures", "presence_board", "job_runs", "alembic_version"}


async def a_call(world: World, number: str = NUMBER) -> Call:
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("アオバ商事の三上です。栗本課長に伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    shown = f"{number[-8:-4]}-{number[-4:]}"
    await world.on_slack("kurimoto").sees("三上様からお電話がありました", shown)
    await world.settled()
    return call


def traces(tx: Transaction, *words: str) -> list[str]:
    """Tables with a row that still says one of the words."""
    return sorted(
        table.name
        for table in metadata.sorted_tables
        if table.name not in KEPT
        and any(word in str(row) for row in tx.all(sa.select(table)) for word in words)
    )


async def test_records_past_their_days_are_gone_and_an_audit_line_remains(world: World) -> None:
    await a_call(world)
    sid = world.services.store.read_now(lambda tx: tx.execute(sa.text("SELECT sid FROM calls")).scalar_one())
    url = "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE" + "0" * 32
    await world.services.store.run(keep_recording, sid, url, 12)
    await world.settled()
    assert "messages" in world.services.store.read_now(traces, "三上")
    world.clock.set(datetime(2027, 5, 25, 10, tzinfo=TOKYO))
    await end_records(world.services)
    await world.settled()
    world.clock.set(datetime(2027, 6, 10, 10, tzinfo=TOKYO))
    await world.passes(hours=1)
    await world.settled()
    assert world.services.store.read_now(traces, "三上", NUMBER[3:]) == []
    [line] = world.services.store.read_now(lambda tx: tx.all(sa.select(erasures)))
    assert (line.what, line.calls, line.messages, line.recordings) == ("retention", 1, 1, 1)


def recording_of(call: Call) -> tuple[str, str]:
    """Where Twilio has what was said in a call, and its name there."""
    name = "RE" + call.sid[2:]
    return f"https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/{name}", name


def deleted(tx: Transaction) -> list[str]:
    rows = tx.all(sa.select(outbox.c.payload).where(outbox.c.kind == DELETE))
    return [payload["recording"] for (payload,) in rows]


async def test_a_recording_that_comes_after_its_call_was_erased_is_deleted(world: World) -> None:
    store = world.services.store
    mine, other = await a_call(world), await a_call(world, "+81366667777")
    await store.run(erase_caller, "smile", parse_number(NUMBER))
    url, name = recording_of(mine)
    await store.run(keep_recording, mine.sid, url, 12)
    await store.run(keep_recording, other.sid, recording_of(other)[0], 12)
    await store.run(
        keep_recording, "CA" + "9" * 32, url.replace(name, "RE" + "9" * 32), 12
    )  # nobody's we know
    assert store.read_now(deleted) == [name]
    await world.settled()


async def test_a_recording_too_short_to_be_kept_is_deleted(world: World) -> None:
    call = await a_call(world)
    url, name = recording_of(call)
    await world.services.store.run(keep_recording, call.sid, url, 1)
    assert world.services.store.read_now(deleted) == [name]
    await world.settled()
    assert "録音" not in (await world.calls_channel_sees("三上様")).text


async def test_younger_records_stay(world: World) -> None:
    await a_call(world)
    world.clock.set(datetime(2027, 5, 22, 10, tzinfo=TOKYO))
    await end_records(world.services)
    assert "messages" in world.services.store.read_now(traces, "三上")


async def test_one_caller_is_forgotten_and_no_other(world: World) -> None:
    await a_call(world)
    await a_call(world, "+81366667777")
    erased = await world.services.store.run(erase_caller, "smile", parse_number(NUMBER))
    assert (erased.calls, erased.messages) == (1, 1)
    assert world.services.store.read_now(traces, NUMBER[3:], "03-1111-2222") == []
    assert "messages" in world.services.store.read_now(traces, "+81366667777")
    await world.settled()
    shown = [message.text for message in (*world.on_slack("kurimoto").dm, *world.calls_channel.messages)]
    assert not [text for text in shown if "03-1111-2222" in text]
    assert len([text for text in shown if "お申し出により削除しました" in text]) == 2
    assert len([text for text in shown if "03-6666-7777" in text]) == 2


async def test_somebody_still_here_is_not_erased_and_who_left_is(world: World) -> None:
    await world.on_slack("kurimoto").types("/tori", "出張 福岡の秘密の客先")
    await world.settled()
    with pytest.raises(StillHereError):
        await world.services.store.run(erase_person, "smile", "kurimoto")
    await world.services.store.run(
        lambda tx: tx.execute(sa.text("UPDATE staff SET active = false WHERE id = 'kurimoto'"))
    )
    await world.services.store.run(erase_person, "smile", "kurimoto")
    assert world.services.store.read_now(traces, "福岡") == []
