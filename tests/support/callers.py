"""Callers who leave a message whatever happens to the machines, and how often the office was told of it."""

from simulator.twilio.telephone import Call
from tests.support.processes import MAIN, Deployment, eventually

GREETING = "スマイルコーポレーション"
FALLBACK = "ご伝言のみ承ります"
PATIENCE = 40.0


async def hears_one_of(call: Call, *words: str) -> str:
    """Whichever of the words comes first.

    Raises:
        AssertionError: none does; with all that was heard.
    """
    try:
        return await eventually(
            lambda: next((word for word in words if word in call.everything_heard), None), "", PATIENCE
        )
    except TimeoutError:
        raise AssertionError(f"none of {words}, but {call.told()}") from None


async def leaves_word(deployment: Deployment, number: str) -> Call:
    """A caller leaves a message: in the conversation, or on the tape if a step was lost."""
    call = await deployment.twilio.phone(number).dials(MAIN)
    heard = await hears_one_of(call, FALLBACK, GREETING)
    await call.says("アオバ商事の三上と申します。佐藤さんに伝言をお願いします", within=PATIENCE)
    if heard != FALLBACK and await hears_one_of(call, FALLBACK, "三上様") == FALLBACK:
        await call.says("アオバ商事の三上です。佐藤さんに、折り返しをお願いします", within=PATIENCE)
    if FALLBACK in call.everything_heard:
        await call.hears("お預かりいたしました", within=PATIENCE)
    if not call.ended:
        await call.hangs_up()
    return call


def times_told(deployment: Deployment, number: str) -> int:
    """How often the calls channel has a card with a caller's number (`+8150…`)."""
    shown = f"0{number[3:5]}-{number[5:9]}-{number[9:]}"
    return sum(shown in message.text for message in deployment.slack.channel("C0CALLS").messages)
