"""LINE: each office's channel, its webhook, its group, its paid messages."""

from bot.delivery.quota import WARN_AT
from bot.office.roster import Roster
from bot.platforms.line.client import Quota
from bot.services import Services
from handlers.commands.doctor.findings import Finding, ok, wrong

_CONSOLE = "in the LINE Developers console, Messaging API"


async def check(services: Services, rosters: list[Roster]) -> list[Finding]:
    """Every office with a channel of its own, or that of the environment."""
    findings = []
    for roster in rosters:
        token = services.line_token(roster.office)
        if token:
            findings += await _channel(services, roster, token)
    return findings or [Finding("LINE", "off", "no channel token is set")]


async def _channel(services: Services, roster: Roster, token: str) -> list[Finding]:
    name = f"LINE of {roster.organization}"
    found = [*await _webhook(services, name, token), *await _names(services, roster, name, token)]
    found.append(_quota(name, await services.line.quota(token)))
    redelivery = "without *Webhook redelivery* (LINE does not say whether it is on) a restart loses messages"
    return [*found, Finding(name, "look", redelivery, f"see that it is on, {_CONSOLE}")]


async def _webhook(services: Services, name: str, token: str) -> list[Finding]:
    wanted = f"{services.settings.base_url}/line/webhook"
    address = await services.line.webhook_address(token)
    if address != wanted:
        cure = f"set the webhook URL to {wanted} {_CONSOLE}, and switch *Use webhook* on"
        return [wrong(name, f"the webhook goes to {address or 'nowhere'}", cure)]
    trouble = await services.line.try_webhook(token)
    if trouble:
        cure = "check LINE_CHANNEL_SECRET (or line.secret), the certificate and the reverse proxy"
        return [wrong(name, f"LINE called the webhook and met {trouble}", cure)]
    return [ok(name, "the webhook leads here, and LINE gets through")]


async def _names(services: Services, roster: Roster, name: str, token: str) -> list[Finding]:
    """The bot and the group that the office file names."""
    line, found = roster.office.line, []
    if line and line.destination:
        bot = await services.line.bot_user(token)
        if bot != line.destination:
            text = f"the token is of the bot {bot}, the office file names another"
            found.append(wrong(name, text, "correct line.destination or the token"))
    if line and line.calls_group and not await services.line.is_in_group(token, line.calls_group):
        cure = "invite the official account into the group (*Allow bot to join group chats* must be on)"
        found.append(wrong(name, "the bot is not in line.calls_group", cure))
    return found


def _quota(name: str, quota: Quota) -> Finding:
    used = f"pushes this month: {quota.used} of {'no limit' if quota.limit is None else quota.limit}"
    if quota.limit is not None and quota.used >= quota.limit * WARN_AT:
        cure = "raise the account's plan; what does not fit goes to Slack or the calls channel"
        return wrong(name, used, cure)
    return ok(name, used)
