"""What Slack sends to the product: signed commands, interactions and events, the last with retries.

Sources: docs.slack.dev/apis/events-api, docs.slack.dev/interactivity. The waits between retries are
shortened; everything else is as the platform does it.
"""

import asyncio
import hashlib
import hmac
import json
from functools import partial
from urllib.parse import urlencode

from simulator.courier import Answer, Courier
from simulator.http import Now
from simulator.slack.blocks import Json
from simulator.slack.model import Workspace

TOKEN = "stand-in-verification-token"  # deprecated by Slack, still sent
SUBSCRIPTIONS = frozenset({"message.im", "message.channels", "message.groups", "app_home_opened"})
_CHANNEL_EVENTS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}
_REASONS = {"timeout": "http_timeout", "connection": "connection_failed", "": "http_error"}


class Inbound:
    """Sends to the product's one address, and judges how it answers."""

    def __init__(
        self, space: Workspace, signing_secret: str, url: str | None, courier: Courier, signed_at: Now
    ) -> None:
        self.url = url
        self.limit = 3.0  # seconds within which Slack wants an answer
        self.retry_waits = (0.0, 0.05, 0.2)  # seconds before each of the three retries
        self.subscriptions = SUBSCRIPTIONS
        self.undelivered: list[Json] = []
        self.sent: list[Json] = []
        self._space = space
        self._secret = signing_secret.encode()
        self._courier = courier
        self._signed_at = signed_at
        self.settled = courier.settled
        space.echo = lambda event: courier.start(self.event(event))

    def headers(self, body: bytes, content_type: str) -> dict[str, str]:
        """The headers of a signed request, as of now."""
        stamp = str(int(self._signed_at().timestamp()))
        digest = hmac.new(self._secret, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    async def form(self, what: str, fields: dict[str, str]) -> Answer:
        """One signed form, no retry: a command or an interaction."""
        if self.url is None:
            raise RuntimeError("the stand-in has no events_url: nobody to send to")
        body = urlencode(fields).encode()
        headers = self.headers(body, "application/x-www-form-urlencoded")
        answer = await self._courier.post(self.url, body, headers, limit=self.limit)
        if answer.failure == "timeout":
            self._space.problem(f"{what}: no answer within {self.limit:g} s")
        elif answer.status is not None and answer.status != 200:
            self._space.problem(f"{what}: answered {answer.status}, Slack wants 200")
        return answer

    async def command(self, user: str, channel: str, command: str, text: str) -> Answer:
        """A slash command as a user typed it."""
        place = self._space.channels[channel]
        fields = {
            "token": TOKEN,
            "team_id": self._space.team,
            "team_domain": "stand-in",
            "channel_id": channel,
            "channel_name": "directmessage" if place.kind == "im" else place.name,
            "user_id": user,
            "user_name": self._space.users[user].name,
            "command": command,
            "text": text,
            "api_app_id": self._space.app_id,
            "is_enterprise_install": "false",
            "response_url": self._space.response_url(channel, user),
            "trigger_id": self._space.trigger(user),
        }
        return await self.form(command, fields)

    async def interaction(self, payload: Json) -> Answer:
        """A tap, a submission or a shortcut."""
        return await self.form(payload["type"], {"payload": json.dumps(payload, ensure_ascii=False)})

    def common(self, user: str) -> Json:
        """What every interaction's payload has."""
        person = self._space.users[user]
        return {
            "user": {"id": user, "username": person.name, "name": person.name, "team_id": self._space.team},
            "api_app_id": self._space.app_id,
            "token": TOKEN,
            "team": {"id": self._space.team, "domain": "stand-in"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    async def event(self, event: Json) -> None:
        """An event to the subscriber: delivered at least once, in order unless deliveries are held."""
        kind = _CHANNEL_EVENTS[event["channel_type"]] if event["type"] == "message" else event["type"]
        if self.url is None or kind not in self.subscriptions:
            return
        envelope = {
            "token": TOKEN,
            "team_id": self._space.team,
            "context_team_id": self._space.team,
            "api_app_id": self._space.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._space.fresh("Ev"),
            "event_time": int(self._space.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._space.team,
                    "user_id": self._space.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        self.sent.append(envelope)
        await self._courier.deliver(partial(self.send, envelope))

    async def send(self, envelope: Json, *, retry: int = 0) -> None:
        """Deliver an envelope, with up to three retries; `retry` starts it as a repetition."""
        body = json.dumps(envelope, ensure_ascii=False).encode()
        reason = "http_timeout"
        waits = self.retry_waits[retry:]
        for number, wait in enumerate((*waits, None), start=retry):
            headers = self.headers(body, "application/json")
            if number:
                headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
            answer = await self._courier.post(str(self.url), body, headers, limit=self.limit)
            if answer.ok:
                return
            self._judge(envelope, answer)
            reason = _REASONS[answer.failure]
            if wait is None or answer.headers.get("X-Slack-No-Retry") == "1":
                break
            await asyncio.sleep(wait)
        self.undelivered.append(envelope)

    def _judge(self, envelope: Json, answer: Answer) -> None:
        what = f"event {envelope['event']['type']}"
        if answer.failure == "timeout":
            self._space.problem(f"{what}: no answer within {self.limit:g} s")
        elif answer.status is not None:
            self._space.problem(f"{what}: answered {answer.status}, Slack wants a 2xx")

    async def verify_url(self) -> bool:
        """What Slack does when the address is saved: whether the product gives the challenge back."""
        challenge = self._space.fresh()
        body = json.dumps({"type": "url_verification", "token": TOKEN, "challenge": challenge}).encode()
        headers = self.headers(body, "application/json")
        answer = await self._courier.post(str(self.url), body, headers, limit=self.limit)
        return answer.status == 200 and challenge in answer.body

    async def check_ssl(self) -> Answer:
        """The occasional `ssl_check=1` to the address of a command; nothing else is in it."""
        return await self.form("ssl_check", {"ssl_check": "1", "token": TOKEN})

    async def repeat_last_event(self) -> None:
        """Send the latest event once more, the way Slack does after an answer that it did not see."""
        await self.send(self.sent[-1], retry=1)
