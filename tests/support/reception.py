"""An office, its people and the facts of a call, for tests of the reception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language.model import Basis, Kind
from bot.office.hearing import Directory
from bot.office.model import Former, KnownCaller, Line, Office, Person, PhoneNumber, StaffId
from bot.presence.model import NOTHING_SET, PresenceNow
from bot.presence.reachable import may_be_asked
from bot.reception.events import CallerLine

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=TOKYO)
SUNDAY = datetime(2026, 11, 29, 11, 0, tzinfo=TOKYO)

OFFICE = Office(
    organization="smile",
    name="スマイルコーポレーション",
    reading="すまいるこーぽれーしょん",
    sms_from=PhoneNumber("+818000000000"),
    callers=(KnownCaller(number=PhoneNumber("+81312345678"), name="スマイル企画 江川", vip=True),),
    former=(
        Former(name="江口 次郎", reading="えぐち じろう", successor=StaffId("sato")),
        Former(name="村上 隆", reading="むらかみ たかし"),
    ),
)


def person(staff: str, name: str, reading: str, department: str, **more: object) -> Person:
    """Somebody with a Slack account and a telephone."""
    fields = {"slack": f"U0{staff.upper()}", "phone": "+819011110000", **more}
    return Person.model_validate(
        {"id": staff, "name": name, "reading": reading, "department": department, **fields}
    )


PEOPLE = (
    person(
        "kurimoto",
        "栗本 太郎",
        "くりもと たろう",
        "営業",
        title="課長",
        email="kurimoto@smilecorp.com",
        share_email=True,
        backups=("sato",),
    ),
    person("sato", "佐藤 花子", "さとう はなこ", "営業", title="主任", email="h-sato@smilecorp.com"),
    person("takahashi", "高橋 健", "たかはし けん", "営業", title="部長", role="manager"),
    person("satoj", "佐藤 次郎", "さとう じろう", "総務"),
    person("saito", "斎藤 誠", "さいとう まこと", "技術", urgent_when_away=True),
    person("suzuki", "鈴木 一郎", "すずき いちろう", "技術", title="部長", slack=None, phone=None),
    person("ono", "小野 美咲", "おの みさき", "経理", email="ono@smilecorp.com", share_email=True),
    person("watanabe", "渡辺 陽子", "わたなべ ようこ", "人事"),
    person("tanaka", "田中 実", "たなか みのる", "購買"),
)


def busy(kind: Kind, until: datetime | None = None, basis: Basis = Basis.STATED, **more: object) -> PresenceNow:
    """A presence since this morning."""
    start = TUESDAY.replace(hour=9, minute=0)
    return PresenceNow(kind=kind, start=start, end=until, basis=basis if until else Basis.OPEN, **more)  # type: ignore[arg-type]


TRIP = busy(Kind.TRIP)


@dataclass
class CallFacts:
    """The facts of one call; tests change them as the story goes."""

    at: datetime = TUESDAY
    office: Office = OFFICE
    people: Mapping[StaffId, Person] = field(default_factory=lambda: {p.id: p for p in PEOPLE})
    caller: CallerLine = field(
        default_factory=lambda: CallerLine(number=PhoneNumber("+819012345678"), mobile=True)
    )
    line: Line | None = None
    presences: dict[str, PresenceNow] = field(default_factory=dict)
    called: StaffId | None = None

    def __post_init__(self) -> None:
        self.directory = Directory(self.office, tuple(self.people.values()))

    def presence_of(self, staff: StaffId) -> PresenceNow:
        return self.presences.get(staff, NOTHING_SET)

    def can_ask(self, staff: StaffId, urgent: bool) -> bool:
        who = self.people[staff]
        return bool(who.slack or who.line or who.phone) and may_be_asked(
            self.office, who, self.presence_of(staff), self.at, urgent=urgent, vip=self.caller.vip
        )

    def returned_call(self, number: PhoneNumber) -> StaffId | None:
        return self.called if number else None
