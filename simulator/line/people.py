"""The users of LINE as a small test language: they speak, read, tap and pick a time.

    kurimoto = line.user("U1111…")
    await kurimoto.says("15時帰社")
    card = await kurimoto.sees("江川様", within=2)            # waits for it
    await kurimoto.taps("つなぐ")                            # quick reply, flex, template, rich menu
    await kurimoto.picks_time("時刻を選ぶ", "2026-11-24T15:00")

What cannot be done on the screen raises AssertionError that says what is there. `within` is in seconds.
"""

from datetime import datetime

from simulator.line.inbound import Inbound
from simulator.line.limits import Json
from simulator.line.model import Account, Button, Group, Message, User

_PICKED = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}


class Person:
    """One user."""

    def __init__(self, account: Account, inbound: Inbound, user: User) -> None:
        self.user = user
        self.id = user.id
        self._account = account
        self._inbound = inbound

    # ---- reading -----------------------------------------------------------------------------

    @property
    def screen(self) -> list[Message]:
        """All messages this person can read, groups included, the oldest first."""
        return self._account.visible(self.id)

    @property
    def messages(self) -> list[Message]:
        """The chat with the account alone."""
        return [message for message in self.screen if message.chat == self.id]

    @property
    def menu(self) -> list[Button]:
        """What the rich menu offers; nothing where none is shown."""
        menu = self._account.menu_of(self.id) or {}
        actions = [area["action"] for area in menu.get("areas", [])]
        return [Button(str(one.get("label") or one.get("text", "")), one, "rich_menu") for one in actions]

    async def sees(self, *needles: str, within: float = 20.0, after: Message | None = None) -> Message:
        """The newest message of the account that holds all the texts, waiting for it."""

        def look() -> Message | None:
            for message in reversed(self.screen):
                newer = after is None or int(message.id) > int(after.id)
                if message.from_bot and newer and all(needle in message.text for needle in needles):
                    return message
            return None

        found = await self._account.changes.until(look, within)
        if found is None:
            raise AssertionError(f"{self.id} does not see {needles} within {within:g} s but:\n{self._told()}")
        found.expected = True
        return found

    def does_not_see(self, needle: str) -> None:
        """Nothing of the account on the screen now holds the text."""
        seen = [message.text for message in self.screen if message.from_bot and needle in message.text]
        assert not seen, f"{self.id} sees {needle!r}: {seen}"

    def _told(self) -> str:
        return "\n".join(
            f"  [{one.chat[:8]}] {one.text!r} {[button.label for button in one.buttons]}"
            for one in self.screen[-12:]
        )

    # ---- speaking ----------------------------------------------------------------------------

    async def says(self, text: str) -> Message:
        """A text to the account; returns once the product has answered the webhook."""
        return await self.sends({"type": "text", "text": text})

    async def sends(self, body: Json, *, to: str | None = None) -> Message:
        """Any message (a sticker, an image, a place) to the account, or in the group `to`."""
        chat = to or self.id
        if chat == self.id and not self.user.follows:
            raise AssertionError(f"{self.id} is no friend of the account and cannot write to it")
        message = Message(self._account.number(), chat, self.id, body, self._account.now())
        self._account.keep(message)
        group = self._account.groups.get(chat)
        if group is None or group.joined:
            quoted = {"quoteToken": f"q{message.id}"} if body["type"] in ("text", "sticker", "image") else {}
            told = body | {"id": message.id, "markAsReadToken": f"r{message.id}"} | quoted
            await self._inbound.happens(self._inbound.event("message", self._source(chat), message=told))
        return message

    async def says_in(self, group: str, text: str) -> Message:
        """A text in a group; the account hears it where it has joined."""
        return await self.sends({"type": "text", "text": text}, to=group)

    def _source(self, chat: str) -> Json:
        if chat in self._account.groups:
            return {"type": "group", "groupId": chat, "userId": self.id}
        return {"type": "user", "userId": self.id}

    async def unsends(self, message: Message) -> None:
        """Take a message back."""
        message.unsent = True
        self._account.changes.tell("unsend", message=message.to_json())
        unsend = {"messageId": message.id}
        await self._inbound.happens(self._inbound.event("unsend", self._source(message.chat), unsend=unsend))

    async def follows(self) -> None:
        """Become a friend of the account, or unblock it."""
        follow = {"isUnblocked": self.user.followed_before or self.user.follows}
        self.user.follows = self.user.followed_before = True
        await self._inbound.happens(self._inbound.event("follow", self._source(self.id), follow=follow))

    async def unfollows(self) -> None:
        """Block the account."""
        self.user.follows, self.user.followed_before = False, True
        await self._inbound.happens(self._inbound.event("unfollow", self._source(self.id)))

    # ---- touching ----------------------------------------------------------------------------

    async def taps(self, name: str, *, on: Message | None = None) -> Message | None:
        """Tap what has this label, or `action=name` in its data; the newest that is shown.

        Quick replies are there only under the newest message of a chat. Without `on` the rich menu
        comes last. Returns the message that had it, None for the rich menu.
        """
        for message in [on] if on is not None else reversed(self.screen):
            for button in message.buttons if message.from_bot else []:
                if button.answers_to(name):
                    message.expected = True
                    await self._acts(button, message.chat, message)
                    return message
        for button in self.menu if on is None else []:
            if button.answers_to(name):
                await self._acts(button, self.id, None)
                return None
        raise AssertionError(f"{self.id} finds no {name!r} on:\n{self._told()}")

    async def picks_time(self, name: str, value: str, *, on: Message | None = None) -> None:
        """Open a datetime picker by its label and pick `2026-11-24`, `15:00` or `2026-11-24T15:00`."""
        for message in [on] if on is not None else reversed(self.screen):
            for button in message.buttons if message.from_bot else []:
                if button.answers_to(name) and button.action["type"] == "datetimepicker":
                    message.expected = True
                    await self._picks(button, value, message)
                    return
        raise AssertionError(f"{self.id} finds no picker {name!r} on:\n{self._told()}")

    async def _picks(self, button: Button, value: str, message: Message) -> None:
        action = button.action
        datetime.strptime(value, _PICKED[action["mode"]])  # noqa: DTZ007 — LINE sends local times without a zone
        low, high = (str(action.get(key, "")).lower().replace("t", "T") for key in ("min", "max"))
        if (low and value < low) or (high and value > high):
            raise AssertionError(f"the picker offers {low or 'any'} to {high or 'any'}, not {value}")
        self._after_tap(button, message)
        await self._postback(action, message.chat, params={action["mode"]: value})

    async def _acts(self, button: Button, chat: str, message: Message | None) -> None:
        action = button.action
        self._after_tap(button, message)
        if action["type"] == "postback":
            if shown := action.get("displayText") or action.get("text"):
                self._shows(chat, shown)
            await self._postback(action, chat)
        elif action["type"] == "message":
            await self.sends({"type": "text", "text": action["text"]}, to=chat)
        elif action["type"] not in ("uri", "clipboard"):
            raise AssertionError(f"{button.label!r} is a {action['type']}, which is not just tapped")

    def _after_tap(self, button: Button, message: Message | None) -> None:
        if message is not None and button.place == "quick_reply":
            message.quick_reply_shown = False

    def _shows(self, chat: str, text: str) -> None:
        body = {"type": "text", "text": text}
        self._account.keep(Message(self._account.number(), chat, self.id, body, self._account.now()))

    async def _postback(self, action: Json, chat: str, **params: object) -> None:
        event = self._inbound.event(
            "postback", self._source(chat), postback={"data": action["data"]} | params
        )
        await self._inbound.happens(event)


class GroupChat:
    """A group chat as tests see it."""

    def __init__(self, account: Account, inbound: Inbound, group: Group) -> None:
        self.group = group
        self.id = group.id
        self._account = account
        self._inbound = inbound

    @property
    def messages(self) -> list[Message]:
        """What was said there, the oldest first."""
        return [message for message in self.group.messages if not message.unsent]

    async def invites_the_account(self) -> None:
        """The account joins."""
        self.group.joined = True
        await self._tell("join")

    async def removes_the_account(self) -> None:
        """The account is put out."""
        self.group.joined = False
        await self._tell("leave")

    async def _tell(self, kind: str) -> None:
        await self._inbound.happens(self._inbound.event(kind, {"type": "group", "groupId": self.id}))
