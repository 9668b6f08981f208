"""What a tap on an offer's card is answered: who took the call, or why the tap came to nothing."""

from bot.delivery.wording import name_of
from bot.platforms.cards import Card, Tone
from bot.transfers.model import Answer, TapResult, TransferState, Verdict
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
_ENDED = {
    "hung_up": "お客様が先にお切りになりました。",
    "gave_up": "お客様はお待ちにならず、伝言に進まれました。",
    "cancelled": "この取次ぎは取りやめになりました。",
    "message": "すでに伝言として承っています。",
}


def answer_tap(talk: Talk, offer: str, answer: Answer) -> Reply:
    """Record an answer to an offer and say what became of it."""
    result = answer_offer(talk.tx, talk.roster, offer, talk.person, answer)
    tone: Tone = "good" if result.verdict is Verdict.TAKEN else "plain"
    return Reply(Card(text=_sentence(talk, result), tone=tone))


def _sentence(talk: Talk, result: TapResult) -> str:
    if result.verdict is Verdict.TAKEN:
        return _TAKEN[result.answer]
    if result.verdict is Verdict.AGAIN:
        return f"すでにお答えいただいています。{_TAKEN[result.answer]}"
    return _VERDICTS.get(result.verdict) or _too_late(talk, result)


def _too_late(talk: Talk, result: TapResult) -> str:
    """The call was decided before this tap, or the time for it is over."""
    by = "あなた" if result.decided_by == talk.person.id else name_of(talk.roster, result.decided_by)
    if by and result.state in (TransferState.ACCEPTED, TransferState.CONNECTED):
        return f"{by}がすでにお受けになっています。" if by == "あなた" else f"{by}がお受けしました。"
    if by and result.state is TransferState.PROMISED:
        return f"{by}が折り返しをお約束しています。"
    if result.reason in _ENDED:
        return _ENDED[result.reason]
    if result.state is TransferState.ASKING:
        return "お時間が過ぎたため、ほかの担当者に確認しています。"
    return "お時間が過ぎたため、伝言として承ります。"
