"""Whether what the platforms will send arrives: asked at PUBLIC_URL, signed as they sign, with no effect."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator

import aiohttp

from bot.office.roster import Roster
from bot.services import Services
from bot.settings import Settings, reveal
from handlers.commands.doctor.findings import Finding, ok, wrong

_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
_REFUSED = re.compile(r'^toritsugi_webhooks_refused_total\{platform="(\w+)"\} ([\d.e+]+)$', re.MULTILINE)
_NOT_REACHED = "start `toritsugi serve`; check the host's name, its certificate and the reverse proxy"
_REFUSES = (
    "restart `serve` after a change of keys; the proxy must hand on address and body unchanged; "
    "the clock must be right"
)
Request = tuple[str, str, bytes, dict[str, str], int]
"""What it stands for, path, body, headers, and the status that says that the signature fits."""


async def check(services: Services, rosters: list[Roster]) -> list[Finding]:
    """The public address, each platform's door behind it, and what was refused so far."""
    settings = services.settings
    if not settings.public_url:
        return []
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        found = [await _healthy(session, settings.base_url)]
        if found[0].state == "ok":
            requests = _requests(services, rosters)
            found += [await _knock(session, settings.base_url, request) for request in requests]
        return [*found, *await _refused(session, settings)]


async def _healthy(session: aiohttp.ClientSession, base_url: str) -> Finding:
    name = "PUBLIC_URL"
    try:
        async with session.get(f"{base_url}/healthz", allow_redirects=False) as answer:
            body = await answer.text()
    except (aiohttp.ClientError, TimeoutError) as error:
        return wrong(name, f"{base_url} does not answer ({type(error).__name__})", _NOT_REACHED)
    if answer.status != 200 or '"ok"' not in body:
        cure = "let the reverse proxy hand on /healthz, /slack/, /line/ and /twilio/ to `serve`"
        return wrong(name, f"something else answers at {base_url} ({answer.status})", cure)
    return ok(name, "leads to `serve`")


def _requests(services: Services, rosters: list[Roster]) -> Iterator[Request]:
    settings = services.settings
    if settings.slack_on:
        yield _slack(reveal(settings.slack_signing_secret), str(int(services.clock.now().timestamp())))
    own = {roster.office.line.secret for roster in rosters if roster.office.line}
    for secret in sorted({*filter(None, own), reveal(settings.line_channel_secret)} - {""}):
        yield _line(secret)
    if settings.twilio_on:
        yield _twilio(settings)


def _slack(secret: str, stamp: str) -> Request:
    """Slack's own check of an address."""
    body = b'{"type":"url_verification","challenge":"doctor"}'
    mac = hmac.new(_first(secret), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={mac}",
    }
    return "Slack's requests", "/slack/events", body, headers, 200


def _line(secret: str) -> Request:
    """LINE's own check of an address: no events."""
    body = b'{"destination":"","events":[]}'
    mac = base64.b64encode(hmac.digest(_first(secret), body, "sha256")).decode()
    return "LINE's requests", "/line/webhook", body, {"x-line-signature": mac}, 200


def _twilio(settings: Settings) -> Request:
    """A form about no call: verified, then refused as meaningless."""
    path = "/twilio/callback/status"
    address = settings.base_url + path
    mac = hmac.digest(_first(reveal(settings.twilio_auth_token)), address.encode(), "sha1")
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": base64.b64encode(mac).decode(),
    }
    return "Twilio's requests", path, b"", headers, 400


def _first(secret: str) -> bytes:
    """The key in force; while it is being changed there are two."""
    return secret.split(",", maxsplit=1)[0].strip().encode()


async def _knock(session: aiohttp.ClientSession, base_url: str, request: Request) -> Finding:
    name, path, body, headers, expected = request
    try:
        async with session.post(base_url + path, data=body, headers=headers, allow_redirects=False) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return wrong(name, f"{base_url}{path} does not answer ({type(error).__name__})", _NOT_REACHED)
    if status == expected:
        return ok(name, "arrive, and their signature fits")
    return wrong(name, f"`serve` answers {status} to what is signed with our own keys", _REFUSES)


async def _refused(session: aiohttp.ClientSession, settings: Settings) -> list[Finding]:
    """What the `serve` on this machine has refused since its start, where it can be asked."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104  (not bound: asked)
    try:
        async with session.get(f"http://{host}:{settings.port}/metrics") as answer:
            shown = await answer.text()
    except (aiohttp.ClientError, TimeoutError):
        return []
    return [
        Finding(
            f"{platform}'s requests",
            "look",
            f"{float(count):.0f} refused since the start of `serve`",
            "strangers, or a wrong signing secret or PUBLIC_URL at the platform: compare them",
        )
        for platform, count in _REFUSED.findall(shown)
        if float(count) > 0
    ]
