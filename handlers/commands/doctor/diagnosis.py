"""Every check in its order; one that breaks is a finding too."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.office.roster import Roster, all_rosters
from bot.platforms.errors import PlatformError
from bot.services import Services
from bot.settings import Settings
from bot.store.store import StoreBusyError
from handlers.commands.doctor import environment, line, machine, offices, reaching, slack, twilio
from handlers.commands.doctor.findings import Finding, wrong
from handlers.composition import make_services

Check = Callable[[Services, list[Roster]], Awaitable[list[Finding]]]
_PLATFORMS: tuple[tuple[str, Check], ...] = (
    ("Slack", slack.check),
    ("LINE", line.check),
    ("Twilio", twilio.check),
)


def diagnose(settings: Settings, clock: Clock | None = None) -> list[Finding]:
    """What is right and wrong with this deployment, as seen from this machine."""
    return asyncio.run(_diagnose(settings, clock))


async def _diagnose(settings: Settings, clock: Clock | None) -> list[Finding]:
    findings = [*environment.check(settings), *machine.check(settings)]
    if any(finding.check == machine.DATABASE and finding.state == "wrong" for finding in findings):
        return findings
    services = make_services(settings, clock)
    try:
        rosters = await services.store.read(all_rosters)
        findings += await offices.check(services, rosters)
        findings += await reaching.check(services, rosters)
        for name, check in _PLATFORMS:
            findings += await _checked(name, check, services, rosters)
    except StoreBusyError:
        findings.append(wrong(machine.DATABASE, "it does not answer in time", "look at its load and locks"))
    finally:
        await services.close()
    return findings


async def _checked(name: str, check: Check, services: Services, rosters: list[Roster]) -> list[Finding]:
    try:
        return await check(services, rosters)
    except PlatformError as error:
        return [wrong(name, str(error), "check the token and that this machine reaches the platform")]
