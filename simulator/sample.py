"""The sample office as the demo needs it: who has which chats and telephones, and open at any hour.

An office file is plain YAML; its keys are described in docs/office-file.md.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import yaml

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the office. `line` is the account they have or would link, `linked` whether it is."""

    id: str
    name: str
    title: str
    role: str
    phone: str | None
    slack: str | None
    line: str
    linked: bool

    @property
    def surname(self) -> str:
        """The name that colleagues use."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Sample:
    """An office file, read for its people and places. Numbers are E.164."""

    name: str
    numbers: dict[str, str]
    callers: dict[str, str]
    people: tuple[Member, ...]
    team: str
    channels: dict[str, str]

    def member(self, staff: str) -> Member:
        """Somebody by the id in the file; KeyError where there is nobody."""
        for person in self.people:
            if person.id == staff:
                return person
        raise KeyError(staff)

    def as_json(self) -> dict[str, Any]:
        """All a page needs to know."""
        people = [asdict(person) | {"surname": person.surname} for person in self.people]
        return asdict(self) | {"people": people}


def read_sample(text: str) -> Sample:
    """The people and places of an office file."""
    file = yaml.safe_load(text)
    slack = file.get("slack", {})
    names = {"calls_channel": "電話", "status_channel": "勤怠", "digest_channel": "日報"}
    return Sample(
        name=file["name"],
        numbers=dict(_line(entry) for entry in file["numbers"]),
        callers={one["number"]: _caller(one) for one in file.get("callers", [])},
        people=tuple(_member(person) for person in file["staff"]),
        team=slack.get("team", ""),
        channels={slack[key]: name for key, name in names.items() if key in slack},
    )


def open_at_any_hour(text: str) -> str:
    """The same office file with its doors always open, so that a demo in the evening shows the day."""
    file = yaml.safe_load(text)
    file["hours"] = {"days": EVERY_DAY, "open": "00:00", "close": "23:59", "holidays": "none"}
    file.pop("quiet", None)
    return _written(file)


def closed_today(text: str, today: date) -> str:
    """The same office file, closed on that day."""
    file = yaml.safe_load(text)
    hours = file.setdefault("hours", {})
    hours["closed"] = [*hours.get("closed", []), today.isoformat()]
    return _written(file)


def _written(file: dict[str, Any]) -> str:
    return str(yaml.safe_dump(file, allow_unicode=True, sort_keys=False))


def _line(entry: str | dict[str, str]) -> tuple[str, str]:
    if isinstance(entry, str):
        return entry, "代表"
    return entry["number"], entry.get("department") or entry.get("staff") or "代表"


def _caller(one: dict[str, Any]) -> str:
    if one.get("block"):
        return "着信拒否の番号"
    return str(one.get("name", "")) + ("（VIP）" if one.get("vip") else "")


def _member(person: dict[str, Any]) -> Member:
    account = "U" + hashlib.sha256(person["id"].encode()).hexdigest()[:32]
    return Member(
        id=person["id"],
        name=person["name"],
        title=person.get("title", ""),
        role=person.get("role", "staff"),
        phone=person.get("phone"),
        slack=person.get("slack"),
        line=person.get("line", account),
        linked="line" in person,
    )
