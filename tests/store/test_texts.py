"""Texts and their wordings: the newest counts, in whatever order they arrive."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.store.texts import (
    KEPT_FOR,
    forget_old_texts,
    note_made,
    take_untold,
    take_wording,
    tell_later,
    text_asked_about,
)
from bot.store.transaction import Transaction
from tests.support.office_store import OfficeStore

A_TEXT = ("smile", "slack", "C1:1.1")


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeStore]:
    office = OfficeStore(database_url)
    yield office
    office.store.close()


def test_the_newest_wording_counts_and_the_end_of_a_text_is_its_end(office: OfficeStore) -> None:
    now = office.clock.now()

    def taken(seconds: int, *, gone: bool = False) -> bool:
        at = now + timedelta(seconds=seconds)
        return office.run(lambda tx: take_wording(tx, *A_TEXT, at, gone=gone) is not None)

    assert [taken(2), taken(1), taken(3), taken(2)] == [True, False, True, False]
    assert [taken(0, gone=True), taken(9), taken(9, gone=True)] == [True, False, False]


def test_what_it_made_and_asked_is_known(office: OfficeStore) -> None:
    def typed(tx: Transaction) -> None:
        text = take_wording(tx, *A_TEXT, tx.now)
        assert text is not None
        assert not text.known
        note_made(tx, text, "change-1", "ticket-1")

    office.run(typed)
    asked = office.run(text_asked_about, "smile", "ticket-1")
    assert (asked.name, asked.known, asked.changes) == ("C1:1.1", True, ("change-1",))
    assert office.run(text_asked_about, "smile", "ticket-2") is None
    assert office.run(text_asked_about, "other", "ticket-1") is None
    office.run(note_made, asked, "", None)
    assert office.run(lambda tx: take_wording(tx, *A_TEXT, tx.now)).changes == ("change-1",)


def test_who_is_to_hear_of_it_hears_once(office: OfficeStore) -> None:
    text = office.run(lambda tx: take_wording(tx, *A_TEXT, tx.now, gone=True))
    office.run(tell_later, text, "kurimoto")
    assert office.run(take_untold, "smile", "slack", "suzuki") == []
    assert [one.name for one in office.run(take_untold, "smile", "slack", "kurimoto")] == ["C1:1.1"]
    assert office.run(take_untold, "smile", "slack", "kurimoto") == []


def test_after_a_month_it_is_forgotten(office: OfficeStore) -> None:
    office.run(lambda tx: take_wording(tx, *A_TEXT, tx.now))
    office.clock.passes(seconds=KEPT_FOR.total_seconds() - 1)
    office.run(forget_old_texts)
    assert office.run(lambda tx: take_wording(tx, *A_TEXT, tx.now)).known
    office.clock.passes(seconds=2)
    office.run(forget_old_texts)
    assert not office.run(lambda tx: take_wording(tx, *A_TEXT, tx.now)).known
