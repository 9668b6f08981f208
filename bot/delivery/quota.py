"""A month's LINE messages or calls run out, or have: managers hear of each once, in Slack where they can."""

from typing import Literal

from bot.delivery.say import say
from bot.messages.recipients import chat_of
from bot.office.roster import Roster
from bot.platforms.cards import Card
from bot.store.job_runs import claim_run
from bot.store.transaction import Transaction

WARN_AT = 0.8
"""The share of a month's messages or calls from which on managers are warned."""
What = Literal["line_low", "line_used", "calls_low", "calls_used"]
_CURE = "LINE 公式アカウントのプランをご確認ください。"


def warn_of_quota(tx: Transaction, roster: Roster, used: int, limit: int) -> None:
    """The month's messages run low."""
    text = (
        f"今月は {limit}通のうち {used}通を使いました。なくなると、LINE への伝言は Slack か"
        f"電話のチャンネルに届きます。{_CURE}"
    )
    _tell(tx, roster, "line_low", Card("LINE の今月の送信数が残りわずかです", text, tone="urgent"))


def tell_of_used_quota(tx: Transaction, roster: Roster) -> None:
    """The month's messages are used up: what was for LINE goes the other way."""
    text = f"今月の残りは、LINE への伝言を Slack か電話のチャンネルにお届けします。{_CURE}"
    _tell(tx, roster, "line_used", Card("LINE の今月の送信数を使い切りました", text, tone="urgent"))


def warn_of_calls(tx: Transaction, roster: Roster, calls: int, quota: int) -> None:
    """The month's calls near or pass what the office has agreed on; they are answered all the same."""
    if calls >= quota:
        title = "今月のお電話がご契約の件数に達しました"
        text = f"ご契約の {quota}件に対して {calls}件です。お電話はこれまでどおりお受けしています。"
        _tell(tx, roster, "calls_used", Card(title, text, tone="urgent"))
    elif calls >= WARN_AT * quota:
        title = "今月のお電話がご契約の件数に近づいています"
        text = f"今月はご契約の {quota}件のうち {calls}件のお電話がありました。"
        _tell(tx, roster, "calls_low", Card(title, text, tone="urgent"))


def _tell(tx: Transaction, roster: Roster, what: What, card: Card) -> None:
    month = f"{tx.now.astimezone(roster.zone):%Y-%m}"
    if not claim_run(tx, roster.organization, f"quota.{what}", month):
        return
    for manager in roster.managers():
        channel, address = ("slack", manager.slack) if manager.slack else chat_of(manager)
        if address and not (what == "line_used" and channel == "line"):
            say(tx, roster.organization, channel, address, card)
