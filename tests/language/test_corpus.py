"""What staff type, with what the status language says it means.

`dev.jsonl` are the development cases, `fresh.jsonl` further ones, worked out by hand from the page, sentence by
sentence, before they were run.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.language import as_json, parse

HERE = Path(__file__).parent
CASES = [
    json.loads(line)
    for name in ("dev.jsonl", "fresh.jsonl")
    for line in (HERE / name).read_text("utf-8").splitlines()
]


def understood(case: dict[str, Any]) -> dict[str, Any]:
    return as_json(parse(case["text"], datetime.fromisoformat(case["now"]), case["context"]))


def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def counted(found: dict[str, Any]) -> dict[str, Any]:
    """The fields that accuracy counts, with instants as instants."""
    entries = [
        (entry["kind"], moment(entry["start"]), moment(entry["end"]), entry["basis"])
        for entry in found.get("entries", [])
    ]
    return {
        "action": found["action"],
        "entries": entries,
        "end": moment(found.get("end")),
        **{key: found.get(key) for key in ("reason", "minutes")},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_every_case_is_understood(case: dict[str, Any]) -> None:
    found, expected = understood(case), case["expect"]
    assert counted(found) == counted(expected)
    if expected["action"] == "query":
        assert found["who"] == expected["who"]
    if "who" in expected:
        assert found.get("who") == expected["who"]
    for entry, wanted in zip(found.get("entries", []), expected.get("entries", []), strict=True):
        assert wanted.get("note_contains", "") in entry["note"]


def test_no_status_is_set_where_none_was_said() -> None:
    talk = [case for case in CASES if case["expect"]["action"] == "none"]
    assert talk
    assert [case["text"] for case in talk if understood(case)["action"] == "set"] == []
