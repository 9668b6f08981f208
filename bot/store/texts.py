"""Texts that people typed: which wording of each counts, and what it made. Of the words nothing is kept.

A platform may tell of a text, of its new wording and of its end in any order: the newest counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.columns import Instant, Json, metadata
from bot.store.transaction import Transaction

KEPT_FOR = timedelta(days=31)
"""How long what a text made follows the text."""

texts = sa.Table(
    "inbox_texts",
    metadata,
    sa.Column("organization", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("newest_at", Instant, nullable=False),  # of the wording taken last, by the platform's clock
    sa.Column("gone", sa.Boolean, nullable=False),  # deleted, or its sending taken back
    sa.Column("changes", Json, nullable=False),  # ids of the changes that its wordings made, in order
    sa.Column("question", sa.Text),  # the ticket of the question that it was answered with
    sa.Column("tell", sa.Text),  # who is to hear with the next reply that it is gone, but not what it set
    sa.Column("seen_at", Instant, nullable=False, index=True),
    sa.Index(
        "ix_inbox_texts_question",
        "organization",
        "question",
        postgresql_where=sa.text("question IS NOT NULL"),
        sqlite_where=sa.text("question IS NOT NULL"),
    ),
    sa.Index(
        "ix_inbox_texts_tell",
        "organization",
        "tell",
        postgresql_where=sa.text("tell IS NOT NULL"),
        sqlite_where=sa.text("tell IS NOT NULL"),
    ),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text by the platform's `name` for it, as it stood before the wording in hand.

    `known`: another wording of it was taken already.
    """

    organization: str
    source: str
    name: str
    known: bool = False
    gone: bool = False
    changes: tuple[str, ...] = ()
    question: str | None = None


def take_wording(
    tx: Transaction, organization: str, source: str, name: str, at: datetime, *, gone: bool = False
) -> Text | None:
    """The text, locked until the commit; None where a newer wording of it counts, or its end.

    `at` is the platform's time of the wording. `gone`: it is the end of the text, whenever it was.
    """
    new = {"newest_at": at, "gone": gone, "changes": [], "seen_at": tx.now}
    if tx.insert_if_new(texts, organization=organization, source=source, name=name, **new):
        return Text(organization, source, name)
    row = tx.lock(sa.select(texts).where(*_named(organization, source, name)))
    if row is None or row.gone or (row.newest_at > at and not gone):
        return None
    tx.update(texts, *_named(organization, source, name), newest_at=at, gone=gone)
    return _text(row)


def note_made(tx: Transaction, text: Text, change: str, question: str | None) -> None:
    """A wording of the text made a change (empty: none), or was answered with a question."""
    made = [*text.changes, change] if change else list(text.changes)
    tx.update(texts, *_its(text), changes=made, question=question)


def text_asked_about(tx: Transaction, organization: str, question: str) -> Text | None:
    """The text that was answered with a question, by the question's ticket; locked until the commit."""
    asked = (texts.c.organization == organization, texts.c.question == question)
    row = tx.lock(sa.select(texts).where(*asked))
    return _text(row) if row else None


def tell_later(tx: Transaction, text: Text, staff: str) -> None:
    """Somebody is to hear with their next reply that the text is gone."""
    tx.update(texts, *_its(text), tell=staff)


def take_untold(tx: Transaction, organization: str, source: str, staff: str) -> list[Text]:
    """The texts of which somebody is to hear now that they are gone; once."""
    theirs = (texts.c.organization == organization, texts.c.tell == staff, texts.c.source == source)
    rows = tx.all(sa.select(texts).where(*theirs).order_by(texts.c.newest_at))
    if rows:
        tx.update(texts, *theirs, tell=None)
    return [_text(row) for row in rows]


def forget_old_texts(tx: Transaction) -> None:
    """Drop what no longer follows its text."""
    tx.execute(sa.delete(texts).where(texts.c.seen_at < tx.now - KEPT_FOR))


def _text(row: Any) -> Text:
    key = (row.organization, row.source, row.name)
    return Text(*key, known=True, gone=row.gone, changes=tuple(row.changes), question=row.question)


def _its(text: Text) -> tuple[sa.ColumnElement[bool], ...]:
    return _named(text.organization, text.source, text.name)


def _named(organization: str, source: str, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return texts.c.organization == organization, texts.c.source == source, texts.c.name == name
