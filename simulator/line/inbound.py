"""What LINE sends to the product: signed webhooks, one or several events in a body, redelivered on order.

Sources: developers.line.biz/en/docs/messaging-api/receiving-messages and the reference of webhook events.
"""

import base64
import copy
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from simulator.courier import Answer, Courier
from simulator.line.limits import Json
from simulator.line.model import Account, ReplyToken

_WITHOUT_REPLY = {"unfollow", "unsend", "leave"}


class Inbound:
    """Sends to the product's webhook, and judges how it answers."""

    def __init__(self, account: Account, secret: str, url: str | None, courier: Courier) -> None:
        self.url = url
        self.limit = 2.0  # seconds within which LINE wants an answer
        self.redeliveries = 0  # how often an event without a 2xx is sent again; off by default, as at LINE
        self.undelivered: list[Json] = []
        self.sent: list[Json] = []
        self._account = account
        self._secret = secret.encode()
        self._courier = courier
        self._collected: list[Json] | None = None

    def signature(self, body: bytes) -> str:
        """The value of `x-line-signature`."""
        return base64.b64encode(hmac.new(self._secret, body, hashlib.sha256).digest()).decode()

    def event(self, kind: str, source: Json, **more: object) -> Json:
        """A webhook event as of now, with a reply token where its kind has one."""
        now = self._account.now()
        event: Json = {
            "type": kind,
            "mode": "active",
            "timestamp": int(now.timestamp() * 1000),
            "source": source,
            "webhookEventId": self._account.ulid(),
            "deliveryContext": {"isRedelivery": False},
        }
        if kind not in _WITHOUT_REPLY:
            event["replyToken"] = secrets.token_hex(16)
            chat = source.get("groupId") or source["userId"]
            self._account.reply_tokens[event["replyToken"]] = ReplyToken(chat, now, now)
        return event | more

    async def happens(self, event: Json) -> None:
        """An event took place: it is sent, or joins those of `together`."""
        if self._collected is not None:
            self._collected.append(event)
        else:
            await self.send([event])

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What happens inside goes out in one body."""
        self._collected = []
        try:
            yield
        finally:
            events, self._collected = self._collected, None
        await self.send(events)

    async def send(self, events: list[Json]) -> None:
        """One webhook; held, doubled or redelivered as ordered."""
        self.sent += events
        if self.url is not None:
            await self._courier.deliver(partial(self._deliver, events))

    async def redeliver(self, *events: Json) -> Answer:
        """Send events once more as redeliveries: the latest one where none is given."""
        again = copy.deepcopy(list(events or self.sent[-1:]))
        for event in again:
            event["deliveryContext"]["isRedelivery"] = True
            if token := self._account.reply_tokens.get(event.get("replyToken", "")):
                token.received_at = self._account.now()
        return await self._post(again)

    async def _deliver(self, events: list[Json]) -> None:
        answer = await self._post(events)
        for _ in range(self.redeliveries):
            if answer.ok:
                break
            answer = await self.redeliver(*events)
        if not answer.ok:
            self.undelivered += events

    async def _post(self, events: list[Json]) -> Answer:
        answer = await self.post(events)
        what = f"webhook {', '.join(event['type'] for event in events) or 'without events'}"
        if answer.failure == "timeout":
            self._account.problem(f"{what}: no answer within {self.limit:g} s")
        elif answer.status is not None and not answer.ok:
            self._account.problem(f"{what}: answered {answer.status}, LINE wants a 2xx")
        return answer

    async def post(self, events: list[Json]) -> Answer:
        """One signed request, unjudged; without events it is LINE's check of the address."""
        if self.url is None:
            return Answer(failure="connection")
        body = {"destination": self._account.destination, "events": events}
        raw = json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": self.signature(raw),
        }
        return await self._courier.post(self.url, raw, headers, limit=self.limit)
