"""The conversation without any platform: a person says or taps, and reads the card."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SettableClock
from bot.language.model import Kind
from bot.messages.verbs import file_message
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.platforms.cards import Button, Card
from bot.presence.model import PresenceNow
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import plan_of, presence_of
from bot.store.outbox import outbox
from bot.store.store import Store
from bot.store.transaction import Transaction
from bot.transfers.verbs import begin_transfer
from handlers.chat import Reply, answer_button, answer_command, answer_text
from tests.support.midori import OFFICE, ORGANIZATION, PEOPLE, TUESDAY, write_office


def november(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment about TUESDAY, in the office's time."""
    return TUESDAY.replace(day=day, hour=hour, minute=minute)


@dataclass
class Chat:
    """An office of which only the conversation runs."""

    store: Store
    clock: SettableClock
    said: Iterator[int] = field(default_factory=itertools.count)

    def says(self, staff: str, text: str, **more: Any) -> Card | None:
        """A free text; the card answered, None for silence."""
        channel = more.pop("channel", "slack")
        reply = self._run(staff, answer_text, text, more.pop("context", "chat"), channel, **more)
        return reply.card if reply else None

    def commands(self, staff: str, command: str, text: str = "") -> Card:
        """A slash command."""
        return self._run(staff, answer_command, command, text, "slack").card

    def taps(
        self, staff: str, button: Button, picked: datetime | None = None, channel: str = "slack"
    ) -> Reply:
        """A button of any card."""
        return self._run(staff, answer_button, button.action, button.value, channel, picked)

    def presence(self, staff: str, at: datetime | None = None) -> PresenceNow:
        return self.store.run_now(lambda tx: presence_of(tx, self._roster(tx), staff, at))

    def plan(self, staff: str) -> list[StoredEntry]:
        return self.store.run_now(lambda tx: plan_of(tx, self._roster(tx), staff))

    def stretches(self, staff: str) -> list[tuple[Kind, datetime, datetime | None]]:
        """The plan as kinds, starts and ends, in the office's time."""
        here = TUESDAY.tzinfo
        return [
            (
                item.entry.kind,
                item.entry.start.astimezone(here),
                item.entry.end and item.entry.end.astimezone(here),
            )
            for item in self.plan(staff)
        ]

    def told(self) -> list[tuple[str, Card]]:
        """What the outbox holds for people: (address, card)."""
        rows = self.store.read_now(
            lambda tx: tx.all(
                sa.select(outbox.c.payload).where(outbox.c.kind == "chat.say").order_by(outbox.c.id)
            )
        )
        return [(row.payload["address"], Card.from_json(row.payload["card"])) for row in rows]

    def file(self, new: Any) -> str:
        return self.store.run_now(lambda tx: file_message(tx, self._roster(tx), new))

    def transfer(self, wish: Any) -> str:
        return self.store.run_now(lambda tx: begin_transfer(tx, self._roster(tx), wish))

    def _roster(self, tx: Transaction) -> Roster:
        return roster_of(tx, ORGANIZATION)

    def _run(self, staff: str, answer: Any, *words: Any, **more: Any) -> Any:
        person: Person = next(person for person in PEOPLE if person.id == staff)

        def as_stored(tx: Transaction) -> Any:
            roster = self._roster(tx)
            return answer(tx, roster, roster.people.get(person.id, person), *words, **more)

        return self.store.run_now(as_stored)


@pytest.fixture
def chat(sqlite_url: str) -> Iterator[Chat]:
    clock = SettableClock(TUESDAY)
    store = Store(sqlite_url, clock)
    store.run_now(write_office, OFFICE, PEOPLE)
    yield Chat(store, clock)
    store.close()


def labelled(card: Card | None, label: str) -> Button:
    """The button of a card whose label has these words."""
    assert card is not None
    return next(button for button in card.buttons if label in button.label)
