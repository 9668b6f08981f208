"""Requests signed as the three platforms sign them, with the keys of the test's world."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Signing:
    """Sends whatever it is told to one address; every method gives the status of the answer."""

    def __init__(self, base_url: str, session: aiohttp.ClientSession, now: Callable[[], datetime]) -> None:
        self._base_url = base_url
        self._session = session
        self._now = now

    async def twilio(self, path: str, query: Mapping[str, str], fields: Mapping[str, str]) -> int:
        address = f"{self._base_url}{path}" + (f"?{urlencode(query)}" if query else "")
        whole = address + "".join(name + fields[name] for name in sorted(fields))
        mac = hmac.digest(b"twilio-token", whole.encode(), "sha1")
        headers = {"x-twilio-signature": base64.b64encode(mac).decode(), "content-type": FORM}
        return await self.post(path, urlencode(fields).encode(), headers, address)

    async def slack(self, content: Any, *, as_form: bool = False) -> int:
        """An event's JSON, or (`as_form`) an interaction's payload."""
        text = json.dumps(content)
        return await self.slack_body(
            urlencode({"payload": text}).encode() if as_form else text.encode(), FORM if as_form else JSON
        )

    async def slack_body(self, body: bytes, kind: str = FORM, *, age_seconds: int = 0) -> int:
        """A body as it is, signed so long ago."""
        stamp = str(int(self._now().timestamp()) - age_seconds)
        mac = hmac.new(b"slack-secret", f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mac}", "content-type": kind}
        return await self.post("/slack/events", body, headers)

    async def line(self, content: Any) -> int:
        body = json.dumps(content).encode()
        mac = base64.b64encode(hmac.digest(b"line-secret", body, "sha256")).decode()
        return await self.post("/line/webhook", body, {"x-line-signature": mac, "content-type": JSON})

    async def post(self, path: str, body: bytes, headers: dict[str, str], url: str = "") -> int:
        address = URL(url or self._base_url + path, encoded=True)
        async with self._session.post(address, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status
