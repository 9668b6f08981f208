"""Proof that a webhook comes from its platform: over the raw body and our public address.

Each check is a few lines of HMAC, tested against the platforms' own SDKs. A secret that is not set
closes the door; while a key is being changed, the old and the new stand beside each other, separated
by a comma, and either fits. Sources: docs.slack.dev (verifying requests), developers.line.biz (verify webhook
signature), twilio.com/docs/usage/webhooks/webhooks-security.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import parse_qsl

SLACK_TOLERANCE_SECONDS = 300
"""Slack: a request older (or newer) than five minutes is not to be trusted."""


def slack_signature_fits(
    secret: str, body: bytes, timestamp: str | None, signature: str | None, now: datetime
) -> bool:
    """Whether Slack signed `body` with our secret within the last five minutes."""
    if not secret or not timestamp or not signature or not (timestamp.isascii() and timestamp.isdigit()):
        return False
    if len(timestamp) > 15 or abs(now.timestamp() - int(timestamp)) > SLACK_TOLERANCE_SECONDS:
        return False
    signed = f"v0:{timestamp}:".encode() + body
    return any(
        _same(f"v0={hmac.new(key, signed, hashlib.sha256).hexdigest()}", signature) for key in _keys(secret)
    )


def line_signature_fits(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether LINE signed `body` with our channel secret."""
    if not secret or not signature:
        return False
    return any(
        _same(base64.b64encode(hmac.digest(key, body, "sha256")).decode(), signature) for key in _keys(secret)
    )


def twilio_signature_fits(
    token: str, url: str, form: Iterable[tuple[str, str]], signature: str | None
) -> bool:
    """Whether Twilio signed a form post to `url`, the public address with its query as it was sent."""
    if not token or not signature:
        return False
    values: dict[str, set[str]] = {}
    for name, value in form:
        values.setdefault(name, set()).add(value)
    text = "".join(name + value for name in sorted(values) for value in sorted(values[name]))
    return any(
        _same(base64.b64encode(hmac.digest(key, (address + text).encode(), "sha1")).decode(), signature)
        for address in _with_and_without_port(url)
        for key in _keys(token)
    )


def _keys(secret: str) -> list[bytes]:
    return [key.strip().encode() for key in secret.split(",") if key.strip()]


def parse_form(body: bytes) -> Sequence[tuple[str, str]]:
    """A form's fields in their order, empty ones kept.

    Raises:
        ValueError: the body is no form in UTF-8.
    """
    return parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), errors="strict")


def _with_and_without_port(url: str) -> tuple[str, ...]:
    """Twilio signs voice webhooks over https without a port; other ones with the port as configured."""
    scheme, rest = url.split("://", 1)
    host, slash, path = rest.partition("/")
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit():
        return url, f"{scheme}://{name}{slash}{path}"
    return url, f"{scheme}://{host}:{443 if scheme == 'https' else 80}{slash}{path}"


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "surrogateescape"))
