"""`toritsugi export` and `toritsugi forget`, as typed."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.delivery.queue import claim
from bot.delivery.recordings import RecordingDeletions
from bot.errors import UsageError
from bot.platforms.errors import PermanentError
from bot.platforms.twilio.client import TwilioClient
from bot.reception.calls import Arrival, receive_call
from bot.reception.filing import end_call, keep_recording
from bot.reception.recordings import DELETE
from bot.settings import Settings
from bot.store.audit import deeds
from bot.store.outbox import outbox
from handlers.commands.export import Days, export_csv, export_held
from handlers.commands.forget import forget
from tests.support.office_store import OfficeStore

SID = "RE" + "0" * 32
RECORDED_AT = f"https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/{SID}"


@pytest.fixture
def office(sqlite_url: str) -> Iterator[OfficeStore]:
    opened = OfficeStore(sqlite_url)
    yield opened
    opened.store.close()


def settings_of(office: OfficeStore) -> Settings:
    return Settings(_env_file=None, database_url=office.store.url)


def rang(office: OfficeStore) -> None:
    """A call that left a recording."""
    arrival = Arrival("CA1", "+81311112222", "+81345671234")
    office.with_roster(receive_call, arrival)
    office.run(keep_recording, "CA1", RECORDED_AT, 9)
    office.with_roster(end_call, "CA1", status="completed", seconds=9)


def exported(office: OfficeStore, what: str, days: Days, **how: bool) -> str:
    out = io.StringIO()
    export_csv(settings_of(office), what, days, None, out, **how)
    return out.getvalue()


def test_a_month_for_a_spreadsheet(office: OfficeStore) -> None:
    office.message(body="見積もりの件")
    text = exported(office, "messages", Days(month="2026-11"), excel=True)
    assert text.startswith("\ufeffid,")
    assert "見積もりの件" in text
    assert len(exported(office, "messages", Days(month="2026-10")).splitlines()) == 1
    assert len(exported(office, "messages", Days(first="2026-11-24")).splitlines()) == 2
    assert len(exported(office, "messages", Days(last="2026-11-23")).splitlines()) == 1


@pytest.mark.parametrize(
    ("what", "days", "said"),
    [
        ("digests", Days(), "presence, calls, messages"),
        ("calls", Days(month="11月"), "2026-11"),
        ("calls", Days(first="今日"), "2026-11-24"),
        ("calls", Days(first="2026-11-24", month="2026-11"), "not both"),
    ],
)
def test_what_cannot_be_exported_is_said(office: OfficeStore, what: str, days: Days, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        exported(office, what, days)


def test_everything_of_a_caller_as_files(office: OfficeStore, tmp_path: Path) -> None:
    office.message(body="見積もりの件")
    rang(office)
    folder = tmp_path / "mikami"
    said = export_held(settings_of(office), "03-1111-2222", None, None, folder)
    assert "2 messages" in said
    held = json.loads((folder / "everything.json").read_text(encoding="utf-8"))["held"]
    assert held["calls"][0]["recording"]["url"] == RECORDED_AT
    for name, rows in held.items():
        text = (folder / f"{name}.csv").read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert len(lines) == len(rows)
        assert list(lines[0]) == list(rows[0])
    [deed] = office.rows(sa.select(deeds))
    assert (deed.action, deed.subject) == ("records.exported", "")
    with pytest.raises(UsageError, match="empty folder"):
        export_held(settings_of(office), "03-1111-2222", None, None, folder)


def test_nothing_held_writes_nothing(office: OfficeStore, tmp_path: Path) -> None:
    for caller, person in (("03-9999-8888", None), (None, "nobody")):
        with pytest.raises(UsageError, match="nothing is held"):
            export_held(settings_of(office), caller, person, None, tmp_path / "nothing")
    with pytest.raises(UsageError, match="telephone number"):
        export_held(settings_of(office), "三上", None, None, tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_forgetting_a_caller_as_the_docs_write_the_number(office: OfficeStore) -> None:
    office.message()
    said = forget(settings_of(office), "03-1111-2222", None, None)
    assert said == "Erased 0 calls, 1 messages."
    assert forget(settings_of(office), "+81311112222", None, None) == "Erased 0 calls, 0 messages."


def test_without_twilio_it_says_that_recordings_are_still_there(office: OfficeStore) -> None:
    rang(office)
    said = forget(settings_of(office), "03-1111-2222", None, None)
    assert "1 recordings are still at Twilio" in said
    [row] = office.rows(sa.select(outbox).where(outbox.c.kind == DELETE))
    assert row.payload == {"recording": SID}


async def test_a_recording_that_cannot_be_deleted_is_told_to_managers(office: OfficeStore) -> None:
    courier = RecordingDeletions(TwilioClient("", "", None), twilio_on=False)
    rang(office)
    forget(settings_of(office), "03-1111-2222", None, None)
    parcel = next(parcel for parcel in office.run(claim, 20) if parcel.kind == DELETE)
    with pytest.raises(PermanentError) as refused:
        await courier.send(parcel, {"recording": SID})
    office.run(courier.refused, parcel, refused.value)
    [row] = office.rows(sa.select(outbox).where(outbox.c.kind == "chat.say"))
    assert row.payload["address"] == "U0SATO"
    assert SID in row.payload["card"]["text"]


def test_somebody_still_here_is_not_forgotten(office: OfficeStore) -> None:
    with pytest.raises(UsageError, match="take them out"):
        forget(settings_of(office), None, "kurimoto", None)
    with pytest.raises(UsageError, match="name one"):
        forget(settings_of(office), None, None, None)
