"""The managers' digest at its hour."""

from bot.delivery.digest_card import digest_card
from bot.delivery.say import say
from bot.digests.daily import JOB, claim_digest, day_figures, due_digest
from bot.office.plans import Feature, allowed
from bot.office.roster import all_organizations, roster_of
from bot.services import Services
from bot.store.job_runs import has_run
from bot.store.transaction import Transaction


async def send_digests(services: Services) -> None:
    """Every few seconds: offices whose digest hour has come get theirs, once."""
    for organization in await services.store.read(_waiting):
        await services.store.run(_send, organization)


def _waiting(tx: Transaction) -> list[str]:
    """Offices whose digest is due and not sent; a cheap look, decided again by the claim."""
    found = []
    for organization in all_organizations(tx):
        day = due_digest(roster_of(tx, organization), tx.now)
        if day and not has_run(tx, organization, JOB, day.isoformat()):
            found.append(organization)
    return found


def _send(tx: Transaction, organization: str) -> None:
    roster = roster_of(tx, organization)
    office = roster.office
    day = claim_digest(tx, roster)
    if day is None or not allowed(office, Feature.DIGEST):
        return
    card = digest_card(tx, roster, day_figures(tx, roster, day))
    if office.slack and office.slack.digest_channel:
        say(tx, organization, "slack", office.slack.digest_channel, card)
    elif office.line and office.line.calls_group:
        say(tx, organization, "line", office.line.calls_group, card)
