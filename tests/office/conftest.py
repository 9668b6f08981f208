"""Offices and people that the tests of this area share."""

import pytest

from bot.office.hearing import Directory
from bot.office.model import Former, Line, Office, OrganizationId, Person, PhoneNumber, StaffId
from tests.support.people import AOZORA, people_of


@pytest.fixture(scope="session")
def office() -> Office:
    return Office(
        organization=OrganizationId("aozora"),
        name="青空商会",
        numbers=(Line(number=PhoneNumber("+81345671234")),),
        main_lines=(PhoneNumber("+81345670000"),),
        former=(Former(name="江口 次郎", reading="えぐち じろう", successor=StaffId("sato")),),
    )


@pytest.fixture(scope="session")
def people() -> tuple[Person, ...]:
    return people_of(AOZORA)


@pytest.fixture(scope="session")
def directory(office: Office, people: tuple[Person, ...]) -> Directory:
    return Directory(office, people)
