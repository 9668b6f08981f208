"""`toritsugi seed`: an empty database filled with an example office and its past.

Rows are written in batches straight into the tables, whose indexes are made afterwards, in one
transaction: a million calls take a minute, and a seed broken off leaves nothing. What the rows say is what
real calls leave behind.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.messages.tables import messages
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
from bot.presence.tables import changes, entries
from bot.reception.tables import calls
from bot.settings import Settings
from bot.store.bulk import Json, bulk_insert
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.tables import offers, transfers
from handlers.commands.database import prepare_database

ORGANIZATION = "smile"
_MAIN = "+81345671234"
_BATCH = 20_000
_RECENT = 60
"""Among so many of the newest calls some are still to be dealt with."""
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
_COMPANIES = ("アオバ商事", "みどり工業", "北斗システム", "ひまわり印刷", "三陸水産", "さくら設計")


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
        numbers=(Line(number=PhoneNumber(_MAIN)),),
        slack=SlackSettings(team="T0SMILE", calls_channel="C0CALLS", digest_channel="C0DIGEST"),
    )
    given = frozenset(Person.model_fields)
    apply_office(tx, office, [PersonInFile(person, given) for person in people])


def _write_all(tx: Transaction, people: list[Person], count: int, wrote: Callable[[int], None]) -> None:
    """The office and its past; `wrote` hears of each batch."""
    _write_office(tx, people)
    indexes = [index for table in _TABLES for index in table.indexes]
    for index in indexes:
        index.drop(tx.connection)
    for first in range(0, count, _BATCH):
        size = min(_BATCH, count - first)
        _write_past(tx, people, first, size, count)
        wrote(size)
    for index in indexes:
        index.create(tx.connection)


def _write_past(tx: Transaction, people: list[Person], first: int, size: int, total: int) -> None:
    chance = random.Random(first)  # noqa: S311  (example data)
    rows: dict[str, list[Row]] = {table: [] for table in _COLUMNS}
    for index in range(first, first + size):
        at = tx.now - _PAST * (1 - index / total) - timedelta(minutes=10)
        staff = people[chance.randrange(len(people))].id
        _one_call(rows, chance, index, at, staff, recent=total - index <= _RECENT)
    for table, columns in _COLUMNS.items():
        bulk_insert(tx, table, columns, rows[table])


Row = tuple[object, ...]
_TABLES = (calls, messages, transfers, offers, changes, entries)
_COLUMNS = {
    "calls": (
        "id", "organization", "sid", "from_number", "to_number", "state", "step", "staff", "outcome",
        "started_at", "ended_at", "seconds",
    ),
    "messages": (
        "id", "organization", "call", "staff", "caller", "number", "urgent", "wish", "body", "told",
        "promise", "details", "state", "done_by", "done_at", "created_at",
    ),
    "transfers": (
        "id", "organization", "call", "staff", "caller", "purpose", "urgent", "state", "decided_by",
        "decided_at", "waiting", "timeout_seconds", "connected_at", "ended_at", "hold_until", "created_at",
    ),
    "transfer_offers": (
        "id", "organization", "transfer", "staff", "state", "asked_at", "expires_at", "decided_at",
    ),
    "presence_changes": (
        "id", "organization", "staff", "actor", "channel", "action", "closed", "created_at",
    ),
    "presence_entries": (
        "id", "organization", "staff", "change", "kind", "start_at", "end_at", "basis", "note", "word",
    ),
}  # fmt: skip


def _one_call(
    rows: dict[str, list[Row]], chance: random.Random, index: int, at: datetime, staff: str, *, recent: bool
) -> None:
    """What one call of the past left: the call, its message, now and then an offer and a status."""
    key = f"{int(at.timestamp() * 1000):012x}{index:020x}"
    seconds = chance.randint(20, 240)
    ended = at + timedelta(seconds=seconds)
    number = f"+813{10000000 + chance.randrange(10000)}"
    company = _COMPANIES[index % len(_COMPANIES)]
    caller = Json(
        f'{{"company": "{company}", "name": "江川", "number": "{number}", "number_said": "{number}", '
        f'"verified": true}}'
    )
    connected = index % 4 == 0
    outcome = "connected" if connected else "message"
    rows["calls"].append(
        (
            f"c{key}",
            ORGANIZATION,
            f"CA{index:032x}",
            number,
            _MAIN,
            "ended",
            4,
            staff,
            outcome,
            at,
            ended,
            seconds,
        )
    )
    done = not (recent and index % 3 == 0)
    rows["messages"].append(
        (
            f"m{key}", ORGANIZATION, f"c{key}", staff, caller, number, index % 9 == 0,
            "折り返しのお電話をご希望です。", "お見積りの件でお電話しました。", "折り返しお電話いたします。",
            "", Json(f'{{"seconds": {seconds}}}'), "done" if done else "open", staff if done else None,
            ended if done else None, ended,
        )
    )  # fmt: skip
    if connected:
        until = at + timedelta(seconds=90)
        rows["transfers"].append(
            (
                f"t{key}", ORGANIZATION, f"c{key}", staff, caller, "", False, "connected", staff, at,
                Json("[]"), 25, at, ended, until, at,
            )
        )  # fmt: skip
        rows["transfer_offers"].append(
            (f"o{key}", ORGANIZATION, f"t{key}", staff, "connected", at, until, at)
        )
    if index % 5 == 0:
        rows["presence_changes"].append(
            (f"h{key}", ORGANIZATION, staff, staff, "slack", "set", Json("[]"), at)
        )
        rows["presence_entries"].append(
            (
                f"e{key}",
                ORGANIZATION,
                staff,
                f"h{key}",
                "out",
                at,
                at + timedelta(hours=2),
                "stated",
                "",
                "外出",
            )
        )
