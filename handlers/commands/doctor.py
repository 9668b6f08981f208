"""`toritsugi doctor`: what is missing or wrong, in plain words, with the cure."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from bot.office.plans import Feature, allowed
from bot.office.roster import Roster, all_organizations, roster_of
from bot.platforms.errors import PermanentError, PlatformError
from bot.platforms.slack.client import SlackIdentity
from bot.services import Services
from bot.settings import Settings, reveal
from bot.store.schema import has_schema, is_current
from bot.store.transaction import Transaction
from handlers.commands.manifest import BOT_SCOPES
from handlers.composition import make_services

_CLOCK_OFF_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `ok`, `off` (not configured), or `wrong` with its cure."""

    check: str
    state: Literal["ok", "off", "wrong"]
    text: str
    cure: str = ""


def diagnose(settings: Settings) -> list[Finding]:
    """Every check, in order; one that breaks is a finding too."""
    return asyncio.run(_diagnose(settings))


def as_text(findings: list[Finding]) -> str:
    """A line for each finding, its cure below it."""
    marks = {"ok": "ok   ", "off": "off  ", "wrong": "WRONG"}
    lines = []
    for finding in findings:
        lines.append(f"{marks[finding.state]}  {finding.check}: {finding.text}")
        if finding.cure:
            lines.append(f"         → {finding.cure}")
    return "\n".join(lines)


async def _diagnose(settings: Settings) -> list[Finding]:
    findings = [_credentials(settings), _public_url(settings)]
    database = _database(settings)
    findings.append(database)
    if database.state == "wrong":
        return findings
    services = make_services(settings)
    try:
        rosters = await services.store.read(_rosters)
        findings.append(_offices(rosters))
        findings += [_features(roster) for roster in rosters]
        for name, check in (("Slack", _slack), ("LINE", _line), ("Twilio", _twilio)):
            findings += await _checked(name, check, services, rosters)
    finally:
        await services.close()
    return findings


Check = Callable[[Services, list[Roster]], Awaitable[list[Finding]]]


async def _checked(name: str, check: Check, services: Services, rosters: list[Roster]) -> list[Finding]:
    try:
        return await check(services, rosters)
    except PlatformError as error:
        cure = "check the token and that this machine reaches the platform"
        return [Finding(name, "wrong", str(error), cure)]


def _credentials(settings: Settings) -> Finding:
    missing = []
    pairs = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token or settings.slack_oauth_on,
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "LINE_CHANNEL_SECRET": settings.line_channel_secret,
        "LINE_CHANNEL_ACCESS_TOKEN": settings.line_channel_access_token,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
    }
    for first, second in (
        ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
        ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
        ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ):
        if bool(pairs[first]) != bool(pairs[second]):
            missing.append(second if pairs[first] else first)
    if not reveal(settings.toritsugi_secret):
        missing.append("TORITSUGI_SECRET")
    if missing:
        cure = "set them in the environment or in .env; TORITSUGI_SECRET is any long random text"
        return Finding("credentials", "wrong", f"missing: {', '.join(missing)}", cure)
    return Finding("credentials", "ok", "every channel that is on has what it needs")


def _public_url(settings: Settings) -> Finding:
    if not settings.public_url:
        return Finding(
            "PUBLIC_URL",
            "wrong",
            f"not set; platforms would have to reach {settings.base_url}",
            "set it to the https address that Slack, LINE and Twilio call",
        )
    return Finding("PUBLIC_URL", "ok", settings.base_url)


def _database(settings: Settings) -> Finding:
    try:
        if not has_schema(settings.sqlalchemy_url):
            return Finding("database", "wrong", "it is empty", "run `toritsugi load FILE.yaml`")
        if not is_current(settings.sqlalchemy_url):
            return Finding("database", "wrong", "its schema is another version's", "run `toritsugi migrate`")
    except SQLAlchemyError as error:
        return Finding(
            "database", "wrong", f"it does not answer ({type(error).__name__})", "check DATABASE_URL"
        )
    return Finding("database", "ok", "SQLite" if settings.uses_sqlite else "PostgreSQL")


def _rosters(tx: Transaction) -> list[Roster]:
    return [roster_of(tx, organization) for organization in all_organizations(tx)]


def _offices(rosters: list[Roster]) -> Finding:
    if not rosters:
        return Finding("offices", "wrong", "there is none", "run `toritsugi load FILE.yaml`")
    names = ", ".join(f"{roster.organization} ({len(roster.people)} people)" for roster in rosters)
    return Finding("offices", "ok", names)


def _features(roster: Roster) -> Finding:
    on = [feature.value for feature in Feature if allowed(roster.office, feature)]
    return Finding(f"plan of {roster.organization}", "ok", f"{roster.office.plan.value}: {', '.join(on)}")


async def _slack(services: Services, rosters: list[Roster]) -> list[Finding]:
    if not services.settings.slack_on:
        return [Finding("Slack", "off", "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set")]
    findings = []
    for team in sorted({roster.office.slack.team for roster in rosters if roster.office.slack}) or [""]:
        try:
            findings += _workspace(team, await services.slack.identity(team=team), services.clock.now())
        except PermanentError as error:
            if error.code != "not_installed":
                raise
            cure = f"have its administrator open {services.settings.base_url}/slack/install"
            findings.append(
                Finding("Slack", "wrong", f"not installed in workspace {team or 'of any office'}", cure)
            )
    return findings


def _workspace(team: str, identity: SlackIdentity, now: datetime) -> list[Finding]:
    """What Slack says of our token, against what the office file says."""
    findings = []
    lacking = sorted(set(BOT_SCOPES) - set(identity.scopes)) if identity.scopes else []
    if lacking:
        cure = "update the app with `toritsugi manifest` and reinstall it"
        findings.append(Finding("Slack", "wrong", f"missing scopes: {', '.join(lacking)}", cure))
    if team and identity.team != team:
        text = f"the token is of workspace {identity.team}, the office file names {team}"
        findings.append(Finding("Slack", "wrong", text, "correct slack.team or SLACK_BOT_TOKEN"))
    if not findings:
        findings.append(Finding("Slack", "ok", f"workspace {identity.team}"))
    off = abs((identity.server_time - now).total_seconds()) if identity.server_time else 0
    if off > _CLOCK_OFF_SECONDS:
        cure = "set the clock (systemctl enable --now systemd-timesyncd)"
        return [*findings, Finding("clock", "wrong", f"{off:.0f} seconds off; Slack will refuse us", cure)]
    return [*findings, Finding("clock", "ok", f"within {max(off, 1):.0f} s of Slack's")]


async def _line(services: Services, rosters: list[Roster]) -> list[Finding]:
    findings = []
    for roster in rosters:
        token = services.line_token(roster.office)
        if not token:
            continue
        wanted = f"{services.settings.base_url}/line/webhook"
        address = await services.line.webhook_address(token)
        name = f"LINE of {roster.organization}"
        if address != wanted:
            cure = f"set the webhook URL to {wanted} in the LINE Developers console and switch it on"
            findings.append(Finding(name, "wrong", f"the webhook goes to {address or 'nowhere'}", cure))
            continue
        quota = await services.line.quota(token)
        limit = "no limit" if quota.limit is None else str(quota.limit)
        findings.append(Finding(name, "ok", f"pushes this month: {quota.used} of {limit}"))
    return findings or [Finding("LINE", "off", "no channel token is set")]


async def _twilio(services: Services, rosters: list[Roster]) -> list[Finding]:
    settings = services.settings
    if not settings.twilio_on:
        return [Finding("Twilio", "off", "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")]
    known = {number["number"]: number for number in await services.twilio.numbers()}
    findings = []
    wanted = {
        "voice_url": f"{settings.base_url}/twilio/voice",
        "status_callback": f"{settings.base_url}/twilio/status",
        "fallback": f"{settings.base_url}/twilio/fallback",
    }
    for line in (line for roster in rosters for line in roster.office.numbers):
        number = known.get(line.number)
        name = f"Twilio number …{line.number[-4:]}"
        if number is None:
            findings.append(Finding(name, "wrong", "not in this account", "correct `numbers` or the account"))
            continue
        wrong = [key for key, url in wanted.items() if number[key].partition("#")[0] != url]
        if "fallback" in wrong and _is_elsewhere(number["fallback"], settings):
            wrong.remove("fallback")
        cure = "; ".join(f"set {key} to {wanted[key]}" for key in wrong)
        text = f"{', '.join(wrong)} do not lead here" if wrong else "leads here"
        findings.append(Finding(name, "wrong" if wrong else "ok", text, cure))
    return findings or [Finding("Twilio", "ok", "the account answers; no office has a number yet")]


def _is_elsewhere(address: str, settings: Settings) -> bool:
    """A fallback on another host (a TwiML Bin: docs/twilio.md) answers even while this machine does not."""
    there, here = urlsplit(address), urlsplit(settings.base_url)
    return there.scheme == "https" and there.hostname != here.hostname
