"""Signed events to other call systems, in the Standard Webhooks form (standardwebhooks.com).

Presence goes in order for each person (a lane of the outbox); the body is fixed with the change, the
signature's time is that of the attempt.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import sqlalchemy as sa

from bot.clock import Clock
from bot.delivery.couriers import Request
from bot.delivery.queue import Parcel
from bot.messages.tables import messages
from bot.office.model import WebhookBackend
from bot.office.roster import Roster, roster_of
from bot.platforms.addresses import is_private_literal, outgoing_session
from bot.platforms.errors import PermanentError, TemporaryError
from bot.store.transaction import Transaction
from bot.transfers.model import TransferState
from bot.transfers.tables import transfers

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3)


class WebhookSender:
    """Posts to the offices' own addresses; never to a private one unless the office file allows it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def post(self, url: str, secret: str, event_id: str, body: str, *, private: bool) -> None:
        """Deliver one event.

        Raises:
            TemporaryError: not accepted; to be tried again.
            PermanentError: the address may not be called.
        """
        if not private and is_private_literal(urlsplit(url).hostname or ""):
            raise PermanentError("the webhook's address is private")
        now = self._clock.now()
        headers = {
            "content-type": "application/json",
            "webhook-id": event_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": _sign(secret, event_id, now, body),
        }
        try:
            async with self._session(private=private).post(
                url, data=body.encode(), headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    return
                raise TemporaryError(
                    f"the webhook answered {response.status}",
                    _retry_after(response.headers.get("retry-after")),
                )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TemporaryError(f"the webhook cannot be reached: {type(error).__name__}") from error

    async def close(self) -> None:
        for session in self._sessions.values():
            await session.close()

    def _session(self, *, private: bool) -> aiohttp.ClientSession:
        if private not in self._sessions:
            self._sessions[private] = outgoing_session(_TIMEOUT, private=private)
        return self._sessions[private]


class PresenceEvents:
    """`presence.changed`: one backend hears the presence of one person."""

    def __init__(self, sender: WebhookSender) -> None:
        self._sender = sender

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        backend = _backend(roster_of(tx, parcel.organization), parcel)
        if backend is None:
            return None
        event = _event("presence.updated", parcel.created_at, parcel.payload["data"])
        return {"backend": parcel.payload["backend"], "body": event}

    async def send(self, parcel: Parcel, request: Request) -> Any:
        backend = _BACKENDS[parcel.organization, request["backend"]]
        await self._sender.post(
            backend.url, backend.secret, parcel.id, request["body"], private=backend.private
        )

    def delivered(self, tx: Transaction, parcel: Parcel, reference: Any) -> None:
        """Nothing beyond the row."""

    def refused(self, tx: Transaction, parcel: Parcel, error: PermanentError) -> None:
        """The row and the log say it."""


class OfficeEvents(PresenceEvents):
    """`webhook.event`: what became of a transfer or a message."""

    def prepare(self, tx: Transaction, parcel: Parcel) -> Request | None:
        backend = _backend(roster_of(tx, parcel.organization), parcel)
        if backend is None:
            return None
        if parcel.request:
            return parcel.request
        data = _transfer(tx, parcel) if "transfer" in parcel.payload else _message(tx, parcel)
        if data is None:
            return None
        event = _event(parcel.payload["event"], parcel.created_at, data)
        return {"backend": parcel.payload["backend"], "body": event}


_BACKENDS: dict[tuple[str, int], WebhookBackend] = {}
"""Addresses and secrets for the sending that follows a rendering; never written anywhere."""


def _backend(roster: Roster, parcel: Parcel) -> WebhookBackend | None:
    """The backend a row is for; None where the office file no longer has it."""
    index = parcel.payload["backend"]
    backends = roster.office.routing
    backend = backends[index] if index < len(backends) else None
    if not isinstance(backend, WebhookBackend):
        return None
    _BACKENDS[parcel.organization, index] = backend
    return backend


def _event(kind: str, at: datetime, data: dict[str, Any]) -> str:
    return json.dumps({"type": kind, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)


_TOLD = {TransferState.CONNECTED: TransferState.ACCEPTED}
"""What the API calls by another name (docs/api.md)."""


def _transfer(tx: Transaction, parcel: Parcel) -> dict[str, Any] | None:
    row = tx.first(sa.select(transfers).where(transfers.c.id == parcel.payload["transfer"]))
    return row and {
        "organization": row.organization,
        "id": row.id,
        "staff": row.staff,
        "state": _TOLD.get(row.state, row.state),
        "by": row.decided_by,
        "at": row.decided_at.isoformat() if row.decided_at else None,
        "promise_minutes": row.promise_minutes,
    }


def _message(tx: Transaction, parcel: Parcel) -> dict[str, Any] | None:
    row = tx.first(sa.select(messages).where(messages.c.id == parcel.payload["message"]))
    return row and {
        "organization": row.organization,
        "id": row.id,
        "staff": row.staff,
        "urgent": row.urgent,
        "state": row.state,
        "caller": {name: row.caller[name] for name in ("company", "name", "number")},
        "body": row.body,
        "promise": row.promise,
        "at": row.created_at.isoformat(),
        "by": row.done_by,
    }


def _sign(secret: str, event_id: str, at: datetime, body: str) -> str:
    from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

    try:
        webhook = Webhook(secret)
    except (ValueError, EmptyWebhookSecretError):  # a secret that is no base64 is used as it is
        webhook = Webhook(secret.encode())
    signature: str = webhook.sign(event_id, at.astimezone(UTC), body)
    return signature


def _retry_after(value: str | None) -> timedelta | None:
    return timedelta(seconds=min(int(value), 3600)) if value and value.isascii() and value.isdigit() else None
