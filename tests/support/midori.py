"""みどり商会: a small office for the tests of chat, its people in Slack under their staff ids."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.office.model import Office, Person, SlackSettings
from bot.office.roster import Roster, roster_of
from bot.office.tables import organizations, staff
from bot.store.transaction import Transaction

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=TOKYO)
TEAM = "T0MIDORI"
CALLS, KINTAI = "C0CALLS", "C0KINTAI"
ORGANIZATION = "midori"

OFFICE = Office(
    organization=ORGANIZATION,
    name="みどり商会",
    slack=SlackSettings(team=TEAM, calls_channel=CALLS, status_channel=KINTAI),
)


def member(staff_id: str, name: str, department: str, **more: object) -> Person:
    """Somebody with a Slack account of the same name."""
    return Person.model_validate(
        {"id": staff_id, "name": name, "department": department, "slack": f"U0{staff_id.upper()}", **more}
    )


PEOPLE = (
    member("mori", "森 健一", "営業", reading="もり けんいち", phone="+819011112222", backups=("ito",)),
    member("ito", "伊藤 さくら", "営業", reading="いとう さくら", phone="+819011113333"),
    member("nakata", "中田 翔", "技術", reading="なかた しょう", phone="+819011114444"),
    member("nakatak", "中田 恵", "総務", reading="なかた めぐみ"),
    member("oka", "岡 久子", "総務", reading="おか ひさこ", role="manager"),
    member("hara", "原 二郎", "営業", reading="はら じろう", slack=None),
)


def write_office(tx: Transaction, office: Office, people: tuple[Person, ...]) -> Roster:
    """An office as `toritsugi load` would leave it."""
    tx.insert(
        organizations,
        organization=office.organization,
        revision=tx.new_id(),
        office=office.model_dump(mode="json"),
        slack_team=office.slack.team if office.slack else None,
        updated_at=tx.now,
    )
    for person in people:
        tx.insert(
            staff,
            organization=office.organization,
            id=person.id,
            person=person.model_dump(mode="json"),
            active=True,
            updated_at=tx.now,
        )
    return roster_of(tx, office.organization)
