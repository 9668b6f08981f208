"""Slack workspaces in which somebody has installed the app by OAuth; their tokens are stored sealed."""

from datetime import datetime

import sqlalchemy as sa

from bot.office.roster import organization_by_slack
from bot.office.tables import slack_installations
from bot.store.sealing import UnsealableError, seal, unseal
from bot.store.transaction import Transaction


def install(tx: Transaction, team: str, token: str, installed_by: str, secret: str) -> str | None:
    """Keep a workspace's token, a newer one in the place of an older; the office it belongs to, if any yet.

    Raises:
        ValueError: there is no secret to seal it with.
    """
    organization = organization_by_slack(tx, team)
    values = {
        "organization": organization or "",
        "token": seal(token, secret),
        "installed_by": installed_by,
        "installed_at": tx.now,
    }
    if not tx.insert_if_new(slack_installations, team=team, **values):
        tx.update(slack_installations, slack_installations.c.team == team, **values)
    return organization


def uninstall(tx: Transaction, team: str, at: datetime) -> None:
    """The workspace removed the app at the instant `at`; an installation made since then stays."""
    tx.execute(
        sa.delete(slack_installations).where(
            slack_installations.c.team == team, slack_installations.c.installed_at <= at
        )
    )


def installed_token(tx: Transaction, team: str, secret: str) -> str | None:
    """A workspace's bot token; None where the app is not installed, or with another TORITSUGI_SECRET."""
    row = tx.first(sa.select(slack_installations.c.token).where(slack_installations.c.team == team))
    if row is None or not secret:
        return None
    try:
        return unseal(row.token, secret)
    except UnsealableError:
        return None
