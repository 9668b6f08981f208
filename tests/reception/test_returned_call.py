"""先ほどお電話をいただいた者ですが: who it was that rang."""

from bot.office.model import PhoneNumber
from bot.reception.facts import facts_for
from bot.store.transaction import Transaction
from bot.transfers.tables import callbacks
from tests.support.office_store import MIKAMI, OfficeStore


def rang_back(office: OfficeStore, message: str, staff: str) -> None:
    """Somebody called the caller of a message back, in vain."""

    def insert(tx: Transaction) -> None:
        row = {"message": message, "staff": staff, "channel": "slack", "line": "+81345671234"}
        tx.insert(
            callbacks,
            id=tx.new_id(),
            organization="smile",
            number=MIKAMI.number,
            created_at=tx.now,
            ended_at=tx.now,
            **row,
        )

    office.run(insert)


def who_rang(office: OfficeStore) -> str | None:
    def ask(tx: Transaction, roster: object) -> str | None:
        facts = facts_for(tx, roster, MIKAMI.number, "+81345671234", None)  # type: ignore[arg-type]
        return facts.returned_call(PhoneNumber(MIKAMI.number))

    return office.with_roster(ask)


def test_who_rang_goes_before_whom_the_message_was_for(database_url: str) -> None:
    office = OfficeStore(database_url)
    assert who_rang(office) is None
    message = office.message(staff="kurimoto")
    assert who_rang(office) == "kurimoto", "they may have rung by hand"
    rang_back(office, message, "suzuki")
    office.passes(hours=1)
    office.message(staff="kurimoto")
    assert who_rang(office) == "suzuki"
    office.passes(days=8)
    assert who_rang(office) is None
    office.store.close()
