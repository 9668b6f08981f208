"""The managers' digests at their hours, and a word before a month's LINE messages or calls run out."""

from dataclasses import replace

import structlog

from bot.delivery.digest_card import chart_title, digest_card
from bot.delivery.digest_picture import send_picture
from bot.delivery.measures import line_pushes, line_pushes_limit
from bot.delivery.quota import WARN_AT, warn_of_calls, warn_of_quota
from bot.delivery.say import say
from bot.digests.figures import calls_of_month, figures_of
from bot.digests.picture import Chart, PictureError, chart_of, draw
from bot.digests.pictures import keep_picture, new_token
from bot.digests.schedule import Digest, claim, due_digests
from bot.office.model import Office
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster, all_rosters, roster_of
from bot.platforms.cards import Card
from bot.platforms.errors import PlatformError
from bot.platforms.line.client import Quota
from bot.services import Services
from bot.store.transaction import Transaction

log = structlog.get_logger()


async def send_digests(services: Services) -> None:
    """Every few seconds: offices whose digest hour has come get theirs, once."""
    for organization, digest in await services.store.read(_due):
        await _send_digest(services, organization, digest)


async def watch_line_quota(services: Services) -> None:
    """Every hour: managers hear, once a month, that the LINE messages paid for are running out."""
    for roster in await services.store.read(all_rosters):
        quota = await _quota(services, roster)
        if quota:
            line_pushes.labels(roster.organization).set(quota.used)
        if quota and quota.limit:
            line_pushes_limit.labels(roster.organization).set(quota.limit)
        if quota and quota.limit and quota.used >= WARN_AT * quota.limit:
            await services.store.run(_warn, roster.organization, quota.used, quota.limit)


async def watch_calls(services: Services) -> None:
    """Every hour: managers hear, once a month, that the calls agreed on run out, and that they have."""
    for organization, calls, agreed in await services.store.read(_agreed):
        if calls >= WARN_AT * agreed:
            await services.store.run(_warn_of_calls, organization, calls, agreed)


def _agreed(tx: Transaction) -> list[tuple[str, int, int]]:
    """Offices with a number of calls agreed on, the month's calls, and that number."""
    return [
        (roster.organization, calls_of_month(tx, roster), roster.office.quota)
        for roster in all_rosters(tx)
        if roster.office.quota is not None
    ]


def _warn_of_calls(tx: Transaction, organization: str, calls: int, agreed: int) -> None:
    warn_of_calls(tx, roster_of(tx, organization), calls, agreed)


def _due(tx: Transaction) -> list[tuple[str, Digest]]:
    """What is due and not sent; decided again by the claim."""
    return [(roster.organization, digest) for roster in all_rosters(tx) for digest in due_digests(tx, roster)]


async def _send_digest(services: Services, organization: str, digest: Digest) -> None:
    """The figures are read and drawn beside the writer, which then only claims and enqueues."""
    roster = await services.store.read(roster_of, organization)
    office, where = roster.office, _where(roster.office)
    if where is None or not allowed(office, Feature.DIGEST):
        await services.store.run(_record, organization, digest, None, None)
        return
    quota = await _quota(services, roster)
    card, chart = await services.store.read(_made, organization, digest, quota)
    base_url = services.settings.base_url
    by_address = where[0] == "line"
    wanted = allowed(office, Feature.PICTURES) and (not by_address or base_url.startswith("https://"))
    png = await _drawn(chart) if wanted and chart else None
    token = new_token() if png and by_address else None
    if token:
        card = replace(card, picture=f"{base_url}/line/pictures/{token}.png")
    await services.store.run(_record, organization, digest, card, png, token)


def _made(
    tx: Transaction, organization: str, digest: Digest, quota: Quota | None
) -> tuple[Card, Chart | None]:
    roster = roster_of(tx, organization)
    figures = figures_of(tx, roster, digest.period)
    card = digest_card(tx, roster, figures, quota, calls_of_month(tx, roster))
    return card, chart_of(
        roster.office, figures, chart_title(digest.period)
    ) if figures.totals.calls else None


async def _drawn(chart: Chart) -> bytes | None:
    """The picture, or the digest goes without it."""
    try:
        return await draw(chart)
    except PictureError as error:
        log.warning("digest.no_picture", why=str(error))
        return None


def _record(
    tx: Transaction,
    organization: str,
    digest: Digest,
    card: Card | None,
    png: bytes | None,
    token: str | None = None,
) -> None:
    """Claim the digest and enqueue it; a picture is fetched by its `token`, or shown below the card."""
    roster = roster_of(tx, organization)
    where = _where(roster.office)
    if not claim(tx, roster, digest) or card is None or where is None:
        return
    say(tx, organization, *where, card)
    if png and token:
        keep_picture(tx, organization, token, png)
    elif png:
        send_picture(tx, organization, where[1], png, card.title)


def _where(office: Office) -> tuple[str, str] | None:
    """The channel for managers in Slack; the LINE group, where each push is paid for, only without it."""
    if office.slack and office.slack.digest_channel:
        return "slack", office.slack.digest_channel
    if office.line and office.line.calls_group:
        return "line", office.line.calls_group
    return None


async def _quota(services: Services, roster: Roster) -> Quota | None:
    """The month's use of the office's LINE channel; None without one in use, or where LINE does not say."""
    token = services.line_token(roster.office)
    if not token or not roster.uses_line:
        return None
    try:
        return await services.line.quota(token)
    except PlatformError as error:
        log.warning("line.quota_unknown", why=str(error))
        return None


def _warn(tx: Transaction, organization: str, used: int, limit: int) -> None:
    warn_of_quota(tx, roster_of(tx, organization), used, limit)
