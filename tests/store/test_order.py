"""What somebody did counts in its order, by the platform's clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.store.inbox import in_order
from tests.support.office_store import OfficeStore


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeStore]:
    office = OfficeStore(database_url)
    yield office
    office.store.close()


def test_what_comes_late_does_not_count_and_what_comes_at_once_does(office: OfficeStore) -> None:
    now = office.clock.now()

    def counts(seconds: int, sender: str = "U1") -> bool:
        at = now + timedelta(seconds=seconds)
        return office.run(lambda tx: in_order(tx, "smile", "slack", sender, at))

    assert [counts(2), counts(1), counts(2), counts(3), counts(2)] == [True, False, True, True, False]
    assert counts(1, sender="U2"), "each has an order of their own"
