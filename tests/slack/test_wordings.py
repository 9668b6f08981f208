"""A message and its edits, told of in whatever order: the newest wording counts, and once."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.language.model import Kind
from bot.office.roster import roster_of
from bot.presence.tables import changes
from bot.presence.verbs import plan_of
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.slack.desk import SlackEdit, SlackMessage, SlackUser, take_edit, take_message
from tests.support.midori import KINTAI, OFFICE, ORGANIZATION, PEOPLE, TEAM, TUESDAY, write_office
from tests.support.slack_desk import slack_desk

MORI = SlackUser(TEAM, "U0MORI")
Event = Callable[[Transaction], None]


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    store = Store(sqlite_url, SettableClock(TUESDAY + timedelta(minutes=5)))
    store.run_now(write_office, OFFICE, PEOPLE)
    yield store
    store.close()


def ts(seconds: int) -> str:
    """A time stamp of Slack's, so long after the message was typed."""
    return f"{TUESDAY.timestamp() + seconds:.6f}"


def events(*wordings: str | None) -> list[Event]:
    """A message and what became of it, a minute apart; None: it was deleted."""
    stamped = [SlackMessage(KINTAI, False, words or "", ts(0), None) for words in wordings]

    def edit(number: int) -> Event:
        changed = SlackEdit(stamped[number - 1], wordings[number], ts(60 * number))
        return lambda tx: take_edit(tx, MORI, changed, f"Ev{number}")

    def typed(tx: Transaction) -> None:
        take_message(tx, MORI, stamped[0], "Ev0")

    return [typed, *(edit(number) for number in range(1, len(wordings)))]


def plan(store: Store) -> list[tuple[Kind, datetime, datetime | None]]:
    rows = store.run_now(lambda tx: plan_of(tx, roster_of(tx, ORGANIZATION), "mori"))
    return [(row.entry.kind, row.entry.start, row.entry.end) for row in rows]


@pytest.mark.parametrize(
    ("wordings", "held"),
    [
        (("15時帰社", "16時帰社", "17時帰社"), [(Kind.OUT, 17)]),
        (("15時帰社", "17時帰社", "16時帰社"), [(Kind.OUT, 16)]),
        (("お疲れさまです", "16時帰社", "16時帰社！"), [(Kind.OUT, 16)]),
        (("15時帰社", "16時帰社", "16時帰社です"), [(Kind.OUT, 16)]),
        (
            ("会議 12時まで", "在宅 15時まで、16時から18時まで会議", "16時から17時まで会議"),
            [(Kind.MEETING, 17)],
        ),
    ],
)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_wording_counts(
    store: Store, wordings: Sequence[str], held: list[tuple[Kind, int]], order: Sequence[int]
) -> None:
    told = events(*wordings)
    for number in order:
        store.run_now(told[number])
    here = TUESDAY.tzinfo
    assert [(kind, end and end.astimezone(here).hour) for kind, _, end in plan(store)] == held
    for number in order:
        store.run_now(told[number])  # repeated by Slack
    assert len(plan(store)) == 1


@pytest.mark.parametrize("order", [order for order in itertools.permutations(range(3)) if order[0] != 0])
def test_what_was_deleted_before_it_was_read_sets_nothing(store: Store, order: Sequence[int]) -> None:
    told = events("15時帰社", "16時帰社", None)
    for number in order:
        store.run_now(told[number])
        if number == 2:
            break
    before = store.run_now(lambda tx: tx.all(sa.select(changes.c.id)))
    for number in (0, 1, 2):
        store.run_now(told[number])
    assert store.run_now(lambda tx: tx.all(sa.select(changes.c.id))) == before


async def test_wordings_that_arrive_at_once_count_once(database_url: str) -> None:
    async with slack_desk(database_url) as desk:
        mori = desk.member("mori")
        for _ in range(3):
            desk.slack.courier.hold()
            message = await mori.says_in(KINTAI, "15時帰社")
            for words in ("16時帰社", "会議 12時まで", "17時帰社"):
                await mori.edits(message, words)
            await desk.slack.courier.release(at_once=True)
            await mori.sees("17:00 まで 外出")
            await desk.settled()
            assert [(kind, end) for kind, _, end in plan(desk.services.store)] == [
                (Kind.OUT, TUESDAY + timedelta(hours=6, minutes=30))
            ]
            await desk.slack.settled()
            desk.clock.passes(minutes=1)
            await mori.says("戻りました")
            await mori.sees("おかえりなさい")
