"""What a check found, and how a list of it reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "off", "look", "wrong"]
_MARKS: dict[State, str] = {"ok": "ok   ", "off": "off  ", "look": "LOOK ", "wrong": "WRONG"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `ok`, `off` (not configured), `look` (a person has to judge), or `wrong`; with its cure."""

    check: str
    state: State
    text: str
    cure: str = ""


def wrong(check: str, text: str, cure: str) -> Finding:
    """Something that has to be mended."""
    return Finding(check, "wrong", text, cure)


def ok(check: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(check, "ok", text)


def as_text(findings: Iterable[Finding]) -> str:
    """A line for each finding, its cure below it."""
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.state]}  {finding.check}: {finding.text}")
        if finding.cure:
            lines.append(f"         → {finding.cure}")
    return "\n".join(lines)
