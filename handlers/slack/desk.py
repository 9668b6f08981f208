"""What is done about each thing that comes in from Slack: one transaction each.

The inbox key, the change and whatever must be sent are written together; a repeated request finds
its key and changes nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.delivery.say import respond, say
from bot.messages.verbs import calls_channels
from bot.office.model import Person
from bot.office.roster import Roster, roster_by_slack
from bot.platforms.cards import Card
from bot.store.inbox import first_time, in_order
from bot.store.transaction import Transaction
from handlers.chat import Reply, answer_button, answer_command, stranger
from handlers.chat.buttons import close_for
from handlers.chat.overview import board, own_status
from handlers.chat.plan import plan_card
from handlers.chat.rewriting import Typed, answer_deleted, answer_rewritten, answer_typed
from handlers.chat.talk import Talk
from handlers.slack import forms
from handlers.slack.markup import plain_text
from handlers.slack.views import home_view

SLACK = "slack"
SENT_AT = "sent_at"
"""Under this name a command has the time stamp of its request: it has none of its own."""
_NO_OFFICE = Card(
    title="このワークスペースはまだ取次ぎに登録されていません",
    text="管理者の方は、事業所ファイルの slack.team にこのワークスペースを書いてください。",
)


@dataclass(frozen=True, slots=True)
class SlackUser:
    """Who did something: ids of the workspace and of the person in it; of a command, Slack's time of it."""

    team: str
    user: str
    sent_at: str = ""


def take_command(tx: Transaction, who: SlackUser, command: str, text: str, key: str) -> Card:
    """A slash command and the answer to show; a repeated one is answered with what holds."""
    roster, person = _met(tx, who)
    if roster is None:
        return _NO_OFFICE
    if person is None:
        return _stranger(roster, who)
    if not first_time(tx, roster.organization, SLACK, key):
        return own_status(Talk(tx, roster, person, SLACK)).card
    at = instant(who.sent_at) or tx.now
    order = partial(in_order, tx, roster.organization, SLACK, who.user, at)
    return answer_command(tx, roster, person, command, plain_text(text, roster), SLACK, in_order=order).card


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A text in a conversation: `ts` is its time stamp, `direct` whether it is our direct message."""

    channel: str
    direct: bool
    text: str
    ts: str
    bot_user: str | None

    @property
    def name(self) -> str:
        """Slack's name for it."""
        return f"{self.channel}:{self.ts}"

    @property
    def typed_at(self) -> datetime | None:
        """When it was written, by Slack's clock."""
        return instant(self.ts)


def instant(ts: str) -> datetime | None:
    """One of Slack's time stamps: seconds since 1970 with six decimals."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def take_message(tx: Transaction, who: SlackUser, message: SlackMessage, key: str) -> None:
    """A text to us, or in the office's channel for statuses; the answer goes to the person alone."""
    roster, person = _met(tx, who)
    if roster is None or not (message.direct or _is_status_channel(roster, message.channel)):
        return
    if not first_time(tx, roster.organization, SLACK, key):
        return
    if person is None:
        if message.direct:
            say(tx, roster.organization, SLACK, who.user, _stranger(roster, who))
        return
    typed = _typed(roster, who, message, message.text, message.typed_at or tx.now)
    reply = answer_typed(tx, roster, person, typed, SLACK)
    if reply:
        say(tx, roster.organization, SLACK, who.user, reply.card)


@dataclass(frozen=True, slots=True)
class SlackEdit:
    """A message as it was, and its text since `ts`: its writer changed it, or deleted it (None)."""

    message: SlackMessage
    after: str | None
    ts: str


def take_edit(tx: Transaction, who: SlackUser, edit: SlackEdit, key: str) -> None:
    """A text has changed: what it set follows, and the person is told."""
    message = edit.message
    roster, person = _met(tx, who)
    if roster is None or person is None or message.typed_at is None:
        return
    if not (message.direct or _is_status_channel(roster, message.channel)):
        return
    if not first_time(tx, roster.organization, SLACK, key):
        return
    at = instant(edit.ts) or tx.now
    if edit.after is None:
        reply = answer_deleted(tx, roster, person, message.name, at, SLACK)
    else:
        typed = _typed(roster, who, message, edit.after, at)
        before = plain_text(message.text, roster, message.bot_user)
        reply = answer_rewritten(tx, roster, person, typed, before, SLACK)
    if reply:
        say(tx, roster.organization, SLACK, who.user, reply.card)


def _typed(roster: Roster, who: SlackUser, message: SlackMessage, words: str, worded_at: datetime) -> Typed:
    return Typed(
        message.name,
        who.user,
        plain_text(words, roster, message.bot_user),
        message.typed_at or worded_at,
        worded_at,
        in_channel=not message.direct,
    )


@dataclass(frozen=True, slots=True)
class Tap:
    """A button tapped, in a channel or (both empty) in a view; `ts` is its time stamp.

    `name` is what its person is called.
    """

    action: str
    value: str
    key: str
    response_url: str = ""
    channel: str = ""
    name: str = ""
    ts: str = ""


def take_tap(tx: Transaction, who: SlackUser, tap: Tap) -> None:
    """Do what a button says and have its person told."""
    roster, person = _met(tx, who)
    if roster is None or not first_time(tx, roster.organization, SLACK, tap.key):
        return
    if person is not None:
        at = instant(tap.ts) or tx.now
        reply = answer_button(
            tx,
            roster,
            person,
            tap.action,
            tap.value,
            SLACK,
            tapped_at=at,
            in_order=partial(in_order, tx, roster.organization, SLACK, who.user, at),
        )
    elif tap.action == "message_done" and (SLACK, tap.channel) in calls_channels(roster):
        reply = close_for(tx, roster, tap.value, tap.name or who.user)  # anyone there may close it
    else:
        reply = Reply(_stranger(roster, who))
    if tap.response_url:
        respond(tx, roster.organization, tap.response_url, reply.card, replace=reply.replaces)
    else:  # from the Home tab, which has no room for answers
        say(tx, roster.organization, SLACK, who.user, reply.card)


def form_for(tx: Transaction, who: SlackUser, tap: Tap) -> dict[str, Any] | None:
    """The form that a button opens; None where it has none, or where it comes too late for one."""
    roster, person = _met(tx, who)
    if roster is None or person is None:
        return None
    return forms.form_for(Talk(tx, roster, person, SLACK), tap.action, tap.value, tap.response_url)


def take_form(tx: Transaction, who: SlackUser, form: forms.Submission, key: str) -> forms.Errors:
    """A form sent: the errors to show at its fields, or none and it is done."""
    roster, person = _met(tx, who)
    if roster is None or person is None:
        return {}
    talk = Talk(tx, roster, person, SLACK)
    checked = forms.check(talk, form)
    if isinstance(checked, dict):
        return checked
    if not first_time(tx, roster.organization, SLACK, key):
        return {}
    reply = checked()
    if form.answers_at_its_button(tx.now):
        respond(tx, roster.organization, form.response_url, reply.card, replace=reply.replaces)
    else:
        say(tx, roster.organization, SLACK, who.user, reply.card)
    return {}


def home_of(tx: Transaction, who: SlackUser) -> dict[str, Any]:
    """The Home tab of a user: their own day and everybody's; for managers, what the office's plan has."""
    roster, person = _met(tx, who)
    if roster is None:
        return home_view([_NO_OFFICE])
    if person is None:
        return home_view([_stranger(roster, who)])
    talk = Talk(tx, roster, person, SLACK)
    about = [plan_card(roster)] if person.is_manager else []
    return home_view([own_status(talk).card, board(talk, whole=True).card, *about], can_add=True)


def _met(tx: Transaction, who: SlackUser) -> tuple[Roster | None, Person | None]:
    """The office of the workspace, and the person, as far as they are known."""
    roster = roster_by_slack(tx, who.team)
    return roster, roster.by_slack(who.user) if roster else None


def _stranger(roster: Roster, who: SlackUser) -> Card:
    return stranger(roster.managers(), f"Slack のメンバー ID: {who.user}")


def _is_status_channel(roster: Roster, channel: str) -> bool:
    slack = roster.office.slack
    return slack is not None and slack.status_channel == channel
