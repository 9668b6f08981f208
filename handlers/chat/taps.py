"""What a tap on an offer's card is answered: who took the call, or why the tap came to nothing."""

from bot.delivery.wording import name_of
from bot.platforms.cards import Card, Tone
from bot.transfers.model import Answer, OfferState, TapResult, TransferState, Verdict
from bot.transfers.verbs import answer_offer
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_TAKEN = {
    Answer.ACCEPT: "お受けします。お電話が鳴ったら「1」を押すとつながります。",
    Answer.DECLINE: "承知しました。お客様には、いまは出られないことを丁寧にお伝えします。",
    Answer.PROMISE_5: "承知しました。5分ほどで折り返すとお伝えします。",
    Answer.PROMISE_30: "承知しました。30分ほどで折り返すとお伝えします。",
    Answer.MESSAGE: "承知しました。伝言を承り、すぐにお届けします。",
    Answer.OTHER: "承知しました。ほかの担当者に確認します。",
}
_VERDICTS = {
    Verdict.NOT_ASKED: "この確認はほかの方あてのため、お答えいただけません。",
    Verdict.NO_TELEPHONE: "電話番号が未登録のため、おつなぎできません。折り返しか伝言をお選びください。",
    Verdict.ENGAGED: "お電話が通話中のため、おつなぎできません。折り返しか伝言をお選びください。",
    Verdict.UNKNOWN: "この取次ぎは見つかりませんでした。",
}
_LOST = {
    "hung_up": "お客様が先にお切りになりました。",
    "gave_up": "お客様はお待ちにならず、伝言に進まれました。",
    "cancelled": "この取次ぎは取りやめになりました。",
    "unreachable": "お客様につながらなくなりました。",
}
_GIVEN: dict[OfferState | None, str] = {
    OfferState.ACCEPTED: "すでにお受けになっています。お電話が鳴ったら「1」を押してください。",
    OfferState.CONNECTED: "すでにお受けになっています。",
    OfferState.DECLINED: "すでに「出られない」とお答えいただいています。",
    OfferState.PASSED: "すでにほかの担当者に回しています。",
    OfferState.MESSAGE: "すでに伝言として承っています。",
    OfferState.NO_ANSWER: "お電話に応答がなかったため、次の対応に進みました。",
}


def answer_tap(talk: Talk, offer: str, answer: Answer) -> Reply:
    """Record an answer to an offer and say what became of it."""
    result = answer_offer(talk.tx, talk.roster, offer, talk.person, answer)
    tone: Tone = "good" if result.verdict is Verdict.TAKEN else "plain"
    return Reply(Card(text=_sentence(talk, result), tone=tone))


def _sentence(talk: Talk, result: TapResult) -> str:
    if result.verdict is Verdict.TAKEN:
        return _TAKEN[result.answer]
    if result.verdict is Verdict.AGAIN and result.reason not in _LOST:
        return f"すでにお答えいただいています。{_TAKEN[result.answer]}"
    return _VERDICTS.get(result.verdict) or _too_late(talk, result)


def _too_late(talk: Talk, result: TapResult) -> str:
    """The call was decided before this tap, or the time for it is over."""
    if result.reason in _LOST:
        return _LOST[result.reason]
    if result.own is OfferState.PROMISED:
        return f"すでに{result.promise_minutes}分後の折り返しをお約束いただいています。"
    return _taken_by_another(talk, result) or _GIVEN.get(result.own) or _out_of_time(result)


def _taken_by_another(talk: Talk, result: TapResult) -> str:
    by = name_of(talk.roster, result.decided_by) if result.decided_by != talk.person.id else ""
    if by and result.state in (TransferState.ACCEPTED, TransferState.CONNECTED):
        return f"{by}がお受けしました。"
    if by and result.state is TransferState.PROMISED:
        return f"{by}が折り返しをお約束しています。"
    return ""


def _out_of_time(result: TapResult) -> str:
    if result.state is TransferState.ASKING:
        return "お時間が過ぎたため、ほかの担当者に確認しています。"
    return "お時間が過ぎたため、伝言として承ります。"
