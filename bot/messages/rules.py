"""`rules` of the office file: who else gets a message, and why. Conditions are read in `fits`."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from bot.messages.absence import leave_of, stand_ins
from bot.messages.model import SUBJECT, Why
from bot.messages.quiet import quiet_until, within
from bot.messages.recipients import give
from bot.office.model import Person, Rule
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from bot.store.cards import post_card
from bot.store.transaction import Transaction

RULE = "rule:"
"""The audience of a rule's card in a channel, before the rule's place in the office file."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at. `number` is E.164 or empty, `text` all that was said."""

    staff: str | None
    department: str | None
    number: str
    text: str
    urgent: bool


def facts_of(roster: Roster, row: Row[Any]) -> Facts:
    """The facts of a stored message; the department is the person's where it names one."""
    person = roster.people.get(row.staff) if row.staff else None
    caller = row.caller
    text = " ".join((row.wish, row.body, caller["company"], caller["name"]))
    return Facts(
        row.staff, person.department if person else row.department, caller["number"], text, row.urgent
    )


def fits(rule: Rule, facts: Facts, local: datetime) -> list[str] | None:
    """Why a rule fits, in a few Japanese words for each of its conditions; None where it does not."""
    text = _folded(facts.text)
    word = next((word for word in rule.words if _folded(word) in text), None)
    conditions = (
        (bool(rule.staff), facts.staff in rule.staff, "担当者"),
        (bool(rule.departments), facts.department in rule.departments, f"部署 {facts.department}"),
        (bool(rule.words), word is not None, f"言葉「{word}」"),
        (bool(rule.callers), facts.number in rule.callers, "お客様の番号"),
        (rule.urgent is not None, facts.urgent == rule.urgent, "お急ぎ" if facts.urgent else "お急ぎでない"),
        (rule.between is not None, rule.between is not None and within(rule.between, local), "時間帯"),
    )
    if any(asked and not met for asked, met, _ in conditions):
        return None
    return [words for asked, _, words in conditions if asked] or ["すべての伝言"]


def apply_rules(tx: Transaction, roster: Roster, row: Row[Any]) -> None:
    """Give a new message to whom the office's rules name, beside whom it is for."""
    for index, rule, _ in _fitting(tx, roster, facts_of(roster, row)):
        for person in _people(tx, roster, rule):
            give(tx, roster, row, person, Why.RULE)
        for channel, addresses in (("slack", rule.slack), ("line", rule.line)):
            for address in addresses:
                post_card(
                    tx,
                    roster.organization,
                    SUBJECT,
                    row.id,
                    channel=channel,
                    address=address,
                    audience=f"{RULE}{index}",
                )


def destinations(tx: Transaction, roster: Roster, facts: Facts) -> Iterator[tuple[str, str]]:
    """Where a message would go at `tx.now`, and why: the same decisions, nothing sent."""
    person = roster.people.get(facts.staff) if facts.staff else None  # type: ignore[call-overload]
    if person is not None:
        if leave_of(tx, roster, person) is None:
            yield person.name, _when(tx, roster, person, facts, "担当者")
        else:
            yield person.name, "休みのため、戻られたときにまとめて"
            for other in stand_ins(tx, roster, person):
                yield other.name, _when(tx, roster, other, facts, f"{person.name}さんが休みのため代理")
    if roster.office.slack and roster.office.slack.calls_channel:
        yield f"Slack {roster.office.slack.calls_channel}", "電話のチャンネル（すぐに）"
    if roster.office.line and roster.office.line.calls_group:
        yield f"LINE {roster.office.line.calls_group}", "電話のグループ（すぐに）"
    for index, rule, reasons in _fitting(tx, roster, facts):
        why = f"規則 {rule.name or index + 1}: {'、'.join(reasons)}"
        for other in _people(tx, roster, rule):
            yield other.name, _when(tx, roster, other, facts, why)
        yield from ((f"Slack {channel}", why) for channel in rule.slack)
        yield from ((f"LINE {group}", why) for group in rule.line)


def _fitting(tx: Transaction, roster: Roster, facts: Facts) -> Iterator[tuple[int, Rule, list[str]]]:
    local = tx.now.astimezone(roster.zone)
    for index, rule in enumerate(roster.office.rules):
        if rule.callers and not allowed(roster.office, Feature.CALLER_RULES):
            continue
        reasons = fits(rule, facts, local)
        if reasons is not None:
            yield index, rule, reasons


def _people(tx: Transaction, roster: Roster, rule: Rule) -> list[Person]:
    """Whom a rule names, without those on leave."""
    found = [roster.people[staff] for staff in rule.people if staff in roster.people]
    return [person for person in found if leave_of(tx, roster, person) is None]


def _when(tx: Transaction, roster: Roster, person: Person, facts: Facts, why: str) -> str:
    quiet = None if facts.urgent else quiet_until(roster.office, person, tx.now)
    return f"{why}（静かな時間帯のため {quiet:%H:%M} に）" if quiet else why


def _folded(text: str) -> str:
    """Full and half width, upper and lower case read the same."""
    return unicodedata.normalize("NFKC", text).casefold()
