"""An office whose messages are followed up; what would be sent is looked up, not sent."""

from collections.abc import Iterator

import pytest

from tests.support.office_store import OfficeStore


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeStore]:
    """On each database."""
    opened = OfficeStore(database_url)
    yield opened
    opened.store.close()
