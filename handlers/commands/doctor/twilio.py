"""Twilio: where each number of each office leads, and what answers while we do not."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.office.roster import Roster
from bot.services import Services
from bot.settings import Settings
from handlers.commands.doctor.findings import Finding, ok, wrong

_NOT_OURS = "correct `numbers` in the office file, or TWILIO_ACCOUNT_SID"


async def check(services: Services, rosters: list[Roster]) -> list[Finding]:
    """Every number that an office file names."""
    if not services.settings.twilio_on:
        return [Finding("Twilio", "off", "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")]
    known = {number["number"]: number for number in await services.twilio.numbers()}
    findings = []
    for roster in rosters:
        if not roster.office.numbers:
            cure = "write them under `numbers` in the office file"
            text = "it has no number that callers dial"
            findings.append(wrong(f"office {roster.organization}", text, cure))
        for line in roster.office.numbers:
            findings += _number(services.settings, line.number, known.get(line.number))
        sender = roster.office.sms_from
        if sender and sender not in known:
            name = f"SMS of {roster.organization}"
            findings.append(wrong(name, "sms_from is not in this account", _NOT_OURS))
    return findings or [ok("Twilio", "the account answers; no office has a number yet")]


def _number(settings: Settings, number: str, found: Mapping[str, str] | None) -> list[Finding]:
    name = f"Twilio number …{number[-4:]}"
    if found is None:
        return [wrong(name, "not in this account", _NOT_OURS)]
    if found["elsewhere"]:
        cure = "choose *Configure with: Webhook* under Voice Configuration of the number"
        return [wrong(name, f"{found['elsewhere']} answers it, whatever its addresses are", cure)]
    if "GET" in found["methods"].split():
        cure = "choose HTTP POST beside *A call comes in* and *Call status changes*"
        return [wrong(name, "Twilio is to ask by GET, which is not answered", cure)]
    wanted = {
        "voice_url": f"{settings.base_url}/twilio/voice",
        "status_callback": f"{settings.base_url}/twilio/status",
        "fallback": f"{settings.base_url}/twilio/fallback",
    }
    astray = [key for key, url in wanted.items() if found[key].partition("#")[0] != url]
    if "fallback" in astray and _is_elsewhere(found["fallback"], settings):
        astray.remove("fallback")
    elif "fallback" not in astray:
        text = "its fallback is this host too: while it is down, callers hear Twilio's error"
        cure = "set *Primary handler fails* to a TwiML Bin that records (docs/twilio.md)"
        return [*_leads(name, astray, wanted), Finding(name, "look", text, cure)]
    return _leads(name, astray, wanted)


def _leads(name: str, astray: list[str], wanted: Mapping[str, str]) -> list[Finding]:
    if not astray:
        return [ok(name, "leads here")]
    cure = "; ".join(f"set {key} to {wanted[key]}" for key in astray)
    return [wrong(name, f"{', '.join(astray)} do not lead here", cure)]


def _is_elsewhere(address: str, settings: Settings) -> bool:
    """A fallback on another host (a TwiML Bin: docs/twilio.md) answers even while this machine does not."""
    there, here = urlsplit(address), urlsplit(settings.base_url)
    return there.scheme == "https" and there.hostname != here.hostname
