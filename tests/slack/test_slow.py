"""A database that is slow, locked or broken: a friendly word in time, the truth when it is known."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.language.model import Kind
from tests.support.slack_desk import SlackDesk


@contextmanager
def busy_writer(desk: SlackDesk) -> Iterator[None]:
    """The one writer has something else to do until the context ends."""
    done = threading.Event()
    other = asyncio.ensure_future(desk.services.store.run(lambda _tx: done.wait(10)))
    try:
        yield
    finally:
        done.set()
        other.add_done_callback(lambda future: future.result())


async def test_a_slow_command_is_answered_in_time_and_again_when_done(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    with busy_writer(desk):
        answer = await mori.types("/tori", "外出 15時まで")
        assert "時間がかかっています" in answer.text
        assert desk.slack.problems == []
    await mori.sees("外出", "お電話の方への案内")
    assert desk.presence("mori").kind is Kind.OUT


async def test_a_slow_tap_is_acknowledged_and_answered_when_done(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    answer = await mori.types("/tori", "外出 15時まで")
    with busy_writer(desk):
        await mori.taps("取り消し", on=answer)
        assert desk.slack.problems == []
    await mori.sees("取り消しました")
    assert desk.presence("mori").kind is None
    await desk.settled()


@contextmanager
def without(desk: SlackDesk, table: str) -> Iterator[None]:
    """A table is gone: something that no handler expects."""
    with closing(sqlite3.connect(desk.services.settings.sqlite_path)) as database:
        database.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
        try:
            yield
        finally:
            database.execute(f"ALTER TABLE elsewhere RENAME TO {table}")


async def test_a_tap_that_breaks_is_not_taken_for_done(
    desk: SlackDesk, logged: list[dict[str, object]]
) -> None:
    desk.message_for("mori")
    mori = desk.member("mori")
    card = await mori.sees("江川様からお電話がありました")
    await desk.settled()
    with without(desk, "messages"):
        await mori.taps("対応済み", on=card)
        await mori.sees("うまく処理できませんでした")
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["slack.failed"]
    logged.clear()


async def test_a_form_that_breaks_stays_open_and_says_so(
    desk: SlackDesk, logged: list[dict[str, object]]
) -> None:
    desk.message_for("mori")
    mori = desk.member("mori")
    card = await mori.sees("江川様からお電話がありました")
    await desk.settled()
    await mori.taps("担当変更", on=card)
    await mori.sees_modal()
    with without(desk, "messages"):
        errors = await mori.submits({"colleague": "nakata"})
    assert "うまく処理できませんでした" in "".join(errors.values())
    assert mori.modal is not None
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["slack.failed"]
    logged.clear()


async def test_a_locked_database_is_said_kindly_and_events_are_brought_again(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    desk.slack.inbound.limit = 20.0  # what Slack does after three seconds is not the matter here
    desk.slack.inbound.retry_waits = (0.0,)
    lock = sqlite3.connect(desk.services.settings.sqlite_path)
    lock.execute("BEGIN IMMEDIATE")
    typed = asyncio.ensure_future(mori.types("/tori", "会議 12時まで"))
    said = asyncio.ensure_future(mori.says("外出 15時まで"))
    assert "時間がかかっています" in (await typed).text
    await mori.sees("混み合っていて記録できませんでした", within=10)
    lock.rollback()
    lock.close()
    await said
    await mori.sees("外出", "お電話の方への案内", within=10)
    assert desk.presence("mori").kind is Kind.OUT
    assert desk.slack.problems.pop() == "event message: answered 503, Slack wants a 2xx"
