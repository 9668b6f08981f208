"""People for tests, written as a table."""

from bot.office.model import Person, StaffId


def people_of(rows: str) -> tuple[Person, ...]:
    """People from lines `id|name|reading|department|title`."""
    return tuple(
        Person(
            id=StaffId(id_), name=name, reading=reading, department=department or None, title=title or None
        )
        for id_, name, reading, department, title in (row.split("|") for row in rows.strip().splitlines())
    )
