"""What staff answered while the caller was hanging up is not lost."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.messages.tables import messages
from bot.office.apply import apply_office
from bot.office.file import read_office_file
from bot.office.roster import roster_of
from bot.reception.calls import Arrival, receive_call, take_step
from bot.reception.events import Hold, Said
from bot.reception.filing import end_call
from bot.settings import Settings
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.model import Answer
from bot.transfers.tables import offers
from bot.transfers.verbs import answer_offer
from tests.support.world import ENV, MAIN, OFFICE_FILE, TUESDAY_MORNING


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    url = Settings(_env_file=None, database_url=database_url).sqlalchemy_url
    store = Store(url, SettableClock(TUESDAY_MORNING))
    file = read_office_file(OFFICE_FILE.read_text(encoding="utf-8"), ENV)
    store.run_now(lambda tx: apply_office(tx, file.office, file.people))
    yield store
    store.close()


def message_after(store: Store, answer: Answer, words: str = "総務の大野さんをお願いします") -> Any:
    """The message of a caller who hung up in the very moment in which 大野 answered."""

    def plays(tx: Transaction) -> None:
        roster = roster_of(tx, "smile")
        call = receive_call(tx, roster, Arrival("CA1", "+815012345678", MAIN)).call
        said = Said(text=f"アオバ商事の三上と申します。{words}", confidence=1)
        assert isinstance(take_step(tx, roster, call, 1, said).turn.then, Hold)

    def answers_and_is_gone(tx: Transaction) -> None:
        roster = roster_of(tx, "smile")
        (offer,) = tx.execute(sa.select(offers.c.id)).one()
        answer_offer(tx, roster, offer, roster.people["ono"], answer)  # type: ignore[index]
        end_call(tx, roster, "CA1", status="completed", seconds=20)

    store.run_now(plays)
    store.clock.passes(seconds=10)  # type: ignore[attr-defined]
    store.run_now(answers_and_is_gone)
    return store.read_now(lambda tx: tx.execute(sa.select(messages)).one())


def test_a_promise_counts_though_the_caller_did_not_hear_it(store: Store) -> None:
    message = message_after(store, Answer.PROMISE_30)
    assert message.staff == "ono"
    assert "30分ほどで折り返すとのお返事" in message.promise
    assert "お伝えする前に" in message.promise
    assert (message.promise_due_at - TUESDAY_MORNING).total_seconds() == 30 * 60 + 10


def test_other_answers_promise_nothing(store: Store) -> None:
    message = message_after(store, Answer.MESSAGE)
    assert (message.staff, message.promise, message.promise_due_at) == ("ono", "", None)
