"""What must fit together in an office file: between keys, and between people."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from bot.office.model import Hours
from bot.office.plans import Feature
from bot.office.values import did_you_mean, webhook_problem
from bot.office.yaml_tree import Path, Tree

Found = dict[str, list[tuple[Path, Any]]]
"""Everything that was read, by pattern (`staff[].id`), each with its path."""

_UNIQUE = {
    "staff[].id": "id",
    "staff[].slack": "Slack の ID",
    "staff[].line": "LINE の ID",
    "staff[].worker": "Worker",
    "callers[].number": "番号",
}

_ROUTING_KEYS = {"taskrouter": ("workspace", "activities"), "webhook": ("url", "secret")}


def check_whole(tree: Tree, found: Found) -> None:
    """Note in `tree` every contradiction among the values that were read."""
    for pattern, what in _UNIQUE.items():
        _check_unique(tree, found[pattern], what)
    _check_unique(tree, [*found["numbers[]"], *found["numbers[].number"]], "番号")
    _check_references(tree, found)
    _check_hours(tree, found)
    _check_own_numbers(tree, found)
    _check_routing(tree, found)
    _check_options(tree, found)
    _check_rules(tree, found)


def _check_rules(tree: Tree, found: Found) -> None:
    """A rule that sends nowhere is a slip of the pen."""
    for path, rule in found["rules[]"]:
        if not any(rule.get(key) for key in ("people", "slack", "line")):
            tree.blame(path, "送り先がありません。people、slack、line のどれかを書いてください")


def _check_unique(tree: Tree, values: Iterable[tuple[Path, Any]], what: str) -> None:
    first: dict[object, Path] = {}
    for path, value in values:
        if isinstance(value, dict):
            continue  # a line written as a mapping: its number comes by itself
        if value in first:
            line = tree.marks[first[value]][0]
            tree.blame(path, f"{what}「{value}」は {line}行目と同じです。どちらかを直してください")
        else:
            first[value] = path


def _check_references(tree: Tree, found: Found) -> None:
    ids = {value for _, value in found["staff[].id"]}
    for pattern in (
        "numbers[].staff",
        "staff[].backups[]",
        "former[].successor",
        "rules[].staff[]",
        "rules[].people[]",
        "rules[].mention",
    ):
        for path, value in found[pattern]:
            if value not in ids:
                tree.blame(path, f"「{value}」という id の人は staff にいません{did_you_mean(value, ids)}")
    own = {path[1]: value for path, value in found["staff[].id"]}
    for path, value in found["staff[].backups[]"]:
        if own.get(path[1]) == value:
            tree.blame(path, "自分自身は代わり (backups) になれません。消してください")


def _check_hours(tree: Tree, found: Found) -> None:
    default = Hours()
    opens = _one(found, "hours.open", default.open)
    closes = _one(found, "hours.close", default.close)
    if opens >= closes:
        tree.blame(("hours", "close"), f"終業 {closes:%H:%M} は始業 {opens:%H:%M} よりあとにしてください")
    noon = _pair(tree, found, "noon")
    if noon and not opens <= noon[0] <= noon[1] <= closes:
        tree.blame(
            ("hours", "noon"),
            f"昼休みは始業 {opens:%H:%M} と終業 {closes:%H:%M} のあいだで、早いほうから書いてください",
        )
    sat = _pair(tree, found, "sat")
    if sat and sat[0] >= sat[1]:
        tree.blame(("hours", "sat"), "土曜日の終業は始業よりあとにしてください")
    if (
        isinstance(tree.data, dict)
        and isinstance(hours := tree.data.get("hours"), dict)
        and hours.get("days") == []
    ):
        tree.blame(("hours", "days"), "営業日がありません。一つ以上書いてください")
    for place in ("quiet", "staff[].quiet", "rules[].between"):
        ends = dict(found[f"{place}.to"])
        for path, start in found[f"{place}.from"]:
            if ends.get((*path[:-1], "to")) == start:
                tree.blame(path, "from と to が同じ時刻です。違う時刻にしてください")


def _one(found: Found, pattern: str, default: time) -> time:
    return found[pattern][0][1] if found[pattern] else default


def _pair(tree: Tree, found: Found, key: str) -> tuple[time, time] | None:
    """The two times of `hours.noon` or `hours.sat`; None where there are none or they are wrong."""
    written = tree.data.get("hours") if isinstance(tree.data, dict) else None
    items = written.get(key) if isinstance(written, dict) else None
    if not isinstance(items, list):
        return None
    if len(items) != 2:
        tree.blame(("hours", key), '始まりと終わりの2つの時刻を ["12:00", "13:00"] のように書いてください')
        return None
    times = [value for _, value in found[f"hours.{key}[]"]]
    return (times[0], times[1]) if len(times) == 2 else None


def _check_own_numbers(tree: Tree, found: Found) -> None:
    """A telephone that is one of our own lines would make a call ring back into the reception."""
    own = {
        value
        for pattern in ("numbers[]", "numbers[].number", "main_lines[]")
        for _, value in found[pattern]
        if isinstance(value, str)
    }
    for path, value in [*found["staff[].phone"], *found["staff[].ring_at"]]:
        if value in own:
            tree.blame(
                path,
                "会社の代表番号か取次ぎの番号です。本人につながる番号を書いてください(呼び出しが受付に戻ってしまいます)",
            )
    for path, value in found["callers[].number"]:
        if value in own:
            tree.blame(path, "会社自身の番号です。かけてくる相手の番号を書いてください")


def _check_routing(tree: Tree, found: Found) -> None:
    for path, backend in found["routing[]"]:
        due = _ROUTING_KEYS.get(str(backend.get("type")))
        if due is None:
            continue
        for key in due:
            if backend.get(key) is None:
                tree.blame(path, f"「{key}」がありません。書いてください")
        for key in backend:
            if key not in due and key != "type" and not (key == "private" and "url" in due):
                tree.blame(
                    (*path, key), f"「{key}」は type: {backend['type']} では使いません。消してください"
                )
        private = dict(found["routing[].private"]).get((*path, "private"), False)
        url = backend.get("url")
        if "url" in due and isinstance(url, str) and (problem := webhook_problem(url, private=private)):
            tree.blame((*path, "url"), problem)


def _check_options(tree: Tree, found: Found) -> None:
    known = [feature.value for feature in Feature]
    for path, _ in found["options.*"]:
        if path[-1] not in known:
            name = str(path[-1])
            tree.blame(
                path,
                f"「{name}」という機能はありません{did_you_mean(name, known)}。使えるのは {'、'.join(known)}",
            )
