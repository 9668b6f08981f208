"""Slack: the token, its scopes and workspace, the clock, the channels and people that an office names."""

from datetime import datetime

from bot.office.roster import Roster
from bot.platforms.errors import PermanentError, TemporaryError, UnknownOutcomeError
from bot.platforms.slack.client import SlackIdentity
from bot.services import Services
from handlers.commands.doctor.findings import Finding, ok, wrong
from handlers.commands.manifest import BOT_SCOPES

_CLOCK_OFF_SECONDS = 60
_MOST_PEOPLE = 40
"""People asked for in one run: Slack takes about fifty such requests a minute."""


async def check(services: Services, rosters: list[Roster]) -> list[Finding]:
    """Every workspace that an office names, or the one of the token."""
    if not services.settings.slack_on:
        return [Finding("Slack", "off", "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set")]
    findings = []
    offices = {roster.office.slack.team: roster for roster in rosters if roster.office.slack}
    for team in sorted(offices) or [""]:
        try:
            identity = await services.slack.identity(team=team)
        except PermanentError as error:
            if error.code != "not_installed":
                raise
            cure = f"have its administrator open {services.settings.base_url}/slack/install"
            findings.append(wrong("Slack", f"not installed in workspace {team or 'of any office'}", cure))
            continue
        findings += _workspace(team, identity, services.clock.now())
        if team and identity.team == team:
            findings += await _channels(services, offices[team])
            findings += await _people(services, offices[team])
    return findings


def _workspace(team: str, identity: SlackIdentity, now: datetime) -> list[Finding]:
    """What Slack says of our token, against what the office file says."""
    findings = []
    lacking = sorted(set(BOT_SCOPES) - set(identity.scopes)) if identity.scopes else []
    if lacking:
        cure = "update the app with `toritsugi manifest` and reinstall it"
        findings.append(wrong("Slack", f"missing scopes: {', '.join(lacking)}", cure))
    if team and identity.team != team:
        text = f"the token is of workspace {identity.team}, the office file names {team}"
        findings.append(wrong("Slack", text, "correct slack.team or SLACK_BOT_TOKEN"))
    if not findings:
        findings.append(ok("Slack", f"workspace {identity.team}"))
    off = abs((identity.server_time - now).total_seconds()) if identity.server_time else 0
    if off > _CLOCK_OFF_SECONDS:
        cure = "set the clock (systemctl enable --now systemd-timesyncd)"
        return [*findings, wrong("clock", f"{off:.0f} seconds off; Slack will refuse us", cure)]
    return [*findings, ok("clock", f"within {max(off, 1):.0f} s of Slack's")]


async def _channels(services: Services, roster: Roster) -> list[Finding]:
    """Whether the bot is in each channel that the office file names."""
    slack = roster.office.slack
    assert slack
    found, fine = [], []
    for key in ("calls_channel", "digest_channel", "status_channel"):
        channel = getattr(slack, key)
        if not channel:
            continue
        try:
            await services.slack.look_into(channel, services.clock.now(), team=slack.team)
            fine.append(key)
        except PermanentError as error:
            if error.code == "missing_scope":
                continue  # said above
            cure = "invite it there: /invite @toritsugi"
            if error.code == "channel_not_found":
                cure = "correct the id in the office file; into a private channel invite the bot"
            text = f"the bot cannot use {key} {channel} ({error.code})"
            found.append(wrong(f"Slack channels of {roster.organization}", text, cure))
    if fine:
        found.append(ok(f"Slack channels of {roster.organization}", f"the bot is in {', '.join(fine)}"))
    return found


async def _people(services: Services, roster: Roster) -> list[Finding]:
    """Whether Slack knows the people of the office file."""
    assert roster.office.slack
    unknown = []
    with_slack = [person for person in roster.people.values() if person.slack]
    try:
        for person in with_slack[:_MOST_PEOPLE]:
            assert person.slack
            if not await services.slack.knows(person.slack, team=roster.office.slack.team):
                unknown.append(f"{person.id} ({person.slack})")
    except (TemporaryError, UnknownOutcomeError, PermanentError):
        return []  # asked too often, or not allowed to ask: no finding about the people
    name = f"Slack people of {roster.organization}"
    if unknown:
        cure = "correct `slack` in the office file: in Slack's profile *Copy member ID*"
        return [wrong(name, f"Slack has no active {', '.join(unknown)}", cure)]
    return [ok(name, f"{min(len(with_slack), _MOST_PEOPLE)} of {len(with_slack)} looked up, all there")]
