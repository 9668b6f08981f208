"""An office, its people and the facts of a call, for tests of the reception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.language.model import Basis, Kind
from bot.office.hearing import Directory
from bot.office.model import Former, KnownCaller, Line, Office, Person, PhoneNumber, StaffId
from bot.presence.model import NOTHING_SET, PresenceNow
from bot.presence.reachable import may_be_asked
from bot.reception.conversation import Conversation
from bot.reception.dialogue import begin, step
from bot.reception.events import (
    CallerLine,
    Effect,
    Event,
    HangUp,
    Hold,
    HungUp,
    Listen,
    Pressed,
    Recorded,
    Said,
    Silence,
    TransferEnded,
    TransferOutcome,
    Voicemail,
)
from bot.reception.summary import CallSummary, summary

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=TOKYO)
SUNDAY = datetime(2026, 11, 29, 11, 0, tzinfo=TOKYO)
LANDLINE = CallerLine(number=PhoneNumber("+81312345678"))
WITHHELD = CallerLine()

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


def busy(
    kind: Kind, until: datetime | None = None, basis: Basis = Basis.STATED, **more: object
) -> PresenceNow:
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


class Call:
    """A call as a story: what the caller does, and what must and must not be heard.

    Every step goes through JSON, as between two webhooks.
    """

    def __init__(self, facts: CallFacts | None = None, **changes: Any) -> None:
        self.facts = facts or CallFacts(**changes)
        self.conversation, self.turn = begin(self.facts)
        self.transcript = [f"R: {' '.join(self.turn.say)}"]
        self.effects: list[Effect] = []

    def _take(self, event: Event, shown: str) -> Self:
        stored = Conversation.model_validate_json(self.conversation.model_dump_json())
        assert stored == self.conversation
        self.conversation, self.turn = step(stored, event, self.facts)
        self.effects.extend(self.turn.effects)
        self.transcript += [f"C: {shown}", f"R: {' '.join(self.turn.say)} [{self.turn.then.type}]"]
        return self

    def says(self, text: str) -> Self:
        return self._take(Said(text=text, confidence=0.9), text)

    def presses(self, digits: str) -> Self:
        return self._take(Pressed(digits=digits), f"({digits})")

    def is_silent(self) -> Self:
        return self._take(Silence(), "…")

    def hangs_up(self) -> Self:
        return self._take(HungUp(), "(hangs up)")

    def records(self, seconds: int) -> Self:
        return self._take(Recorded(url="https://recordings.example/1", seconds=seconds), f"({seconds} s)")

    def staff_answers(self, outcome: str, by: str | None = None, minutes: int | None = None) -> Self:
        event = TransferEnded(
            outcome=TransferOutcome(outcome), by=StaffId(by) if by else None, minutes=minutes
        )
        return self._take(event, f"({outcome})")

    def hears(self, *phrases: str) -> Self:
        """Each phrase is in what was said last; `A|B` is either."""
        said = "".join(self.turn.say)
        for phrase in phrases:
            assert any(either in said for either in phrase.split("|")), self._told(f"not heard: {phrase}")
        return self

    def hears_nothing_of(self, *phrases: str) -> Self:
        said = "".join(self.turn.say)
        for phrase in phrases:
            assert phrase not in said, self._told(f"heard: {phrase}")
        return self

    def is_listened_to(self) -> Self:
        assert isinstance(self.turn.then, Listen), self._told("not listening")
        return self

    def holds_for(self, staff: str, *, urgent: bool = False) -> Self:
        assert self.turn.then == Hold(staff=StaffId(staff), urgent=urgent), self._told("not held")
        return self

    def is_recorded(self) -> Self:
        assert isinstance(self.turn.then, Voicemail), self._told("not recorded")
        return self

    def ends(self) -> Self:
        assert isinstance(self.turn.then, HangUp), self._told("not over")
        return self

    @property
    def message(self) -> CallSummary:
        return summary(self.conversation, self.facts)

    def _told(self, problem: str) -> str:
        return "\n".join([problem, *self.transcript])


def on_trip(**changes: Any) -> Call:
    """A call while 栗本 is on a business trip."""
    return Call(presences={"kurimoto": TRIP}, **changes)
