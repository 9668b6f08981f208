"""LINE's paid messages run out, or have: managers hear of each once a month, in Slack where they can."""

from typing import Literal

from bot.delivery.say import say
from bot.messages.recipients import chat_of
from bot.office.roster import Roster
from bot.platforms.cards import Card
from bot.store.job_runs import claim_run
from bot.store.transaction import Transaction

WARN_AT = 0.8
"""The share of the month's messages from which on managers are warned."""
_CURE = "LINE 公式アカウントのプランをご確認ください。"


def warn_of_quota(tx: Transaction, roster: Roster, used: int, limit: int) -> None:
    """The month's messages run low."""
    text = (
        f"今月は {limit}通のうち {used}通を使いました。なくなると、LINE への伝言は Slack か"
        f"電話のチャンネルに届きます。{_CURE}"
    )
    _tell(tx, roster, "low", Card("LINE の今月の送信数が残りわずかです", text, tone="urgent"))


def tell_of_used_quota(tx: Transaction, roster: Roster) -> None:
    """The month's messages are used up: what was for LINE goes the other way."""
    text = f"今月の残りは、LINE への伝言を Slack か電話のチャンネルにお届けします。{_CURE}"
    _tell(tx, roster, "used", Card("LINE の今月の送信数を使い切りました", text, tone="urgent"))


def _tell(tx: Transaction, roster: Roster, what: Literal["low", "used"], card: Card) -> None:
    month = f"{tx.now.astimezone(roster.zone):%Y-%m}"
    if not claim_run(tx, roster.organization, f"line.quota_{what}", month):
        return
    for manager in roster.managers():
        channel, address = ("slack", manager.slack) if manager.slack else chat_of(manager)
        if address and not (what == "used" and channel == "line"):
            say(tx, roster.organization, channel, address, card)
