"""`POST /line/webhook`: verify, record, answer 200, then reply.

LINE waits two seconds. What is recorded by then is answered with 200; a database that is slower
gets 503, so that LINE may deliver again: an event that was recorded meanwhile counts once. Replies
are sent after the HTTP answer, never twice and never by push; the server lets them finish when it stops.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.office.line_channels import LineChannel
from bot.platforms.cards import Card
from bot.platforms.errors import PlatformError, TemporaryError
from bot.services import Services
from bot.settings import reveal
from bot.store.store import CommitUnknownError, StoreBusyError
from handlers.bodies import BodyBrokenOffError, BodyTooLongError, read_body
from handlers.line.answers import hear
from handlers.line.channels import addressed, who_signed
from handlers.line.events import LineEvent, NotAWebhookError, Webhook, parse_webhook
from handlers.line.wording import BUSY, FAILED, UNSURE
from handlers.refusals import count_refusal
from handlers.turns import CrowdedError, Turns

_ANSWERED_WITHIN_SECONDS = 1.5
_MOST_BYTES = 2_000_000
_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=5)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """A reply that is owed."""

    reply_token: str
    card: Card


def line_routes(services: Services) -> list[Route]:
    """The route that LINE calls."""
    desk = _Desk(services)
    return [Route("/line/webhook", desk.webhook, methods=["POST"])]


class _Desk:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._turns = Turns()
        self._told: set[str] = set()  # that too much of theirs waits

    async def webhook(self, request: Request) -> Response:
        """One request of LINE: any number of events of any number of people."""
        try:
            body = await read_body(request, _MOST_BYTES)
            return await self._taken(body, request.headers.get("x-line-signature"))
        except BodyTooLongError:
            return Response(status_code=413)
        except BodyBrokenOffError:
            return Response(status_code=400)
        except NotAWebhookError as error:
            return Response(str(error), status_code=400)
        except StoreBusyError:
            return Response(status_code=503)

    async def _taken(self, body: bytes, signature: str | None) -> Response:
        signed_by = await self._who_signed(body, signature)
        if signed_by is None:
            count_refusal("line")
            return Response(status_code=401)
        webhook = parse_webhook(body)
        found = await self._services.store.read(addressed, signed_by, webhook.destination)
        if found is None or not webhook.events:
            return Response(status_code=200)
        channel, office = found
        return await self._record(webhook, channel, self._services.line_token(office))

    async def _who_signed(self, body: bytes, signature: str | None) -> tuple[str, ...] | None:
        if not signature:
            return None
        secret = reveal(self._services.settings.line_channel_secret)
        return await self._services.store.read(who_signed, secret, body, signature)

    async def _record(self, webhook: Webhook, channel: LineChannel, token: str) -> Response:
        recording = asyncio.ensure_future(self._hear_all(webhook, channel))
        recorded, _ = await asyncio.wait({recording}, timeout=_ANSWERED_WITHIN_SECONDS)
        return Response(
            status_code=200 if recorded else 503, background=BackgroundTask(self._reply_all, recording, token)
        )

    async def _hear_all(self, webhook: Webhook, channel: LineChannel) -> list[_Outgoing]:
        owed = []
        for event in webhook.events:
            card = await self._hear(event, channel)
            if card and event.reply_token:
                owed.append(_Outgoing(event.reply_token, card))
        return owed

    async def _hear(self, event: LineEvent, channel: LineChannel) -> Card | None:
        secret = reveal(self._services.settings.toritsugi_secret)
        whose = event.user if channel.shared else channel.first
        try:
            async with self._turns.taken(whose):
                return await self._services.store.run(hear, channel, event, secret)
        except CrowdedError:
            return self._crowded(whose) if event.group is None else None
        except StoreBusyError as error:
            log.warning("line.event_not_recorded", kind=event.kind)
            card = UNSURE if isinstance(error, CommitUnknownError) else BUSY
            return card if event.group is None else None
        except Exception:  # one event's fault must not lose the others of the batch
            log.exception("line.event_failed", kind=event.kind)
            return FAILED if event.group is None else None

    def _crowded(self, whose: str) -> Card | None:
        """Told once a second: as many replies as there are events would hold up everybody else."""
        if whose in self._told:
            return None
        log.warning("line.crowded")
        self._told.add(whose)
        asyncio.get_running_loop().call_later(_PAUSE.total_seconds(), self._told.discard, whose)
        return BUSY

    async def _reply_all(self, recording: "asyncio.Future[list[_Outgoing]]", token: str) -> None:
        """Send what is owed; one that fails must not keep the others back."""
        for owed in await recording:
            try:
                await self._reply(token, owed)
            except PlatformError as error:
                log.warning("line.reply_not_sent", reason=str(error))

    async def _reply(self, token: str, owed: _Outgoing) -> None:
        """One reply. Only what certainly did not happen is tried again, while its token lives."""
        try:
            await self._services.line.reply(token, owed.reply_token, [owed.card])
        except TemporaryError as error:
            pause = min(error.retry_after or _PAUSE, _LONGEST_PAUSE)
            await asyncio.sleep(pause.total_seconds())
            await self._services.line.reply(token, owed.reply_token, [owed.card])
