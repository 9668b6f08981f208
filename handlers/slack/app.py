"""Slack's requests sorted by bolt, each to its transaction, and what it is answered.

The signature was checked before (routes.py). Listeners return the HTTP answer themselves: bolt's own
bookkeeping (auth.test, retries, work after the answer) is switched off.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.office.installations import uninstall
from bot.platforms.cards import Card
from bot.platforms.errors import PlatformError
from bot.platforms.slack.blocks import blocks, text
from bot.services import Services
from bot.store.store import CommitUnknownError, StoreBusyError
from bot.store.transaction import Transaction
from handlers.bodies import storable
from handlers.chat import settings
from handlers.slack.desk import (
    SENT_AT,
    SlackEdit,
    SlackMessage,
    SlackUser,
    Tap,
    form_for,
    home_of,
    take_command,
    take_edit,
    take_form,
    take_message,
    take_tap,
)
from handlers.slack.forms import Errors, Submission, read_submission
from handlers.slack.lateness import PATIENCE_SECONDS, Lateness
from handlers.turns import Turns

Body = Mapping[str, Any]
Listener = Callable[[Body], Awaitable[BoltResponse]]
P = ParamSpec("P")
R = TypeVar("R")

_ANYTHING = re.compile(r".*", re.DOTALL)
_WHOLE_SECOND = timedelta(seconds=1)
_BUSY = Card(text="ただいま混み合っていて記録できませんでした。少し待ってから、もう一度お試しください。")
_UNSURE = Card(
    text="データベースとの接続が切れ、記録できたか確かめられませんでした。取次ぎに「状況」と送ってご確認ください。"
)
_SLOW = Card(text="時間がかかっています。結果はまもなくここに表示します。")
_FAILED = Card(
    text="うまく処理できませんでした。変更されていないことがあります。取次ぎに「状況」と送ってご確認ください。"
)
_TYPED = (None, "file_share", "thread_broadcast", "me_message")
_REWRITTEN = ("message_changed", "message_deleted")
"""Subtypes of messages: those that somebody wrote, and what may become of them."""
_OPENS_FORMS = ("status_edit", "message_reassign", settings.EDIT, settings.SHOW)

log = structlog.get_logger()


class SlackApp:
    """One process's side of the conversation with Slack."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._store = services.store
        self._late = Lateness()
        self._acts, self._events = Turns(), Turns()  # a flood of messages holds up nobody's tap
        self.bolt = _bolt()
        self.bolt.action(_ANYTHING)(_guarded(self._tapped))  # first: somebody may be on the line
        self.bolt.command(_ANYTHING)(_guarded(self._command))
        self.bolt.view(_ANYTHING)(_guarded(self._submitted))
        self.bolt.shortcut(_ANYTHING)(_guarded(self._shortcut))
        self.bolt.event("message")(_guarded(self._message))
        self.bolt.event("app_home_opened")(_guarded(self._home_opened))
        self.bolt.event(re.compile("app_uninstalled|tokens_revoked"))(_guarded(self._uninstalled))

    async def _take(
        self,
        turns: Turns,
        verb: Callable[Concatenate[Transaction, SlackUser, P], R],
        who: SlackUser,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Record what somebody did, in their workspace's turn.

        Raises:
            StoreBusyError: the database is away, or too many of this workspace wait.
        """
        async with turns.taken(who.team):
            return await self._store.run(verb, who, *args, **kwargs)

    # ---- commands --------------------------------------------------------------------------------

    async def _command(self, body: Body) -> BoltResponse:
        """Answered in the HTTP response; a slow database answers through the `response_url`."""
        names = self._services.settings.slack_commands
        typed = _text(body, "command")
        command = next((ours for ours, name in names.items() if name == typed), typed.removeprefix("/"))
        work = self._take(
            self._acts, take_command, _who(body), command, _text(body, "text"), _text(body, "trigger_id")
        )
        task = asyncio.ensure_future(_card_of(work))
        if await self._late.in_time(task):
            return _shown(task.result())
        self._late.go_on(self._answer_later(task, _text(body, "response_url")))
        return _shown(_SLOW)

    async def _answer_later(self, task: Awaitable[Card], response_url: str) -> None:
        await self._respond(response_url, await task, replace=True)

    # ---- taps and forms --------------------------------------------------------------------------

    async def _tapped(self, body: Body) -> BoltResponse:
        for action in _dicts(body.get("actions")):
            tap = Tap(
                _text(action, "action_id"),
                _text(action, "value"),
                f"{_text(body, 'trigger_id')}:{_text(action, 'action_ts')}",
                response_url=_text(body, "response_url"),
                channel=_text(_dict(body, "channel"), "id"),
                name=_text(_dict(body, "user"), "name"),
                ts=_text(action, "action_ts"),
            )
            await self._tap(_who(body), tap, _text(body, "trigger_id"))
        return BoltResponse(status=200)

    async def _tap(self, who: SlackUser, tap: Tap, trigger_id: str) -> None:
        """Open the button's form, or record the tap, whose answer is sent after its commit."""
        if tap.action in _OPENS_FORMS and await self._opens_form(who, tap, trigger_id):
            return
        task = asyncio.ensure_future(self._recorded(who, tap))
        if not await self._late.in_time(task):
            self._late.go_on(task)

    async def _recorded(self, who: SlackUser, tap: Tap) -> None:
        try:
            await self._take(self._acts, take_tap, who, tap)
        except StoreBusyError as error:
            await self._respond(tap.response_url, _not_recorded(error), replace=False)
        except Exception:  # silence would be taken for success
            log.exception("slack.failed")
            await self._respond(tap.response_url, _FAILED, replace=False)
        else:
            if not tap.response_url:
                self._late.go_on(self._publish_home(who))

    async def _opens_form(self, who: SlackUser, tap: Tap, trigger_id: str) -> bool:
        try:
            view = await self._store.read(form_for, who, tap)
            if view is None:
                return False
            opening = self._services.slack.open_view(trigger_id, view, team=who.team)
            await asyncio.wait_for(opening, PATIENCE_SECONDS)
        except (PlatformError, StoreBusyError, TimeoutError) as error:
            log.warning("slack.form_not_opened", why=type(error).__name__)
            return False
        return True

    async def _submitted(self, body: Body) -> BoltResponse:
        """A form sent: errors are shown at its fields, the change is answered after its commit."""
        view = _dict(body, "view")
        form = read_submission(view)
        task = asyncio.ensure_future(self._taken(_who(body), form, f"form:{_text(view, 'id')}"))
        if not await self._late.in_time(task):
            self._late.go_on(self._errors_later(task, form.response_url))
            return BoltResponse(status=200)
        if task.result():
            return BoltResponse(status=200, body={"response_action": "errors", "errors": task.result()})
        self._late.go_on(self._publish_home(_who(body)))
        return BoltResponse(status=200)

    async def _taken(self, who: SlackUser, form: Submission, key: str) -> Errors:
        try:
            return await self._take(self._acts, take_form, who, form, key)
        except StoreBusyError as error:
            return {next(iter(form.values), ""): _not_recorded(error).text}
        except Exception:  # a form that closes would be taken for success
            log.exception("slack.failed")
            return {next(iter(form.values), ""): _FAILED.text}

    async def _errors_later(self, task: Awaitable[Errors], response_url: str) -> None:
        for error in (await task).values():
            await self._respond(response_url, Card(text=error), replace=False)

    async def _shortcut(self, body: Body) -> BoltResponse:
        """The global shortcut 状況を登録: the form, answered in the direct message."""
        tap = Tap("status_edit", "", _text(body, "trigger_id"))
        await self._opens_form(_who(body), tap, _text(body, "trigger_id"))
        return BoltResponse(status=200)

    # ---- events ----------------------------------------------------------------------------------

    async def _message(self, body: Body) -> BoltResponse:
        event = _dict(body, "event")
        key = _text(body, "event_id") or f"{_text(event, 'channel')}:{_text(event, 'ts')}"
        if event.get("subtype") in _REWRITTEN:
            was, since = _dict(event, "previous_message"), _dict(event, "message")
            if _is_typed(was):
                await self._take(
                    self._events, take_edit, _writer_of(body, was), _edit_of(body, was, since), key
                )
        elif _is_typed(event):
            await self._take(
                self._events, take_message, _writer_of(body, event), _message_of(body, event), key
            )
        return BoltResponse(status=200)

    async def _home_opened(self, body: Body) -> BoltResponse:
        event = _dict(body, "event")
        who = SlackUser(_text(body, "team_id"), _text(event, "user"))
        if event.get("tab") == "home":
            async with self._events.taken(who.team):
                await self._publish_home(who)
        return BoltResponse(status=200)

    async def _uninstalled(self, body: Body) -> BoltResponse:
        """The workspace has removed the app, or taken its token back."""
        event = _dict(body, "event")
        if event.get("type") == "app_uninstalled" or _dict(event, "tokens").get("bot"):
            said_at = body.get("event_time")
            at = self._services.clock.now()
            if isinstance(said_at, int):
                at = min(at, at.fromtimestamp(said_at, at.tzinfo) + _WHOLE_SECOND)
            await self._store.run(uninstall, _text(body, "team_id"), at)
        return BoltResponse(status=200)

    async def _publish_home(self, who: SlackUser) -> None:
        try:
            view = await self._store.read(home_of, who)
            await asyncio.wait_for(
                self._services.slack.publish_home(who.user, view, team=who.team), timeout=PATIENCE_SECONDS
            )
        except (PlatformError, StoreBusyError, TimeoutError) as error:
            log.warning("slack.home_not_shown", why=type(error).__name__)

    # ---- answers beside the HTTP response --------------------------------------------------------

    async def _respond(self, response_url: str, card: Card, *, replace: bool) -> None:
        if not response_url:
            return
        try:
            await self._services.slack.respond(response_url, card, replace=replace)
        except PlatformError as error:
            log.warning("slack.answer_not_shown", why=str(error))


def _bolt() -> AsyncApp:
    """A dispatcher and nothing more: no token of its own, no auth.test, no verification, no OAuth.

    What is off is done in routes.py, before anything comes here, or is not for us.
    """
    logger = logging.getLogger("toritsugi.slack.bolt")
    logger.setLevel(logging.CRITICAL + 1)  # its messages quote bodies; our failures are logged by `_guarded`

    async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

    return AsyncApp(
        name="toritsugi",
        logger=logger,
        client=AsyncWebClient(),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )


def _guarded(listener: Listener) -> Listener:
    """Where a listener fails: a friendly word to a person, 503 to an event, which Slack brings again."""

    async def answered(body: Body) -> BoltResponse:
        try:
            return await listener(_storable(body))
        except StoreBusyError as error:
            log.warning("slack.not_recorded")
            card = _not_recorded(error)
        except Exception:
            log.exception("slack.failed")
            card = _FAILED
        if body.get("command"):
            return _shown(card)
        return BoltResponse(status=503 if body.get("event") else 200)

    return answered


async def _card_of(work: Awaitable[Card]) -> Card:
    try:
        return await work
    except StoreBusyError as error:
        return _not_recorded(error)


def _not_recorded(error: StoreBusyError) -> Card:
    return _UNSURE if isinstance(error, CommitUnknownError) else _BUSY


def _shown(card: Card) -> BoltResponse:
    """The HTTP answer to a command: only its person sees it."""
    answer = {"response_type": "ephemeral", "text": text(card), "blocks": blocks(card)}
    return BoltResponse(status=200, body=answer)


def _who(body: Body) -> SlackUser:
    """Who did it: commands name them flat, interactions in objects."""
    user = _dict(body, "user")
    if user:
        return SlackUser(_text(_dict(body, "team"), "id") or _text(user, "team_id"), _text(user, "id"))
    return SlackUser(_text(body, "team_id"), _text(body, "user_id"), _text(body, SENT_AT))


def _is_typed(message: Body) -> bool:
    """Whether a person wrote it, with a file or without: no bot, nobody who joined a channel."""
    written = not message.get("bot_id") and message.get("subtype") in _TYPED
    return written and bool(_text(message, "user") and _text(message, "text"))


def _writer_of(body: Body, message: Body) -> SlackUser:
    return SlackUser(_text(body, "team_id"), _text(message, "user"))


def _message_of(body: Body, message: Body) -> SlackMessage:
    event = _dict(body, "event")
    return SlackMessage(
        channel=_text(event, "channel"),
        direct=event.get("channel_type") == "im",
        text=_text(message, "text"),
        ts=_text(message, "ts"),
        bot_user=_bot_user(body),
    )


def _edit_of(body: Body, was: Body, since: Body) -> SlackEdit:
    """What became of a message; a thread's first one leaves a tombstone where it is deleted."""
    event = _dict(body, "event")
    gone = event.get("subtype") == "message_deleted" or since.get("subtype") == "tombstone"
    ts = _text(event, "ts") or _text(event, "event_ts") or _text(_dict(since, "edited"), "ts")
    return SlackEdit(_message_of(body, was), None if gone else _text(since, "text"), ts)


def _bot_user(body: Body) -> str | None:
    """Our own user id in that workspace."""
    for authorization in _dicts(body.get("authorizations")):
        if authorization.get("is_bot"):
            return _text(authorization, "user_id") or None
    return None


def _storable(content: Any) -> Any:
    """What Slack sent, each text in it as a database can keep it."""
    if isinstance(content, str):
        return storable(content)
    if isinstance(content, dict):
        return {_storable(key): _storable(value) for key, value in content.items()}
    return [_storable(item) for item in content] if isinstance(content, list) else content


def _dict(body: Body, key: str) -> Mapping[str, Any]:
    value = body.get(key)
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
