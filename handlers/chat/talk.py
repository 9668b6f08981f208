"""Who is speaking, and what every answer needs of the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.language import describe, parse
from bot.language.model import Context, Entry, StatusUpdate
from bot.office.hours import local_day, opening_of
from bot.office.model import Person
from bot.office.roster import Roster
from bot.presence.answer import caller_answer
from bot.presence.model import PresenceNow
from bot.presence.verbs import Actor
from bot.store.audit import note
from bot.store.transaction import Transaction


class OvertakenError(Exception):
    """What the speaker said later counts already, and must not be changed by what was said before."""


def always() -> bool:
    """Nothing said later has been taken."""
    return True


@dataclass(frozen=True, slots=True)
class Talk:
    """One person speaking with us in one transaction. `channel` is `slack` or `line`.

    `said_at` is the platform's time of what was said or tapped. `in_order` tells whether nothing that
    was said later counts already; it is asked when something is about to be changed.
    """

    tx: Transaction
    roster: Roster
    person: Person
    channel: str
    said_at: datetime | None = None
    in_order: Callable[[], bool] = always

    def author(self) -> Actor:
        """The speaker, as the author of a change that is about to be made.

        Raises:
            OvertakenError: it was said before something that counts already.
        """
        if not self.in_order():
            raise OvertakenError
        return Actor(self.person.id, self.channel)

    @property
    def has_forms(self) -> bool:
        """Whether 変更 opens a form here."""
        return self.channel == "slack"

    @property
    def now(self) -> datetime:
        """This moment in the office's zone."""
        return self.tx.now.astimezone(self.roster.zone)

    def note(self, action: str, subject: str) -> None:
        """Put what the speaker did into the trail of deeds."""
        note(self.tx, self.roster.organization, self.person.id, self.channel, action, subject)

    def understand(self, text: str, context: Context, at: datetime | None = None) -> StatusUpdate:
        """What a text means, with the office's own words; `at` is when it was typed.

        People speak in minutes: 30分 typed at 21:20:12 ends at 21:50, on the card and on the telephone.
        """
        minute = (at or self.now).replace(second=0, microsecond=0)
        return parse(text, minute, context, self.roster.calendar, self.roster.office.words)

    def reading(self, entry: Entry) -> str:
        """An entry in words that a person checks at a glance."""
        return describe(entry, self.now, self.roster.calendar)

    def heard(self, person: Person, presence: PresenceNow, at: datetime | None = None) -> str:
        """Word for word what callers hear about a person."""
        answer = caller_answer(self.roster.office, person, presence, at or self.tx.now)
        return f"「{answer.sentence}」"

    def named(self, typed: str) -> tuple[Person, ...]:
        """The colleagues that a typed name may mean: one, several, or none."""
        typed = typed.strip().removeprefix("@")
        known = self.roster.people.get(typed) or self.roster.by_slack(typed)  # type: ignore[call-overload]
        return (known,) if known else self.roster.directory.chat_person(typed)

    def is_self(self, person: Person) -> bool:
        """Whether the speaker means themself."""
        return person.id == self.person.id

    def first_heard_at(self, entry: Entry) -> datetime:
        """When callers first hear of a planned entry: its start, or that day's opening after a midnight."""
        opening = opening_of(self.roster.office, local_day(self.roster.office, entry.start))
        if opening is None or opening <= entry.start or (entry.end and entry.end <= opening):
            return entry.start
        return opening
