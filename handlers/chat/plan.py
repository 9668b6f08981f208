"""What the office's plan has, for managers. What it lacks is not spoken of."""

from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from bot.platforms.cards import Card

NAMES = {
    Feature.MESSAGE: "伝言",
    Feature.FOLLOW_UP: "伝言の催促",
    Feature.DIGEST: "日報・週報",
    Feature.STATUS: "状況に応じたご案内",
    Feature.PROMISE: "折り返しのお約束",
    Feature.ALTERNATIVES: "ほかの担当者のご案内",
    Feature.TRANSFER: "取次ぎ",
    Feature.BACKUPS: "代理の方への取次ぎ",
    Feature.VIP: "VIP のお客様",
    Feature.AFTER_HOURS: "時間外の取次ぎ",
    Feature.URGENT_WHEN_AWAY: "不在中のお急ぎの取次ぎ",
    Feature.ESCALATION: "管理者への引き継ぎ",
    Feature.SCRIPTS: "文の差し替え",
    Feature.MAIL: "メールアドレスのご案内",
    Feature.SMS: "SMS",
    Feature.ENGLISH: "英語",
    Feature.RECORDING: "録音",
    Feature.CALLER_RULES: "お客様ごとの扱い",
    Feature.PICTURES: "図",
}


def plan_card(roster: Roster) -> Card:
    """The features that are on, in the order of the plans."""
    on = "・".join(name for feature, name in NAMES.items() if allowed(roster.office, feature))
    return Card(title="この事務所で使えること", text=on, small=(f"プラン: {roster.office.plan.value}",))
