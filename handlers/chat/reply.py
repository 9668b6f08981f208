"""What a chat answers, before any platform renders it."""

from dataclasses import dataclass

from bot.platforms.cards import Card


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    `only_to_them`: nobody else in the channel sees it. `replaces`: it takes the place of the card
    that was tapped, where the platform can (Slack); else it is a message of its own. `change` is the id
    of the change that it tells of, `question` the ticket of the readings that it offers.
    """

    card: Card
    only_to_them: bool = True
    replaces: bool = False
    change: str = ""
    question: str | None = None
