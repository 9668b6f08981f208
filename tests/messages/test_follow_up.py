"""Following messages up: what one person hears at one moment comes together, and nothing comes twice."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import sqlalchemy as sa

from bot.delivery.reminder_card import bundle_card, reminder_card
from bot.messages.follow_up import due_follow_ups, take_steps
from bot.messages.model import CallerFacts
from bot.messages.tables import recipients
from bot.messages.verbs import called_back, close_message, reassign_message
from bot.office.model import Person, Quiet
from bot.office.roster import roster_of
from bot.store.cards import cards
from bot.store.store import Store
from tests.support.office_store import TOKYO, OfficeStore
from tests.support.offices import PEOPLE, smile

EGAWA = CallerFacts("スマイル企画", "江川", "+81312345678", "", verified=True)


def in_line(person: Person) -> Person:
    return person.model_copy(update={"slack": None, "line": "U" + f"{len(person.id)}" * 32, "chat": "line"})


def line_office(url: str) -> OfficeStore:
    """Everybody has LINE alone, where each push is paid for."""
    return OfficeStore(url, smile(), tuple(in_line(person) for person in PEOPLE))


def follow_up(office: OfficeStore) -> None:
    for organization, due in office.run(due_follow_ups):
        assert organization == "smile"
        office.with_roster(take_steps, due)


def posted(office: OfficeStore, subject: str, audience: str = "kurimoto") -> list[str]:
    shown = sa.select(cards.c.subject_id).where(cards.c.subject == subject, cards.c.audience == audience)
    return [row.subject_id for row in office.rows(shown.order_by(cards.c.id))]


def test_three_of_one_moment_are_one_push_in_line(database_url: str) -> None:
    office = line_office(database_url)
    for caller in (None, EGAWA, None):
        office.message(**({"caller": caller} if caller else {}))
    office.passes(minutes=15)
    follow_up(office)
    follow_up(office)
    [together] = posted(office, "reminder")
    card = office.with_roster(reminder_card, together, "kurimoto")
    assert card is not None
    assert card.title == "伝言が未対応です 3件"
    assert [fact.text for fact in card.facts if "江川" in fact.text]
    assert [button.action for button in card.buttons] == ["message_done", "message_callback"] * 3
    office.store.close()


def test_in_slack_each_has_a_card_that_closes_by_itself(office: OfficeStore) -> None:
    for _ in range(3):
        office.message()
    office.passes(minutes=15)
    follow_up(office)
    assert len(posted(office, "reminder")) == 3


def test_what_goes_up_together_comes_on_one_card_that_says_whose_it_was(office: OfficeStore) -> None:
    office.message(caller=EGAWA)
    office.message()
    office.passes(minutes=120)
    follow_up(office)
    [bundle] = posted(office, "bundle", "sato")
    card = office.with_roster(bundle_card, bundle, "sato")
    assert card is not None
    assert card.title == "まだ対応されていない伝言 2件"
    assert [fact.text for fact in card.facts if fact.label == "　宛先"] == ["栗本さん", "栗本さん"]
    assert not posted(office, "message", "sato")


def test_every_step_once_whatever_the_ticks(office: OfficeStore) -> None:
    office.message(promise="30分ほどで折り返し", promise_due_at=office.clock.now() + timedelta(minutes=30))
    for _ in range(60):
        office.passes(minutes=7)
        follow_up(office)
    reminders = posted(office, "reminder")
    assert len(reminders) == len(set(reminders))
    assert [reminder.partition(":")[2] for reminder in reminders] == [
        "remind_15",
        "promise_soon",
        "promise_due",
        "remind_60",
    ]
    assert not office.run(due_follow_ups)


def test_two_processes_at_one_moment_tell_once(database_url: str) -> None:
    office = OfficeStore(database_url)
    office.message()
    office.passes(minutes=15)
    other = Store(office.store.url, office.clock)
    [(_, due)] = other.read_now(due_follow_ups)
    follow_up(office)
    other.run_now(lambda tx: take_steps(tx, roster_of(tx, "smile"), due))
    assert len(posted(office, "reminder")) == 1
    other.close()
    office.store.close()


def test_done_or_called_back_ends_it(office: OfficeStore) -> None:
    done, called, passed_on = office.message(), office.message(), office.message()
    office.with_roster(close_message, done, "kurimoto")
    office.with_roster(called_back, called, "kurimoto")
    office.with_roster(lambda tx, roster: reassign_message(tx, roster, passed_on, roster.people["suzuki"]))
    office.passes(hours=10)
    follow_up(office)
    assert posted(office, "reminder") == []
    assert [row.staff for row in office.rows(sa.select(recipients).where(recipients.c.message == done))] == [
        "kurimoto"
    ]


def test_who_takes_a_message_over_is_told_though_they_had_it(office: OfficeStore) -> None:
    message = office.message()
    office.passes(minutes=120)
    follow_up(office)
    assert posted(office, "message", "sato") == [message]
    office.with_roster(lambda tx, roster: reassign_message(tx, roster, message, roster.people["sato"]))
    [told] = posted(office, "reminder", "sato")
    card = office.with_roster(reminder_card, told, "sato")
    assert card is not None
    assert "三上様からの伝言の担当になりました" in card.title


def test_a_reminder_of_what_was_erased_says_nothing(office: OfficeStore) -> None:
    assert office.with_roster(reminder_card, "gone:remind_15,gone2:remind_15", "kurimoto") is None


def test_a_bundle_has_what_was_said(office: OfficeStore) -> None:
    office.message(body="見積もりの\n納期の件です")
    office.message(body="長" * 2000)
    office.passes(minutes=120)
    follow_up(office)
    [bundle] = posted(office, "bundle", "sato")
    card = office.with_roster(bundle_card, bundle, "sato")
    assert card is not None
    said = [fact.text for fact in card.facts if fact.label == "　内容"]
    assert said == ["見積もりの 納期の件です", "長" * 300 + "…"]


def test_the_night_does_not_count(database_url: str) -> None:
    office = OfficeStore(database_url, smile(quiet=Quiet(start=time(19), end=time(8, 30))))
    office.at(datetime(2026, 11, 24, 18, 50, tzinfo=TOKYO))
    office.message()
    heard = []
    for _ in range(20 * 12):
        office.passes(minutes=5)
        follow_up(office)
        heard.append((f"{office.clock.now().astimezone(TOKYO):%H:%M}", told(office)))
    changes = [now for before, now in pairwise([("", [0, 0]), *heard]) if now[1] != before[1]]
    # To 栗本 at 15 and 60 minutes; 佐藤 is backup and manager in one, and hears of it once as a new one.
    assert changes == [("08:30", [1, 0]), ("09:15", [2, 0]), ("10:15", [2, 1])]
    office.store.close()


def told(office: OfficeStore) -> list[int]:
    return [len(posted(office, "reminder")), len(posted(office, "message", "sato"))]
