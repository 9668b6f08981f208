"""Callers who get through whatever happens to the machines, and what the office was told of them."""

import asyncio
import contextlib

from simulator.twilio.telephone import Call
from tests.support.processes import MAIN, Deployment, eventually

GREETING = "スマイルコーポレーション"
FALLBACK = "ご伝言のみ承ります"
PROMISE = "30分ほどで"
PATIENCE = 60.0


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


async def wants_to_speak(deployment: Deployment, number: str, promises: set[str]) -> Call:
    """A caller asks for 佐藤, and leaves with a promise (noted in `promises`), an excuse, or on the tape."""
    call = await deployment.twilio.phone(number).dials(MAIN)
    heard = await hears_one_of(call, FALLBACK, GREETING)
    await call.says("アオバ商事の三上と申します。佐藤さんをお願いします", within=PATIENCE)
    if heard != FALLBACK:
        heard = await hears_one_of(call, FALLBACK, PROMISE, "折り返しお電話を差し上げ", "連絡が取れません")
        if heard == PROMISE:
            promises.add(number)
        elif heard == FALLBACK:
            await call.says("アオバ商事の三上です。佐藤さんに、折り返しをお願いします", within=PATIENCE)
    if FALLBACK in call.everything_heard:
        await call.hears("お預かりいたしました", within=PATIENCE)
    if not call.ended:
        await call.hangs_up()
    return call


async def promises_everybody(deployment: Deployment) -> None:
    """佐藤 answers every card, and again where the answer got lost, until cancelled."""
    sato = deployment.slack.user("U0SATO")
    while True:
        for card in sato.dm:
            if any(button.label == "30分後に折り返す" for button in card.buttons):
                with contextlib.suppress(AssertionError):  # Slack says that it did not work
                    await sato.taps("30分後に折り返す", on=card, stale=True)
        await asyncio.sleep(0.1)


def cards_of(deployment: Deployment, number: str) -> list[str]:
    """What the calls channel shows of a caller (`+8150…`)."""
    shown = f"0{number[3:5]}-{number[5:9]}-{number[9:]}"
    return [m.text for m in deployment.slack.channel("C0CALLS").messages if shown in m.text]


def times_told(deployment: Deployment, number: str) -> int:
    """How often the calls channel has a card with a caller's number (`+8150…`)."""
    return len(cards_of(deployment, number))
