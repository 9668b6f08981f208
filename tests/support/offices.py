"""Two small offices, made in code."""

from datetime import time

from bot.office.apply import apply_office
from bot.office.file import PersonInFile
from bot.office.model import (
    Hours,
    KnownCaller,
    Line,
    LineSettings,
    Office,
    OrganizationId,
    Person,
    PhoneNumber,
    Role,
    SlackSettings,
    StaffId,
)
from bot.store.transaction import Transaction

KURIMOTO_LINE = "U" + "1" * 32
CALLS_GROUP = "C" + "2" * 32

ALWAYS_OPEN = Hours(
    days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), open=time(0), close=time(23, 59), holidays="none"
)


def smile(**changes: object) -> Office:
    """スマイルコーポレーション, open around the clock unless told otherwise."""
    given: dict[str, object] = {
        "organization": OrganizationId("smile"),
        "name": "スマイルコーポレーション",
        "hours": ALWAYS_OPEN,
        "numbers": (Line(number=PhoneNumber("+81345671234")),),
        "slack": SlackSettings(team="T0SMILE", calls_channel="C0CALLS"),
        "line": LineSettings(calls_group=CALLS_GROUP),
        "callers": (KnownCaller(number=PhoneNumber("+81312345678"), name="スマイル企画 江川", vip=True),),
    }
    return Office.model_validate(given | changes)


PEOPLE = (
    Person(
        id=StaffId("kurimoto"),
        name="栗本 太郎",
        reading="くりもと たろう",
        department="営業",
        title="課長",
        email="kurimoto@smilecorp.com",
        share_email=True,
        phone=PhoneNumber("+819012345678"),
        slack="U0KURIMOTO",
        backups=(StaffId("sato"),),
    ),
    Person(
        id=StaffId("sato"),
        name="佐藤 花子",
        reading="さとう はなこ",
        department="営業",
        email="sato@smilecorp.com",
        phone=PhoneNumber("+819087654321"),
        slack="U0SATO",
        role=Role.MANAGER,
    ),
    Person(id=StaffId("suzuki"), name="鈴木 一郎", reading="すずき いちろう", department="総務"),
)


def open_office(tx: Transaction, office: Office | None = None, people: tuple[Person, ...] = PEOPLE) -> Office:
    """Write an office and its people, every key as given."""
    office = office or smile()
    every = frozenset(Person.model_fields)
    apply_office(tx, office, [PersonInFile(person, every) for person in people])
    return office
