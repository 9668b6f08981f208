import pytest

from bot.office.model import Office, OrganizationId


@pytest.fixture
def office() -> Office:
    return Office(
        organization=OrganizationId("smile"),
        name="スマイルコーポレーション",
        reading="すまいるこーぽれーしょん",
    )
