"""Couriers to Slack and LINE: cards that change in place, and plain answers.

Slack has no idempotency key, so a post whose fate is unknown is looked up by its metadata first;
LINE has one (X-Line-Retry-Key), which repeats safely for 24 hours.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.delivery import question_card as questions
from bot.delivery.alias_card import alias_card
from bot.delivery.couriers import Request
from bot.delivery.message_card import message_card
from bot.delivery.offer_card import is_asking, offer_card
from bot.delivery.queue import Parcel
from bot.delivery.quota import tell_of_used_quota
from bot.delivery.reminder_card import bundle_card, reminder_card
from bot.delivery.say import say
from bot.delivery.wording import telephone
from bot.messages.model import BUNDLE, REMINDER
from bot.messages.model import SUBJECT as MESSAGE
from bot.messages.recipients import chat_of, lock_messages
from bot.messages.rules import RULE
from bot.messages.verbs import calls_channels
from bot.office.aliases import SUBJECT as ALIAS
from bot.office.model import Office
from bot.office.numbers import is_withheld
from bot.office.roster import Roster, roster_of
from bot.platforms.cards import Card
from bot.platforms.errors import PermanentError, QuotaError
from bot.platforms.line.client import LineClient
from bot.platforms.slack.client import SlackClient, SlackReference
from bot.presence.board import QUESTION
from bot.store.cards import Shown, cards, post_card
from bot.store.job_runs import claim_run
from bot.store.transaction import Transaction
from bot.transfers.model import SUBJECT as OFFER

_RETRY_KEYS = uuid.UUID("6f7c1d0e-6a57-4d0b-9a55-0c6a3e2b9d41")


@dataclass(frozen=True)
class ChatClients:
    """Both chats, and the LINE channel's token of an office."""

    slack: SlackClient
    line: LineClient
    line_token: Callable[[Office], str]
    tokens: dict[str, str] = field(default_factory=dict)  # by organization; never written anywhere
    teams: dict[str, str] = field(default_factory=dict)  # Slack workspaces, likewise

    def know_token(self, office: Office) -> None:
        """Keep an office's token and workspace at hand for the sending that follows its rendering."""
        self.tokens[office.organization] = self.line_token(office)
        self.teams[office.organization] = office.slack.team if office.slack else ""

    async def post(self, request: Request, parcel: Parcel) -> dict[str, Any]:
        """Send a card to one address, once."""
        card = Card.from_json(request["card"])
        if request["channel"] == "line":
            await self.line.push(
                self.tokens[parcel.organization], request["address"], [card], _retry_key(parcel)
            )
            return {"address": request["address"]}
        team = self.teams.get(parcel.organization, "")
        if parcel.uncertain:
            known = await self.slack.find(request["address"], parcel.id, parcel.created_at, team=team)
            if known:
                return {"channel": known.channel, "ts": known.ts}
        posted = await self.slack.post(request["address"], card, parcel.id, team=team)
        return {"channel": posted.channel, "ts": posted.ts}


def _retry_key(parcel: Parcel) -> str:
    """The same for every attempt at one row."""
    return str(uuid.uuid5(_RETRY_KEYS, parcel.id))


class _Base:
    def __init__(self, clients: ChatClients) -> None:
        self._clients = clients

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it."""

    @staticmethod
    def _addressed(channel: str, address: str, card: Card) -> Request:
        return {"channel": channel, "address": address, "card": card.as_json()}


class CardPosts(_Base):
    """`card.post`: the first showing of a card."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        row = _card(tx, parcel)
        return self._request(tx, parcel, Shown.of(row._asdict())) if row is not None else None

    def prompt(self, tx: Transaction, parcel: Parcel) -> Request | None:
        """What is shown to whom is in the payload; only what it says is to be read."""
        return self._request(tx, parcel, Shown.of(parcel.payload))

    def _request(self, tx: Transaction, parcel: Parcel, shown: Shown) -> Request | None:
        roster = roster_of(tx, parcel.organization)
        self._clients.know_token(roster.office)
        if shown.subject == OFFER and not parcel.uncertain and not is_asking(tx, shown.subject_id):
            return None  # answered elsewhere before it could be shown
        if shown.subject == QUESTION and not _asks(tx, roster, shown):
            return None
        if parcel.request:
            return parcel.request
        card = _render(tx, roster, shown)
        return self._addressed(shown.channel, shown.address, card) if card else None

    async def send(self, parcel: Parcel, request: Request) -> Any:
        return await self._clients.post(request, parcel)

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        tx.update(cards, cards.c.id == parcel.payload["card"], reference=reference)

    def has_detour(self, tx: Transaction, parcel: Parcel) -> bool:
        """Whether the person has another chat without this card; offers go to all of them at once."""
        row = _card(tx, parcel)
        if row is None or row.subject == OFFER:
            return False
        return _other_chat(tx, roster_of(tx, parcel.organization), row) is not None

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """A message that a chat will not take goes to the other chat, or the calls channel hears of it."""
        row = _card(tx, parcel)
        if row is None:
            return
        roster = roster_of(tx, parcel.organization)
        if isinstance(error, QuotaError):
            tell_of_used_quota(tx, roster)
        elif row.audience == "calls":
            _tell_of_shut_channel(tx, roster, error)
        if row.subject == QUESTION:
            questions.ask_in_line(tx, roster, row.audience, row.subject_id)
            return
        if row.subject == OFFER or row.audience == "calls" or row.audience.startswith(RULE):
            return
        person = roster.people.get(row.audience)
        other = _other_chat(tx, roster, row)
        if other:
            channel, address = other
            if row.subject == MESSAGE:
                lock_messages(tx, [row.subject_id])
            post_card(
                tx,
                parcel.organization,
                row.subject,
                row.subject_id,
                channel=channel,
                address=address,
                audience=row.audience,
            )
            return
        name = person.name if person else row.audience
        note = Card(
            text=f"{name}さんのチャットに伝言を届けられませんでした。この伝言の対応をお願いします。",
            tone="urgent",
        )
        for channel, channel_address in calls_channels(roster):
            say(tx, parcel.organization, channel, channel_address, note)


def _tell_of_shut_channel(tx: Transaction, roster: Roster, error: PermanentError) -> None:
    """The calls channel takes nothing: managers hear of it, once a day."""
    day = f"{tx.now.astimezone(roster.zone):%Y-%m-%d}"
    if not claim_run(tx, roster.organization, "calls_channel_shut", day):
        return
    text = (
        "ボットがチャンネルに入っているか、設定のチャンネルが正しいかをご確認ください"
        f"(理由: {error.code or '不明'})。届かなかった電話も、電話の一覧では見られます。"
    )
    card = Card("電話のチャンネルに投稿できません", text, tone="urgent")
    for manager in roster.managers():
        channel, address = chat_of(manager)
        if address:
            say(tx, roster.organization, channel, address, card)


class CardEdits(_Base):
    """`card.edit`: a posted card shows its subject as it is now. Slack only."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        row = _card(tx, parcel)
        if row is None or not row.reference:
            return None
        roster = roster_of(tx, parcel.organization)
        self._clients.know_token(roster.office)
        card = _render(tx, roster, Shown.of(row._asdict()))
        return {"reference": row.reference, "card": card.as_json()} if card else None

    async def send(self, parcel: Parcel, request: Request) -> Any:
        reference = SlackReference(**request["reference"])
        team = self._clients.teams.get(parcel.organization, "")
        await self._clients.slack.update(reference, Card.from_json(request["card"]), team=team)
        return request["reference"]


class CardWipes(CardEdits):
    """`card.wipe`: a card whose subject was erased says so, and nothing of it. Slack only."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        self._clients.know_token(roster_of(tx, parcel.organization).office)
        text = "お申し出により削除しました。"
        return {"reference": parcel.payload["reference"], "card": Card(text=text, tone="over").as_json()}


class Says(_Base):
    """`chat.say`: one card that never changes, to one address."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        self._clients.know_token(roster_of(tx, parcel.organization).office)
        return parcel.request or parcel.payload

    async def send(self, parcel: Parcel, request: Request) -> Any:
        return await self._clients.post(request, parcel)

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """Over LINE's quota a person hears it in Slack, if they have that, and managers learn why."""
        if not isinstance(error, QuotaError) or not parcel.request:
            return
        roster = roster_of(tx, parcel.organization)
        tell_of_used_quota(tx, roster)
        person = roster.by_line(parcel.request["address"])
        if person is not None and person.slack:
            say(tx, roster.organization, "slack", person.slack, Card.from_json(parcel.request["card"]))


class MissedCalls(Says):
    """`calls.missed`: one line for a number and a day."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        self._clients.know_token(roster_of(tx, parcel.organization).office)
        number = parcel.payload["number"]
        shown = "番号非通知" if is_withheld(number) else telephone(number)
        card = Card(text=f"着信のみ: {shown}", tone="over", summary=f"着信のみ: {shown}")
        return self._addressed(parcel.payload["channel"], parcel.payload["address"], card)


class Responses(_Base):
    """`slack.respond`: an answer through the address that came with a command or a tap."""

    def prepare(self, _tx: Transaction, parcel: Parcel) -> Request | None:
        return parcel.payload

    async def send(self, _parcel: Parcel, request: Request) -> Any:
        card = Card.from_json(request["card"])
        await self._clients.slack.respond(request["url"], card, replace=request["replace"])


def _card(tx: Transaction, parcel: Parcel) -> Row[Any] | None:
    """The card that a row is about; None where its subject was erased meanwhile."""
    return tx.first(sa.select(cards).where(cards.c.id == parcel.payload["card"]))


def _asks(tx: Transaction, roster: Roster, shown: Shown) -> bool:
    return questions.is_asking(tx, roster, shown.subject_id, shown.audience)


def _other_chat(tx: Transaction, roster: Roster, row: Row[Any]) -> tuple[str, str] | None:
    """Where else the person of a card can have it; None for a channel, and where they had it already."""
    person = roster.people.get(row.audience)
    other = "line" if row.channel == "slack" else "slack"
    address = person and (person.line if other == "line" else person.slack)
    return (other, address) if address and not _was_tried(tx, row, other, address) else None


def _was_tried(tx: Transaction, row: Row[Any], channel: str, address: str) -> bool:
    """Whether the same card went to that address before: two chats that both refuse end there."""
    same = (
        cards.c.organization == row.organization,
        cards.c.subject == row.subject,
        cards.c.subject_id == row.subject_id,
        cards.c.channel == channel,
        cards.c.address == address,
    )
    return tx.first(sa.select(cards.c.id).where(*same)) is not None


def _render(tx: Transaction, roster: Roster, shown: Shown) -> Card | None:
    if shown.subject == OFFER:
        return offer_card(tx, roster, shown.subject_id)
    if shown.subject == QUESTION:
        return questions.question_card(tx, roster, shown.subject_id, shown.audience)
    if shown.subject == REMINDER:
        return reminder_card(tx, roster, shown.subject_id, shown.audience)
    if shown.subject == ALIAS:
        return alias_card(tx, roster, shown.subject_id)
    if shown.subject == BUNDLE:
        return bundle_card(tx, roster, shown.subject_id, shown.audience)
    return message_card(tx, roster, shown.subject_id, shown.audience)
