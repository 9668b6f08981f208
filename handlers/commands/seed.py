"""`toritsugi seed`: an empty database filled with an example office and its past.

Calls are written in batches, each as one row from which the database itself makes what real calls leave
behind; indexes are made afterwards. All in one transaction: a seed broken off leaves nothing.
"""

import random
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.office.apply import apply_office
from bot.office.file import PersonInFile
from bot.office.model import (
    Line,
    Office,
    OrganizationId,
    Person,
    PhoneNumber,
    Role,
    SlackSettings,
    StaffId,
)
from bot.office.roster import all_organizations
from bot.settings import Settings
from bot.store.bulk import bulk_insert
from bot.store.store import Store
from bot.store.transaction import Transaction
from handlers.commands.database import prepare_database
from handlers.commands.seeded import MAIN, ORGANIZATION, STATEMENTS, TABLES, call_of_the_past, past

_BATCH = 20_000
_PAST = timedelta(days=170)
"""Younger than what an office keeps (`retention_days`)."""
_SURNAMES = (
    "佐藤 さとう,鈴木 すずき,高橋 たかはし,田中 たなか,伊藤 いとう,渡辺 わたなべ,山本 やまもと,"
    "中村 なかむら,小林 こばやし,加藤 かとう,吉田 よしだ,山田 やまだ,佐々木 ささき,山口 やまぐち,"
    "松本 まつもと,井上 いのうえ,木村 きむら,林 はやし,斎藤 さいとう,清水 しみず,山崎 やまざき,"
    "森 もり,池田 いけだ,橋本 はしもと,阿部 あべ,石川 いしかわ,中島 なかじま,前田 まえだ,"
    "藤田 ふじた,小川 おがわ,後藤 ごとう,岡田 おかだ,長谷川 はせがわ,村上 むらかみ,近藤 こんどう"
)
_GIVEN = (
    "太郎 たろう,花子 はなこ,健 けん,翔 しょう,結衣 ゆい,大輔 だいすけ,美咲 みさき,拓也 たくや,"
    "陽子 ようこ,誠 まこと"
)
_DEPARTMENTS = ("営業", "総務", "経理", "開発", "人事", "法務")


class NotEmptyError(UsageError):
    """The database has an office already."""


def seed(settings: Settings, *, count: int, staff: int) -> str:
    """Fill an empty database; what was made, in a sentence.

    Raises:
        NotEmptyError: seeding would mix with real data.
    """
    prepare_database(settings)
    store = Store(settings.sqlalchemy_url, SystemClock())
    try:
        if store.read_now(all_organizations):
            raise NotEmptyError("the database has an office already; seed needs an empty one")
        people = _people(staff)
        with Progress(
            "{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        ) as progress:
            bar = progress.add_task("calls", total=count)
            store.run_now(_write_all, people, count, lambda size: progress.advance(bar, size))
        store.run_now(lambda tx: tx.execute(sa.text("ANALYZE")))
    finally:
        store.close()
    return f"{staff} people and {count} calls are there."


def _people(count: int) -> list[Person]:
    surnames = [tuple(pair.split()) for pair in _SURNAMES.split(",")]
    given = [tuple(pair.split()) for pair in _GIVEN.split(",")]
    people = []
    for index in range(count):
        surname, surname_reading = surnames[index % len(surnames)]
        name, reading = given[index // 7 % len(given)]
        people.append(
            Person(
                id=StaffId("kurimoto" if index == 0 else f"staff{index:05d}"),
                name="栗本 太郎" if index == 0 else f"{surname} {name}",
                reading="くりもと たろう" if index == 0 else f"{surname_reading} {reading}",
                department=_DEPARTMENTS[index % len(_DEPARTMENTS)],
                phone=PhoneNumber(f"+8190{10000000 + index:08d}"),
                slack="U0KURIMOTO" if index == 0 else f"U0{index:08d}",
                role=Role.MANAGER if index % 25 == 1 else Role.STAFF,
            )
        )
    return people


def _write_office(tx: Transaction, people: list[Person]) -> None:
    office = Office(
        organization=OrganizationId(ORGANIZATION),
        name="スマイルコーポレーション",
        reading="すまいるこーぽれーしょん",
        numbers=(Line(number=PhoneNumber(MAIN)),),
        slack=SlackSettings(team="T0SMILE", calls_channel="C0CALLS", digest_channel="C0DIGEST"),
    )
    given = frozenset(Person.model_fields)
    apply_office(tx, office, [PersonInFile(person, given) for person in people])


def _write_all(tx: Transaction, people: list[Person], count: int, wrote: Callable[[int], None]) -> None:
    """The office and its past; `wrote` hears of each batch."""
    _write_office(tx, people)
    indexes = [index for table in TABLES for index in table.indexes]
    for index in indexes:
        index.drop(tx.connection)
    past.create(tx.connection)
    for first in range(0, count, _BATCH):
        size = min(_BATCH, count - first)
        _write_past(tx, people, first, size, count)
        wrote(size)
    past.drop(tx.connection)
    for index in indexes:
        index.create(tx.connection)


def _write_past(tx: Transaction, people: list[Person], first: int, size: int, total: int) -> None:
    """A batch of calls, each a row of `past`, and from these what they left in every table."""
    chance = random.Random(first).random  # noqa: S311  (example data)
    oldest, apart = tx.now - timedelta(minutes=10) - _PAST, _PAST / total
    rows = (
        call_of_the_past(chance, index, oldest + index * apart, people, total)
        for index in range(first, first + size)
    )
    bulk_insert(tx, past.name, past.c.keys(), rows)
    for statement in STATEMENTS:
        tx.execute(statement)
    tx.execute(sa.delete(past))
