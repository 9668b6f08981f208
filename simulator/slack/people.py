"""The members of a workspace as a small test language: they type, speak, read and tap.

    sato = slack.user("U0SATO")
    answer = await sato.types("/away", "出張 明日まで")      # what the command answered
    await sato.says("15時帰社")                              # in the direct message with the bot
    card = await sato.sees("江川様", within=2)               # waits for it
    await sato.taps("つなぐ", on=card)                       # label or action_id; confirms where asked

What cannot be done on the screen (no such button, nothing open) raises AssertionError that says what
is there. `within` is in seconds.
"""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

from simulator.courier import Answer
from simulator.slack import blocks as kit
from simulator.slack import forms, views
from simulator.slack.blocks import Button, Json
from simulator.slack.inbound import Inbound
from simulator.slack.model import Message, User, View, Workspace

_LINKED = re.compile(r"<(?:@[UW]\w+|#C\w+)(?:\|[^>]*)?>")


class Person:
    """One member."""

    def __init__(self, space: Workspace, inbound: Inbound, user: User) -> None:
        self.user = user
        self.id = user.id
        self._space = space
        self._inbound = inbound

    # ---- reading -----------------------------------------------------------------------------

    @property
    def screen(self) -> list[Message]:
        """All messages this person can read now, the oldest first."""
        return self._space.visible(self.id)

    @property
    def dm(self) -> list[Message]:
        """The direct message with the bot, ephemeral answers to this person included."""
        channel = self._space.dm(self.id).id
        return [message for message in self.screen if message.channel == channel]

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self._space.stacks.get(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        """The Home tab, if one was published."""
        return self._space.homes.get(self.id)

    async def sees(self, *needles: str, within: float = 20.0, after: Message | None = None) -> Message:
        """The newest message of the bot that holds all the texts, waiting for it; only newer than `after`."""

        def look() -> Message | None:
            for message in reversed(self.screen):
                newer = after is None or message.ts > after.ts
                if message.from_bot and newer and all(needle in message.text for needle in needles):
                    return message
            return None

        found = await self._space.changes.until(look, within)
        if found is None:
            raise AssertionError(f"{self.id} does not see {needles} within {within:g} s but:\n{self._told()}")
        found.expected = True
        return found

    def does_not_see(self, needle: str) -> None:
        """Nothing of the bot on the screen now holds the text."""
        seen = [message.text for message in self.screen if message.from_bot and needle in message.text]
        assert not seen, f"{self.id} sees {needle!r}: {seen}"

    async def sees_gone(self, message: Message, button: str, *, within: float = 20.0) -> None:
        """Wait until a button is no longer on a message."""

        def look() -> bool | None:
            left = any(one.answers_to(button) for one in message.buttons)
            return None if left and not message.deleted else True

        if not await self._space.changes.until(look, within):
            raise AssertionError(f"{button!r} is still on: {message.text}")

    async def sees_modal(self, needle: str = "", *, within: float = 20.0) -> View:
        """The open modal once it holds the text."""
        return await self._sees_view(lambda: self.modal, needle, within)

    async def sees_home(self, needle: str = "", *, within: float = 20.0) -> View:
        """The Home tab once it holds the text."""
        return await self._sees_view(lambda: self.home, needle, within)

    async def _sees_view(self, which: Callable[[], View | None], needle: str, within: float) -> View:
        def look() -> View | None:
            view = which()
            return view if view is not None and needle in view.text else None

        found = await self._space.changes.until(look, within)
        if found is None:
            there = which()
            raise AssertionError(f"{self.id} sees no {needle!r} but {there.text if there else 'nothing'!r}")
        return found

    def _told(self) -> str:
        return "\n".join(
            f"  [{one.channel} {one.ts}] {one.text!r} {[button.label for button in one.buttons]}"
            for one in self.screen[-12:]
        )

    # ---- typing ------------------------------------------------------------------------------

    async def types(self, command: str, text: str = "", *, channel: str | None = None) -> Message:
        """A slash command, in the direct message unless told; the answer as this person sees it.

        `@handle` becomes an escaped mention, as the manifest asks. An empty acknowledgement gives a
        message without text. An answer too late or not 200 gives what Slack then shows.
        """
        place = channel or self._space.dm(self.id).id
        answer = await self._inbound.command(self.id, place, command, self._marked_up(text, named=True))
        said = self._answer_of(command, answer)
        if said is None:
            return Message(place, "", self._space.bot.id, "", from_bot=True, ephemeral_to=self.id)
        public = said.get("response_type") == "in_channel"
        return self._space.keep(
            Message(
                place,
                self._space.next_ts(),
                self._space.bot.id,
                str(said.get("text") or ""),
                said.get("blocks") or [],
                said.get("attachments") or [],
                ephemeral_to=None if public else self.id,
                from_bot=True,
                expected=True,
            )
        )

    def _answer_of(self, command: str, answer: Answer) -> Json | None:
        if answer.failure == "timeout":
            return {"text": f"{command} failed with the error “operation_timeout”"}
        if answer.status != 200:
            return {"text": f"{command} failed with the error “dispatch_failed”"}
        if not answer.body.strip():
            return None
        said: Any = {"text": answer.body}
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            said = json.loads(answer.body)
        for fault in sorted(
            {*kit.faults_of_markup(said.get("text")), *kit.faults_of_markup(said.get("blocks"))}
        ):
            self._space.problem(f"{command}: {fault}")
        faults = kit.faults_of_blocks(said["blocks"]) if said.get("blocks") else []
        if faults:
            self._space.problem(f"{command}: {'; '.join(faults)}")
            return {"text": f"{command} failed with the error “invalid_blocks”"}
        return said if said.get("text") or said.get("blocks") else None

    async def says(self, text: str) -> Message:
        """Something in the direct message with the bot; returns once the product has answered the event."""
        return await self.says_in(self._space.dm(self.id).id, text)

    async def says_in(self, channel: str, text: str, *, thread: Message | None = None) -> Message:
        """Something in a channel."""
        marked = self._marked_up(text, named=False)
        message = Message(
            channel, self._space.next_ts(), self.id, marked, thread_ts=thread.ts if thread else None
        )
        self._space.keep(message)
        text_of = {"type": "text", "text": text}
        rich = {
            "type": "rich_text",
            "block_id": self._space.fresh(),
            "elements": [{"type": "rich_text_section", "elements": [text_of]}],
        }
        event = self._space.event_of(message) | {"client_msg_id": str(uuid.uuid4()), "blocks": [rich]}
        if self._space.bot.id in self._space.channels[channel].members:
            await self._inbound.event(event)
        if f"<@{self._space.bot.id}>" in marked:
            await self._inbound.event(event | {"type": "app_mention"})
        return message

    async def edits(self, message: Message, text: str) -> None:
        """Change one's own message; the product hears of it as `message_changed`."""
        self._space.change(message, plain=self._marked_up(text, named=False))
        await self._inbound.settled()

    async def deletes(self, message: Message) -> None:
        """Delete one's own message; the product hears of it as `message_deleted`."""
        self._space.remove(message)
        await self._inbound.settled()

    def _marked_up(self, text: str, *, named: bool) -> str:
        """Text as Slack sends it: `&<>` escaped, `@handle` a mention (with the name in commands)."""
        kept: list[str] = []

        def keep(mention: str) -> str:
            kept.append(mention)
            return f"\0{len(kept) - 1}\0"

        def linked(found: re.Match[str]) -> str:
            return keep(self._mention(found[0].strip("<@>").split("|")[0], named=named, other=found[0]))

        text = _LINKED.sub(linked, text)
        for user in sorted(self._space.users.values(), key=lambda user: -len(user.name)):
            pattern = rf"@{re.escape(user.name)}(?![\w.-])"
            text = re.sub(pattern, keep(self._mention(user.id, named=named, other="")), text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], text)

    def _mention(self, user_id: str, *, named: bool, other: str) -> str:
        user = self._space.users.get(user_id)
        if user is None:
            return other
        return f"<@{user.id}|{user.name}>" if named else f"<@{user.id}>"

    # ---- touching ----------------------------------------------------------------------------

    async def taps(
        self, name: str, *, on: Message | View | None = None, stale: bool = False
    ) -> Message | None:
        """Tap a button by its label or action_id, and confirm where it asks.

        Without `on`: in the open modal, else the newest message, else on the Home tab. `stale`: the
        person's screen is behind, and the button is taken from an earlier version of `on`. Returns
        the message, as it then stands; None for a view.
        """
        if isinstance(on, Message):
            await self._touch_message(on, self._button_on(on, name, stale=stale))
            return on
        if await self._taps_in(on or self.modal, name):
            return None
        assert on is None, f"{self.id} finds no button {name!r} in the view"
        for message in reversed(self.screen):
            for button in message.buttons if message.from_bot else []:
                if button.answers_to(name):
                    await self._touch_message(message, button)
                    return message
        if await self._taps_in(self.home, name):
            return None
        raise AssertionError(f"{self.id} finds no button {name!r} on:\n{self._told()}")

    def _button_on(self, message: Message, name: str, *, stale: bool) -> Button:
        shown = list(message.buttons)
        if stale:
            shown += [button for _, blocks in reversed(message.versions) for button in kit.buttons(blocks)]
        for button in shown:
            if button.answers_to(name):
                return button
        labels = [button.label for button in shown]
        raise AssertionError(f"no button {name!r} but {labels} on: {message.text}")

    async def _taps_in(self, view: View | None, name: str) -> bool:
        for button in view.buttons if view else []:
            if view and button.answers_to(name):
                await self._touch_view(view, _action(button))
                return True
        return False

    async def _touch_message(self, message: Message, button: Button) -> None:
        message.expected = True
        await self._act(message, _action(button))

    async def chooses(self, action_id: str, value: Any, *, on: Message | View | None = None) -> None:
        """Choose in a select, picker or set of boxes of a message (or else the modal or Home tab)."""
        where = on or self.modal or self.home
        if where is None:
            raise AssertionError(f"{self.id} has nothing open to choose in")
        blocks = where.blocks if isinstance(where, Message) else where.body["blocks"]
        for block_id, element in kit.elements(blocks):
            if element["action_id"] == action_id:
                action = forms.filled(element, value) | {"action_id": action_id, "block_id": block_id}
                if isinstance(where, Message):
                    await self._act(where, action)
                else:
                    await self._touch_view(where, action)
                return
        raise AssertionError(f"there is no {action_id!r} to choose in")

    async def _act(self, message: Message, action: Json) -> None:
        hidden = message.ephemeral_to is not None
        place = self._space.channels[message.channel]
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": hidden,
        }
        payload = self._inbound.common(self.id) | {
            "type": "block_actions",
            "container": container,
            "channel": {
                "id": place.id,
                "name": "directmessage" if place.kind == "im" else place.name,
            },
            "state": {"values": forms.values(message.blocks, {})},
            "trigger_id": self._space.trigger(self.id),
            "response_url": self._space.response_url(message.channel, self.id, message),
            "actions": [action | {"action_ts": self._space.next_ts()}],
        }
        if not hidden:  # Slack keeps the content of ephemeral messages to itself
            payload["message"] = message.api()
        await self._inbound.interaction(payload)

    async def _touch_view(self, view: View, action: Json) -> None:
        payload = self._inbound.common(self.id) | {
            "type": "block_actions",
            "container": {"type": "view", "view_id": view.id},
            "view": views.api(self._space, view, forms.values(view.body["blocks"], {})),
            "trigger_id": self._space.trigger(self.id, view),
            "actions": [action | {"action_ts": self._space.next_ts()}],
        }
        await self._inbound.interaction(payload)

    async def opens_home(self, tab: str = "home") -> View | None:
        """Open the app's Home (or `messages`) tab; returns what is published there then."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self._space.dm(self.id).id,
            "tab": tab,
            "event_ts": self._space.next_ts(),
        }
        if tab == "home" and self.home is not None:
            event["view"] = views.api(self._space, self.home, {})
        await self._inbound.event(event)
        return self.home

    async def submits(self, values: dict[str, Any] | None = None, *, view: View | None = None) -> Json:
        """Fill the open modal and send it; returns the errors shown at its fields, by block_id.

        `values`: by block_id, action_id or the field's label. A required field left empty is refused
        by the client itself (AssertionError).
        """
        view = view or self.modal
        if view is None:
            raise AssertionError(f"{self.id} has no modal open")
        state = forms.complete(view.body["blocks"], values or {})
        payload = self._inbound.common(self.id) | {
            "type": "view_submission",
            "trigger_id": self._space.trigger(self.id, view),
            "view": views.api(self._space, view, state),
            "response_urls": [],
        }
        answer = await self._inbound.interaction(payload)
        return forms.after_submission(self._space, view, answer)

    async def closes(self) -> None:
        """Close the modal on top; the product hears of it where it asked to."""
        view = self.modal
        if view is None:
            raise AssertionError(f"{self.id} has no modal open")
        self._space.stacks[self.id].pop()
        self._space.changes.tell("view_closed", user=self.id, view_id=view.id)
        if view.body.get("notify_on_close"):
            payload = self._inbound.common(self.id) | {
                "type": "view_closed",
                "view": views.api(self._space, view, {}),
                "is_cleared": False,
            }
            await self._inbound.interaction(payload)

    async def uses_shortcut(self, callback_id: str, *, on: Message | None = None) -> None:
        """A global shortcut, or one on a message."""
        payload = self._inbound.common(self.id) | {
            "type": "shortcut" if on is None else "message_action",
            "callback_id": callback_id,
            "trigger_id": self._space.trigger(self.id),
            "action_ts": self._space.next_ts(),
        }
        if on is not None:
            place = self._space.channels[on.channel]
            payload |= {
                "channel": {"id": place.id, "name": place.name},
                "message": on.api(),
                "message_ts": on.ts,
                "response_url": self._space.response_url(on.channel, self.id, on),
            }
        await self._inbound.interaction(payload)


def _action(button: Button) -> Json:
    element = button.element
    action: Json = {"action_id": button.action_id, "block_id": button.block_id, "type": element["type"]}
    if button.option is not None:
        return action | {"selected_option": button.option}
    return action | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
