"""Every Twilio webhook comes through here: signature, form, time budget, and an answer whatever happens.

A voice answer is owed within a second. A step that takes longer, or breaks, is answered with a
holding phrase that asks again with the same input; the stored step then has its answer. After a few
tries the caller leaves a recorded message instead.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.platforms.twilio import twiml
from bot.platforms.twilio.client import CONNECTION
from bot.reception.calls import NoSuchCallError
from bot.scripts import CATALOGUE
from bot.services import Services
from bot.settings import reveal
from bot.store.store import StoreBusyError
from handlers.bodies import BodyBrokenOffError, BodyTooLongError, read_body, storable
from handlers.refusals import count_refusal
from handlers.signatures import parse_form, twilio_signature_fits
from handlers.turns import CrowdedError, Turns

log = structlog.get_logger()
BUDGET_SECONDS = 0.8
_NOTICE_SECONDS = 12.0
"""Twilio waits fifteen for a callback, and does not send it again."""
_PAUSE_SECONDS = 0.1
_MOST_TRIES = 4
_MAX_BODY = 64 * 1024
_MAX_CARRIED = 400
"""Characters of speech that are carried to the next try."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A verified request: the form's fields and those of our own address."""

    form: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def sid(self) -> str:
        return self.form.get("CallSid", "")

    def input(self, name: str) -> str:
        """A field of this request, or of the failed one before it."""
        return self.form.get(name) or self.query.get(name) or ""


class BadWebhookError(Exception):
    """A signed request that makes no sense; the text is for operators."""


Handle = Callable[[Services, Webhook], Awaitable[str]]
Endpoint = Callable[[Request], Awaitable[Response]]


def notice(services: Services, handle: Handle) -> Endpoint:
    """A callback that nobody waits for on the line: it takes its time, and says when it failed."""

    async def answer(request: Request) -> Response:
        webhook = await _verified(services, request)
        if isinstance(webhook, Response):
            return webhook
        try:
            return Response(await _in_time(services, handle, webhook, _NOTICE_SECONDS), media_type="text/xml")
        except BadWebhookError as error:
            log.warning("voice.bad_webhook", why=str(error))
            return Response(status_code=400)
        except (StoreBusyError, TimeoutError):
            log.warning("voice.database_busy", path=request.url.path)
            return Response(status_code=503)

    return answer


def endpoint(services: Services, handle: Handle, *, last_resort: Handle, turns: Turns) -> Endpoint:
    """A route's function: `handle` answers a verified webhook with TwiML within the budget.

    Requests of one number have `turns` of their own, and the others' callers hear nothing of its flood.
    `last_resort` answers without the database, when the step has failed too often or too many wait.
    """

    async def in_turn(services: Services, webhook: Webhook) -> str:
        async with turns.taken(webhook.form.get("To", "")):
            return await handle(services, webhook)

    async def answer(request: Request) -> Response:
        webhook = await _verified(services, request)
        if isinstance(webhook, Response):
            return webhook
        try:
            xml = await _in_time(services, in_turn, webhook, BUDGET_SECONDS)
        except CrowdedError:
            log.warning("voice.crowded", path=request.url.path)
            xml = await _trouble(services, request, webhook, last_resort)
        except BadWebhookError as error:
            log.warning("voice.bad_webhook", why=str(error))
            return Response(status_code=400)
        except NoSuchCallError:
            log.warning("voice.unknown_call", path=request.url.path)
            xml = await last_resort(services, webhook)
        except TimeoutError:
            log.warning("voice.slow_step", path=request.url.path)
            xml = await _trouble(services, request, webhook, last_resort)
        except Exception:  # whatever broke, the caller is on the line
            log.exception("voice.broken_step", path=request.url.path)
            xml = await _trouble(services, request, webhook, last_resort)
        return Response(xml, media_type="text/xml")

    return answer


def address(services: Services, path: str, **query: object) -> str:
    """One of our own addresses, as Twilio is to call it: again, where a request fails."""
    said = urlencode({name: value for name, value in query.items() if value is not None})
    asked = f"?{said}" if said else ""  # an empty query would be signed
    return f"{services.settings.base_url}{path}{asked}{CONNECTION}"


async def _verified(services: Services, request: Request) -> Webhook | Response:
    try:
        form = parse_form(await read_body(request, _MAX_BODY))
    except BodyTooLongError:
        return Response(status_code=413)
    except BodyBrokenOffError:
        return Response(status_code=400)
    except ValueError:
        count_refusal("twilio")
        return Response(status_code=403)
    raw_query = request.scope["query_string"].decode("ascii", "replace")
    url = services.settings.base_url + request.scope["path"] + (f"?{raw_query}" if raw_query else "")
    token = reveal(services.settings.twilio_auth_token)
    if not twilio_signature_fits(token, url, form, request.headers.get("x-twilio-signature")):
        count_refusal("twilio")
        return Response(status_code=403)
    asked = parse_qsl(raw_query, keep_blank_values=True) if raw_query else ()
    query = {name: storable(value) for name, value in asked}
    webhook = Webhook({name: storable(value) for name, value in form}, query)
    ours = {name: query[name] for name in ("call", "leg") if name in query}
    structlog.contextvars.bind_contextvars(sid=webhook.sid, **ours)  # every line of this request can be found
    return webhook


async def _in_time(services: Services, handle: Handle, webhook: Webhook, seconds: float) -> str:
    """The step's answer. A database that is away for a moment is asked again, as long as there is time.

    A step that still waits for its turn when the time is over is withdrawn, so that under a flood no
    line of steps grows behind callers who have been answered. One that runs is finished, and stored.

    Raises:
        TimeoutError: the budget is spent.
        CrowdedError: too many of this number wait.
    """
    async with asyncio.timeout(seconds):
        while True:
            try:
                return await handle(services, webhook)
            except CrowdedError:
                raise
            except StoreBusyError:
                await asyncio.sleep(_PAUSE_SECONDS)


async def _trouble(services: Services, request: Request, webhook: Webhook, last_resort: Handle) -> str:
    """A word, and the same question again with the same input; in the end the last resort."""
    tried = webhook.query.get("tries", "0")
    tries = int(tried) if tried.isascii() and tried.isdigit() else _MOST_TRIES
    if tries >= _MOST_TRIES:
        return await last_resort(services, webhook)
    carried = {**webhook.query, "tries": str(tries + 1)}
    for name in ("SpeechResult", "Digits", "QueueResult", "DialCallStatus"):
        if webhook.form.get(name):
            carried[name] = webhook.form[name][:_MAX_CARRIED]
    again = address(services, request.scope["path"], **carried)
    return twiml.redirect(again, (CATALOGUE["trouble_moment"].ja,), "ja", pause=1)
