"""The office file: YAML text → an office and its people, or everything that is wrong with it.

The table `VALUES` is the whole schema: which keys there are, and how the text of each is read.
docs/office-file.md describes the same keys for people.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.language.model import Kind
from bot.office import values as v
from bot.office.file_checks import Found, check_whole
from bot.office.model import AskWhen, Office, Person, Plan, Role
from bot.office.yaml_tree import OfficeFileError, Path, Problem, Tree, read_tree

__all__ = ["CheckScript", "OfficeFile", "OfficeFileError", "PersonInFile", "Problem", "read_office_file"]

CheckScript = Callable[[str, str], str | None]
"""Name and template of a script → what is wrong with it, in Japanese, or None."""


@dataclass(frozen=True)
class PersonInFile:
    """A person as the file has them; `given` are the keys written; for others chat's settings stay."""

    person: Person
    given: frozenset[str]


@dataclass(frozen=True)
class OfficeFile:
    office: Office
    people: tuple[PersonInFile, ...]


Read = Callable[[str], object]


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("空です。書くか、キーごと消してください")
    return text


_channel = v.platform_id("C G D", "Slack のチャンネル")
_sid = "[0-9A-Za-z]{32}"

_OFFICE: dict[str, Read] = {
    "organization": v.identifier,
    "name": v.label,
    "reading": v.label,
    "timezone": v.zone,
    "hours.days[]": v.weekday,
    "hours.open": v.clock,
    "hours.close": v.clock,
    "hours.noon[]": v.clock,
    "hours.sat[]": v.clock,
    "hours.holidays": v.one_of(["JP", "none"]),
    "hours.closed[]": v.closure,
    "plan": v.one_of(list(Plan)),
    "options.*": v.switch,
    "quota": v.whole(0, 100_000_000),
    "numbers[]": v.phone_number,
    "numbers[].number": v.phone_number,
    "numbers[].department": v.label,
    "numbers[].staff": v.identifier,
    "main_lines[]": v.phone_number,
    "sms_from": v.phone_number,
    "slack.team": v.platform_id("T E", "Slack のワークスペース"),
    "slack.calls_channel": _channel,
    "slack.digest_channel": _channel,
    "slack.status_channel": _channel,
    "line.destination": v.platform_id("U", "LINE のボット", _sid),
    "line.secret": _text,
    "line.token": _text,
    "line.calls_group": v.platform_id("C R", "LINE のグループ", _sid),
    "digest.daily": v.clock_or_none,
    "digest.weekly": v.weekly,
    "transfer.timeout_seconds": v.whole(5, 120, "秒"),
    "transfer.ring_seconds": v.whole(5, 60, "秒"),
    "transfer.hold_seconds": v.whole(5, 600, "秒"),
    "transfer.then[]": v.one_of(["backups", "department"]),
    "follow_up.remind_minutes[]": v.whole(1, 10_080, "分"),
    "follow_up.escalate_minutes": v.whole(1, 10_080, "分"),
    "quiet.from": v.clock,
    "quiet.to": v.clock,
    "retention_days": v.whole(1, 36_500, "日"),
    "scripts.*": _text,
    "words.*": v.one_of(list(Kind)),
}

_ROUTING: dict[str, Read] = {
    "routing[].type": v.one_of(["taskrouter", "webhook"]),
    "routing[].workspace": v.platform_id("WS", "TaskRouter の Workspace", _sid),
    "routing[].activities.*": v.label,
    "routing[].url": _text,
    "routing[].secret": _text,
    "routing[].private": v.switch,
}

_CALLERS: dict[str, Read] = {
    "callers[].number": v.phone_number,
    "callers[].name": v.label,
    "callers[].vip": v.switch,
    "callers[].block": v.switch,
}

_RULES: dict[str, Read] = {
    "rules[].name": v.label,
    "rules[].staff[]": v.identifier,
    "rules[].departments[]": v.label,
    "rules[].words[]": v.label,
    "rules[].callers[]": v.phone_number,
    "rules[].urgent": v.switch,
    "rules[].between.from": v.clock,
    "rules[].between.to": v.clock,
    "rules[].people[]": v.identifier,
    "rules[].slack[]": _channel,
    "rules[].line[]": v.platform_id("C R", "LINE のグループ", _sid),
    "rules[].mention": v.identifier,
}

_PEOPLE: dict[str, Read] = {
    "staff[].id": v.identifier,
    "staff[].name": v.label,
    "staff[].reading": v.reading,
    "staff[].department": v.label,
    "staff[].title": v.label,
    "staff[].email": v.mail_address,
    "staff[].share_email": v.switch,
    "staff[].phone": v.phone_number,
    "staff[].slack": v.platform_id("U W", "Slack のメンバー"),
    "staff[].line": v.platform_id("U", "LINE のユーザー", _sid),
    "staff[].role": v.one_of(list(Role)),
    "staff[].urgent_when_away": v.switch,
    "staff[].vip_when_away": v.switch,
    "staff[].ask_on_leave": v.switch,
    **{f"staff[].ask_when.{situation}[]": v.one_of(["urgent", "vip"]) for situation in AskWhen.model_fields},
    "staff[].ring_at": v.phone_number,
    "staff[].ring_at_half": v.switch,
    "staff[].backups[]": v.identifier,
    "staff[].chat": v.one_of(["slack", "line"]),
    "staff[].quiet.from": v.clock,
    "staff[].quiet.to": v.clock,
    "staff[].worker": v.platform_id("WK", "TaskRouter の Worker", _sid),
    "staff[].calendar": v.web_address,
    "former[].name": v.label,
    "former[].reading": v.reading,
    "former[].successor": v.identifier,
}

VALUES = _OFFICE | _ROUTING | _CALLERS | _RULES | _PEOPLE

REQUIRED: dict[str, tuple[str, ...]] = {
    "": ("organization", "name", "staff"),
    "numbers[]": ("number",),
    "slack": ("team",),
    "quiet": ("from", "to"),
    "routing[]": ("type",),
    "callers[]": ("number",),
    "rules[].between": ("from", "to"),
    "staff[]": ("id", "name"),
    "staff[].quiet": ("from", "to"),
    "former[]": ("name",),
}

_RENAMED = {"from": "start", "to": "end"}


def read_office_file(
    source: str | bytes, env: Mapping[str, str], check_script: CheckScript | None = None
) -> OfficeFile:
    """Read and check a whole office file.

    `env` fills `${VAR}`. `check_script` judges each template of `scripts`. Raises OfficeFileError
    with every problem found, by line; the messages never show a value taken from `env`.
    """
    tree = read_tree(source, env)
    walk = _Walk(tree)
    data = walk.value(tree.data, (), "")
    check_whole(tree, walk.found)
    if check_script is not None:
        for path, template in walk.found["scripts.*"]:
            if problem := check_script(str(path[-1]), str(template)):
                tree.blame(path, problem)
    if tree.problems:
        raise OfficeFileError(tree.problems)
    assert isinstance(data, dict)
    assert isinstance(tree.data, dict)
    people = data.pop("staff")
    written = tree.data["staff"]
    return OfficeFile(
        office=Office.model_validate(data),
        people=tuple(
            PersonInFile(Person.model_validate(person), frozenset(keys))
            for person, keys in zip(people, written, strict=True)
        ),
    )


class _Walk:
    """Goes through the tree beside the schema; what it reads is kept in `found` by pattern."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.found: Found = defaultdict(list)

    def value(self, value: object, path: Path, pattern: str) -> object:
        """The checked value of what stands at `path`; None where it is wrong or left empty."""
        if isinstance(value, str) and pattern in VALUES:
            return self._scalar(value, path, pattern)
        if isinstance(value, list) and f"{pattern}[]" in _KEYS:
            items = [self.value(item, (*path, n), f"{pattern}[]") for n, item in enumerate(value)]
            return [item for item in items if item is not None]
        if isinstance(value, dict) and _KEYS[pattern]:
            return self._mapping(value, path, pattern)
        self.tree.blame(path, _shape(pattern))
        return None

    def _scalar(self, text: str, path: Path, pattern: str) -> object:
        if path in self.tree.unfilled:
            return None
        try:
            value = VALUES[pattern](text)
        except ValueError as error:
            self.tree.blame(path, str(error))
            return None
        self.found[pattern].append((path, value))
        return {"number": value} if pattern == "numbers[]" else value

    def _mapping(self, mapping: dict[str, object], path: Path, pattern: str) -> dict[str, object]:
        known = _KEYS[pattern]
        read: dict[str, object] = {}
        for key, value in mapping.items():
            if key not in known and "*" not in known:
                self.tree.blame((*path, key), f"「{key}」というキーはありません{v.did_you_mean(key, known)}")
            elif value is not None:
                inner = f"{pattern}.{'*' if '*' in known else key}".removeprefix(".")
                read[_RENAMED.get(key, key)] = self.value(value, (*path, key), inner)
            elif (*path, key) == ("digest", "daily"):
                read[key] = (
                    None  # an empty time switches the digest off; elsewhere an empty key means its default
                )
        for key in REQUIRED.get(pattern, ()):
            if mapping.get(key) is None:
                self.tree.blame(path, f"「{key}」がありません。書いてください")
        self.found[pattern].append((path, mapping))
        return read


def _keys_by_pattern() -> defaultdict[str, set[str]]:
    """Which keys a mapping may have; a pattern ending in [] is there for every list."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for pattern in VALUES:
        parent, _, key = pattern.rpartition(".")
        while True:
            keys[parent].add(key.removesuffix("[]"))
            if key.endswith("[]"):
                keys.setdefault(f"{parent}.{key}".removeprefix("."), set())
            if not parent:
                break
            parent, _, key = parent.rpartition(".")
    return keys


_KEYS = _keys_by_pattern()


def _shape(pattern: str) -> str:
    if f"{pattern}[]" in _KEYS:
        return "一覧で書いてください([a, b] か、1行に1つずつ「- a」)"
    if pattern in VALUES:
        return "値を1つだけ書いてください"
    return "「キー: 値」の形で書いてください"
