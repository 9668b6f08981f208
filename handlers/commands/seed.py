"""`toritsugi seed`: an empty database filled with an example office and its past.

Rows are written in batches straight into the tables, so that a million calls take well under a
minute; what they say is what real calls leave behind.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from bot.clock import SystemClock
from bot.errors import UsageError
from bot.language.model import Basis, Kind
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
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.tables import offers, transfers
from handlers.commands.database import prepare_database

ORGANIZATION = "smile"
_BATCH = 20_000
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


def seed(settings: Settings, *, calls: int, staff: int) -> str:
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
        store.run_now(_write_office, people)
        with Progress(
            "{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        ) as progress:
            bar = progress.add_task("calls", total=calls)
            for first in range(0, calls, _BATCH):
                size = min(_BATCH, calls - first)
                store.run_now(_write_past, people, first, size, calls)
                progress.advance(bar, size)
    finally:
        store.close()
    return f"{staff} people and {calls} calls are there."


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
        numbers=(Line(number=PhoneNumber("+81345671234")),),
        slack=SlackSettings(team="T0SMILE", calls_channel="C0CALLS", digest_channel="C0DIGEST"),
    )
    given = frozenset(Person.model_fields)
    apply_office(tx, office, [PersonInFile(person, given) for person in people])


def _write_past(tx: Transaction, people: list[Person], first: int, size: int, total: int) -> None:
    chance = random.Random(first)  # noqa: S311  (example data)
    rows: dict[sa.Table, list[dict[str, Any]]] = {
        table: [] for table in (calls, messages, transfers, offers, changes, entries)
    }
    for index in range(first, first + size):
        at = tx.now - timedelta(days=365) * (1 - index / total) - timedelta(minutes=10)
        person = chance.choice(people)
        for table, row in _one_call(chance, index, at, person):
            rows[table].append(row)
    for table, values in rows.items():
        if values:
            tx.connection.execute(sa.insert(table), values)


def _one_call(
    chance: random.Random, index: int, at: datetime, person: Person
) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """What one call of the past left: the call, its message, now and then an offer and a status."""
    key = f"{int(at.timestamp() * 1000):012x}{index:020x}"
    seconds = chance.randint(20, 240)
    number = f"+813{chance.randint(10000000, 10009999)}"
    connected = index % 4 == 0
    base = {"organization": ORGANIZATION}
    yield (
        calls,
        base
        | {
            "id": f"c{key}",
            "sid": f"CA{index:032x}",
            "from_number": number,
            "to_number": "+81345671234",
            "state": "ended",
            "step": 4,
            "conversation": None,
            "staff": person.id,
            "outcome": "connected" if connected else "message",
            "started_at": at,
            "ended_at": at + timedelta(seconds=seconds),
            "seconds": seconds,
        },
    )
    done = index % 50 != 0
    caller = {"company": chance.choice(_COMPANIES), "name": "江川", "number": number, "number_said": number}
    yield (
        messages,
        base
        | {
            "id": f"m{key}",
            "call": f"c{key}",
            "staff": person.id,
            "caller": caller | {"verified": True},
            "urgent": index % 9 == 0,
            "wish": "折り返しのお電話をご希望です。",
            "body": "お見積りの件でお電話しました。",
            "told": "折り返しお電話いたします。",
            "promise": "",
            "details": {"seconds": seconds},
            "state": "done" if done else "open",
            "done_by": person.id if done else None,
            "done_at": at + timedelta(hours=1) if done else None,
            "created_at": at + timedelta(seconds=seconds),
        },
    )
    if connected:
        yield from _one_transfer(key, at, person, caller)
    if index % 5 == 0:
        yield from _one_status(key, at, person)


def _one_transfer(
    key: str, at: datetime, person: Person, caller: dict[str, Any]
) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    yield (
        transfers,
        {
            "id": f"t{key}",
            "organization": ORGANIZATION,
            "call": f"c{key}",
            "staff": person.id,
            "caller": caller | {"verified": True, "vip": False},
            "purpose": "",
            "urgent": False,
            "state": "connected",
            "decided_by": person.id,
            "decided_at": at,
            "waiting": [],
            "timeout_seconds": 25,
            "connected_at": at,
            "ended_at": at + timedelta(minutes=3),
            "hold_until": at + timedelta(seconds=90),
            "created_at": at,
        },
    )
    yield (
        offers,
        {
            "id": f"o{key}",
            "organization": ORGANIZATION,
            "transfer": f"t{key}",
            "staff": person.id,
            "state": "connected",
            "asked_at": at,
            "expires_at": at + timedelta(seconds=25),
            "decided_at": at,
        },
    )


def _one_status(key: str, at: datetime, person: Person) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    base = {"organization": ORGANIZATION, "staff": person.id}
    yield (
        changes,
        base
        | {
            "id": f"h{key}",
            "actor": person.id,
            "channel": "slack",
            "action": "set",
            "closed": [],
            "created_at": at,
        },
    )
    yield (
        entries,
        base
        | {
            "id": f"e{key}",
            "change": f"h{key}",
            "kind": Kind.OUT,
            "start_at": at,
            "end_at": at + timedelta(hours=2),
            "basis": Basis.STATED,
            "note": "",
            "word": "外出",
        },
    )
