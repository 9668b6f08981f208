"""Forgetting the words of a text whose sending was taken back: what it set stays, without them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.office.roster import Roster
from bot.presence.board import publish
from bot.presence.repeating import Rule
from bot.presence.tables import changes, entries, series
from bot.presence.verbs import locked
from bot.store.transaction import Transaction

_HANDED_ON = ("extend", "edit")
"""Changes whose entries may have the words of those that they closed."""


def wipe_words(tx: Transaction, roster: Roster, made_by: Collection[str]) -> frozenset[str]:
    """Take note and word out of what some changes set, by their ids, and of what was made of that since.

    What they had only taken over from an earlier text stays. Returns the notes that are gone.
    """
    of_office = changes.c.organization == roster.organization
    rows = tx.all(sa.select(changes.c.staff).where(of_office, changes.c.id.in_(made_by)).distinct())
    notes: set[str] = set()
    _wipe_rules(tx, roster, made_by)
    for row in rows:
        notes |= _wipe_entries(tx, roster, row.staff, made_by)
        if person := roster.people.get(row.staff):
            publish(tx, roster, person, locked(tx, roster, person))
    return frozenset(notes)


def _wipe_entries(tx: Transaction, roster: Roster, staff: str, made_by: Collection[str]) -> set[str]:
    theirs = (changes.c.organization == roster.organization, changes.c.staff == staff)
    since = tx.all(sa.select(changes).where(*theirs, changes.c.id >= min(made_by)).order_by(changes.c.id))
    closed = {given for change in since if change.id in made_by for given, _ in change.closed}
    rows = tx.all(
        sa.select(entries)
        .where(entries.c.organization == roster.organization, entries.c.staff == staff)
        .where(entries.c.change.in_([change.id for change in since]) | entries.c.id.in_(closed))
    )
    taken_over = {word for row in rows if row.id in closed for word in (row.note, row.word)}
    own = _with_their_words(since, rows, made_by)
    for row in own:
        tx.change(
            entries,
            row.id,
            note=row.note if row.note in taken_over else "",
            word=row.word if row.word in taken_over else "",
        )
    return {row.note for row in own} - taken_over - {""}


def _with_their_words(since: Sequence[Any], rows: Sequence[Any], made_by: Collection[str]) -> list[Any]:
    """The entries of those changes, and of later ones that handed their words on."""
    ids: set[str] = set()
    for change in since:
        handed_on = change.action in _HANDED_ON and any(given in ids for given, _ in change.closed)
        if change.id in made_by or handed_on:
            ids |= {row.id for row in rows if row.change == change.id}
    return [row for row in rows if row.id in ids]


def _wipe_rules(tx: Transaction, roster: Roster, made_by: Collection[str]) -> None:
    of_them = (series.c.organization == roster.organization, series.c.change.in_(made_by))
    for row in tx.all(sa.select(series.c.id, series.c.rule).where(*of_them)):
        rule = Rule.from_json(row.rule)
        bare = tuple(replace(span, note="", word="") for span in rule.spans)
        tx.change(series, row.id, rule=replace(rule, spans=bare).as_json())
