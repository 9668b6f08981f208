"""What is done about one event of LINE, and what is replied: one transaction each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.delivery.line_menu import MENU, show_menu
from bot.delivery.say import say
from bot.language.model import Kind
from bot.messages.recipients import chat_of, show_again
from bot.messages.verbs import calls_channels, chats_of, hand_over_open
from bot.office.invitations import Outcome, code_in, is_code, link_line, redeem
from bot.office.line_channels import LineChannel, office_of_group, person_on_line
from bot.office.model import Person
from bot.office.roster import Roster, roster_of
from bot.platforms.cards import Card
from bot.presence.feeds import take_notice
from bot.presence.verbs import presence_of
from bot.store.inbox import first_time, in_order
from bot.store.transaction import Transaction
from bot.transfers.verbs import pass_over
from handlers.chat import answer_button
from handlers.chat.rewriting import Typed, answer_typed
from handlers.chat.unsending import answer_unsent, with_unsent
from handlers.line import wording
from handlers.line.events import LineEvent

LINE = "line"
_AT_WORK = ("外出", "会議", "離席", "退社", "みんなの状況")
_ELSEWHERE = ("戻りました", "30分延長", "退社", "みんなの状況")
_NO_END = ("戻りました", "退社", "みんなの状況")
_OFF = ("戻りました", "みんなの状況", "伝言")
_REFUSED = {
    Outcome.WRONG: wording.WRONG_CODE,
    Outcome.USED: wording.USED_CODE,
    Outcome.EXPIRED: wording.EXPIRED_CODE,
    Outcome.TOO_MANY: wording.TOO_MANY_CODES,
}


def hear(tx: Transaction, channel: LineChannel, event: LineEvent, secret: str) -> Card | None:
    """Do what an event asks for, once; the card to reply with, None where nothing is said.

    `secret` is that of invitation codes.
    """
    met = person_on_line(tx, channel, event.user)
    if not first_time(tx, met[0].organization if met else channel.first, LINE, event.id):
        return None
    if event.group is not None:
        return _in_group(tx, office_of_group(tx, channel, event.group), event)
    if not event.user:
        return None
    if met is None:
        return _from_stranger(tx, channel, event, secret)
    roster, person = met
    if event.kind == "text" and is_code(tx, channel, event.text, secret):
        return _with_choices(tx, roster, person, wording.linked_already(person))
    return _with_notice(tx, roster, person, _FROM_STAFF.get(event.kind, _nothing)(tx, roster, person, event))


def _with_notice(tx: Transaction, roster: Roster, person: Person, card: Card | None) -> Card | None:
    """The reply with what could wait for it, instead of a push."""
    if card is None:
        return None
    notice = take_notice(tx, roster.organization, person.id)
    card = replace(card, small=(*card.small, notice)) if notice else card
    return with_unsent(tx, roster, person, card, LINE)


def _from_stranger(tx: Transaction, channel: LineChannel, event: LineEvent, secret: str) -> Card | None:
    if event.kind == "follow":
        return wording.WELCOME
    if event.kind in ("unfollow", "unsend"):
        return None
    code = code_in(event.text) if event.kind == "text" else None
    if code is None or not secret:  # without a secret no code was ever made
        return wording.INSTRUCTIONS
    redemption = redeem(tx, channel, event.user, code, secret)
    if redemption.person is None:
        return _REFUSED[redemption.outcome]
    roster = roster_of(tx, redemption.organization)
    show_menu(tx, roster.organization, event.user)
    card = wording.linked(roster.office.name, redemption.person)
    return _with_choices(tx, roster, redemption.person, card)


def _in_group(tx: Transaction, roster: Roster | None, event: LineEvent) -> Card | None:
    """A group is only told; there, no word is read, and only taps of linked people in it count."""
    if event.kind == "join" and event.group:
        return wording.joined(event.group, known=roster is not None)
    if roster is None:
        return None
    if event.kind == "leave":
        _tell_managers(tx, roster, wording.group_left())
        return None
    person = roster.by_line(event.user)
    if event.kind != "postback" or person is None:
        return None
    reply = answer_button(tx, roster, person, event.action, event.value, LINE)
    return replace(reply.card, choices=())


def _text(tx: Transaction, roster: Roster, person: Person, event: LineEvent) -> Card | None:
    # Some are linked by the office file alone, and menus get deleted: so it is shown again whenever
    # the inbox has forgotten the last time.
    if first_time(tx, roster.organization, MENU, event.user):
        show_menu(tx, roster.organization, event.user)
    typed = Typed(event.message or event.id, event.user, event.text, event.at, event.at)
    reply = answer_typed(tx, roster, person, typed, LINE)
    return _with_choices(tx, roster, person, reply.card) if reply else None


def _postback(tx: Transaction, roster: Roster, person: Person, event: LineEvent) -> Card | None:
    picked = _instant(event.picked, roster)
    reply = answer_button(
        tx,
        roster,
        person,
        event.action,
        event.value,
        LINE,
        picked,
        tapped_at=event.at,
        in_order=lambda: in_order(tx, roster.organization, LINE, event.user, event.at),
    )
    return _with_choices(tx, roster, person, reply.card)


def _instant(picked: str, roster: Roster) -> datetime | None:
    """What a picker gave, in the office's zone; None where there was no picker of day and time."""
    try:
        return datetime.fromisoformat(picked).replace(tzinfo=roster.zone) if "T" in picked else None
    except ValueError:
        return None


def _other_message(tx: Transaction, roster: Roster, person: Person, _event: LineEvent) -> Card:
    return _with_choices(tx, roster, person, wording.TEXT_ONLY)


def _follow(tx: Transaction, roster: Roster, person: Person, event: LineEvent) -> Card:
    in_order(tx, roster.organization, LINE, event.user, event.at)
    show_menu(tx, roster.organization, event.user)
    return _with_choices(tx, roster, person, wording.welcome_back(person))


def _unfollow(tx: Transaction, roster: Roster, person: Person, event: LineEvent) -> None:
    """Blocked: nothing would arrive any more. What is open goes elsewhere, and the managers hear of it."""
    if not in_order(tx, roster.organization, LINE, event.user, event.at):
        return  # they have come back since
    left = link_line(tx, roster.organization, person.id, None)
    without = roster_of(tx, roster.organization)
    given = 0
    if left and not chats_of(left):
        pass_over(tx, without, left.id)
        given = hand_over_open(tx, without, left)
    elif left and chat_of(person)[0] == LINE:
        show_again(tx, without, left)
    _tell_managers(tx, without, wording.link_ended(person, given))


def _unsend(tx: Transaction, roster: Roster, person: Person, event: LineEvent) -> None:
    """LINE asks that what was said in a message is then neither shown nor used (its "Unsend event")."""
    answer_unsent(tx, roster, person, event.message, event.at, LINE)


def _nothing(_tx: Transaction, _roster: Roster, _person: Person, _event: LineEvent) -> None:
    """Nothing is asked and nothing said."""


_FROM_STAFF: dict[str, Callable[[Transaction, Roster, Person, LineEvent], Card | None]] = {
    "text": _text,
    "postback": _postback,
    "other_message": _other_message,
    "follow": _follow,
    "unfollow": _unfollow,
    "unsend": _unsend,
}


def _tell_managers(tx: Transaction, roster: Roster, card: Card) -> None:
    """Every manager in the chat they prefer; where none has any, the calls channel."""
    chats = [(channel, address) for channel, address in map(chat_of, roster.managers()) if address]
    for channel, address in chats or calls_channels(roster):
        say(tx, roster.organization, channel, address, card)


def _with_choices(tx: Transaction, roster: Roster, person: Person, card: Card) -> Card:
    """The card with its own quick replies, or else the statuses that are likely next."""
    if card.choices:
        return card
    now = presence_of(tx, roster, person.id)
    if now.kind in (None, Kind.REMOTE, Kind.AVAILABLE):
        return replace(card, choices=_AT_WORK)
    if now.kind in (Kind.LEAVE, Kind.LEFT):
        return replace(card, choices=_OFF)
    return replace(card, choices=_ELSEWHERE if now.end else _NO_END)
