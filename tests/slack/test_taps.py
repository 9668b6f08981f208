"""Buttons on offers, messages and statuses: once, by the right person, with a kind word."""

import asyncio

import pytest

from bot.delivery.say import say
from bot.language.model import Basis, Kind
from bot.messages.verbs import message_of
from bot.office.roster import roster_of
from bot.platforms.cards import Button, Card
from bot.presence.timeline import StoredEntry
from bot.presence.verbs import plan_of
from tests.support.midori import CALLS, ORGANIZATION
from tests.support.slack_desk import SlackDesk


def plan(desk: SlackDesk, staff: str) -> list[StoredEntry]:
    return desk.services.store.read_now(lambda tx: plan_of(tx, roster_of(tx, ORGANIZATION), staff))


@pytest.mark.parametrize(
    ("button", "word"),
    [
        ("つなぐ", "お受けします"),
        ("出られない", "承知しました"),
        ("5分後に折り返す", "5分ほどで折り返す"),
        ("30分後に折り返す", "30分ほどで折り返す"),
        ("伝言を頼む", "伝言を承り"),
    ],
)
async def test_every_answer_to_an_offer_is_confirmed(desk: SlackDesk, button: str, word: str) -> None:
    desk.call_for("nakata")
    nakata = desk.member("nakata")
    card = await nakata.sees("青空物産の江川様からお電話です")
    await nakata.taps(button, on=card)
    said = await nakata.sees(word, after=card)
    assert said.ephemeral_to == nakata.id
    await nakata.sees_gone(card, button)
    await desk.settled()
    await nakata.sees("江川様")


async def test_a_double_tap_counts_once_and_says_so(desk: SlackDesk) -> None:
    desk.call_for("nakata")
    nakata = desk.member("nakata")
    card = await nakata.sees("江川様からお電話です")
    await asyncio.gather(nakata.taps("つなぐ", on=card), nakata.taps("つなぐ", on=card, stale=True))
    await nakata.sees("すでにお答えいただいています")
    await nakata.sees_gone(card, "つなぐ")
    await desk.settled()
    await nakata.sees("江川様")


async def test_a_tap_too_late_learns_who_was_first(desk: SlackDesk) -> None:
    desk.call_for("mori")
    mori, ito = desk.member("mori"), desk.member("ito")
    card = await mori.sees("江川様からお電話です")
    await mori.taps("出られない", on=card)
    second = await ito.sees("江川様からお電話です")
    await ito.taps("つなぐ", on=second)
    await ito.sees("お受けします")
    await mori.taps("つなぐ", on=card, stale=True)
    await mori.sees("伊藤さんがお受けしました")
    await desk.settled()
    for one in (mori, ito):
        await one.sees("江川様")


async def test_an_offer_for_somebody_else_cannot_be_answered(desk: SlackDesk) -> None:
    desk.call_for("nakata")
    card = await desk.member("nakata").sees("江川様からお電話です")
    offer = card.buttons[0].value
    assert offer is not None
    forged = Card(text="転送", buttons=(Button("transfer_accept", "つなぐ", offer),))
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0ITO", forged))
    ito = desk.member("ito")
    await ito.taps("つなぐ", on=await ito.sees("転送"))
    await ito.sees("ほかの方あて")
    assert any(button.label == "つなぐ" for button in card.buttons)


async def test_an_offer_that_never_was_is_said_kindly(desk: SlackDesk) -> None:
    forged = Card(text="転送", buttons=(Button("transfer_accept", "つなぐ", "nothing"),))
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0ITO", forged))
    ito = desk.member("ito")
    await ito.taps("つなぐ", on=await ito.sees("転送"))
    await ito.sees("見つかりませんでした")


async def test_anyone_in_the_calls_channel_may_close_a_message_once(desk: SlackDesk) -> None:
    desk.message_for("mori")
    oka = desk.member("oka")
    await desk.member("mori").sees("江川様からお電話がありました")
    card = next(
        message for message in [await oka.sees("江川様からお電話がありました")] if message.channel == CALLS
    )
    await oka.taps("対応済み", on=card)
    await oka.sees("対応済みにしました")
    await desk.member("ito").taps("対応済み", on=card, stale=True)
    await desk.member("ito").sees("岡さんがすでに対応済みにしています")
    await desk.settled()
    await oka.sees("対応済み: ")
    await desk.member("mori").sees("対応済み: ")


async def test_somebody_without_an_entry_in_the_office_file_may_close_a_message_there(
    desk: SlackDesk,
) -> None:
    desk.message_for("hara")
    guest = desk.slack.user("U0GUEST")
    card = await guest.sees("江川様からお電話がありました")
    await guest.taps("折り返す", on=card)
    await guest.sees("まだ取次ぎに登録されていません")
    await guest.taps("対応済み", on=card)
    await guest.sees("対応済みにしました")
    await desk.settled()
    await guest.sees("対応済み: ")


async def test_calling_back_shows_a_number_to_tap(desk: SlackDesk) -> None:
    desk.message_for("mori")
    mori = desk.member("mori")
    card = await mori.sees("江川様からお電話がありました")
    await mori.taps("折り返す", on=card)
    said = await mori.sees("青空物産の江川様に折り返す", "03-1234-5678")
    assert "tel:+81312345678" in str(said.blocks)
    await desk.settled()


async def test_a_message_is_handed_to_a_colleague_by_a_form(desk: SlackDesk) -> None:
    message = desk.message_for("mori")
    mori = desk.member("mori")
    card = await mori.sees("江川様からお電話がありました")
    await mori.taps("担当変更", on=card)
    await mori.sees_modal("どなたにお願いしますか")
    assert await mori.submits({"colleague": "伊藤 さくら（営業）"}) == {}
    await mori.sees("伊藤さんにお願いしました")
    await desk.member("ito").sees("江川様からお電話がありました")
    row = desk.services.store.read_now(lambda tx: message_of(tx, ORGANIZATION, message))
    assert row.staff == "ito"
    await desk.settled()
    await mori.sees("江川様")


async def test_a_message_that_is_done_is_not_handed_on(desk: SlackDesk) -> None:
    desk.message_for("mori")
    mori = desk.member("mori")
    card = await mori.sees("江川様からお電話がありました")
    await mori.taps("対応済み", on=card)
    await desk.settled()
    await mori.taps("担当変更", on=card, stale=True)
    await mori.sees("対応済みの伝言は、担当を変えられません")
    assert mori.modal is None
    await mori.sees("対応済み: ")


async def test_a_status_is_changed_by_a_form(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    answer = await mori.types("/tori", "外出 15時まで")
    await mori.taps("変更", on=answer)
    await mori.sees_modal("状況の変更")
    until = desk.clock.now().replace(hour=7, minute=30)
    assert await mori.submits({"kind": "会議", "end": int(until.timestamp())}) == {}
    await mori.sees("変更しました", "会議")
    held = desk.presence("mori")
    assert (held.kind, held.end, held.basis) == (Kind.MEETING, until, Basis.STATED)
    assert len(plan(desk, "mori")) == 1
    await desk.settled()


async def test_a_form_says_at_its_field_what_is_wrong(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    answer = await mori.types("/tori", "外出 15時まで")
    await mori.taps("変更", on=answer)
    errors = await mori.submits({"end": int(desk.clock.now().timestamp()) - 60})
    assert list(errors) == ["end"]
    assert mori.modal is not None
    assert await mori.submits({"end": int(desk.clock.now().timestamp()) + 7200}) == {}
    await mori.sees("変更しました")
    await desk.settled()


async def test_nobody_elses_entry_is_changed_or_cancelled(desk: SlackDesk) -> None:
    await desk.member("mori").types("/tori", "外出 15時まで")
    entry = plan(desk, "mori")[0]
    buttons = tuple(
        Button(action, action, entry.id) for action in ("status_cancel", "status_edit", "status_extend")
    )
    forged = Card(text="他人の予定", buttons=buttons)
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0ITO", forged))
    ito = desk.member("ito")
    card = await ito.sees("他人の予定")
    for button in buttons:
        before = ito.screen[-1]
        await ito.taps(button.label, on=card)
        await ito.sees("ご本人か登録した方、管理者だけが変更できます", after=before)
    assert plan(desk, "mori") == [entry]


async def test_the_answers_to_are_you_back(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    entry = plan(desk, "mori")[0]
    desk.clock.passes(hours=4, minutes=40)
    labels = {"status_clear": "戻りました", "status_extend": "30分延長", "status_left": "今日は戻らない"}
    asked = Card(
        text="戻られましたか",
        buttons=tuple(Button(action, label, entry.id) for action, label in labels.items()),
    )
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0MORI", asked))
    card = await mori.sees("戻られましたか")
    await mori.taps("30分延長", on=card)
    await mori.sees("延長しました")
    extended = desk.presence("mori")
    assert extended.kind is Kind.OUT
    await mori.taps("30分延長", on=card, stale=True)
    await mori.sees("すでに終わったか、変更されています")
    assert desk.presence("mori") == extended
    await desk.settled()


@pytest.mark.parametrize(("action", "kind"), [("status_left", Kind.LEFT), ("status_clear", None)])
async def test_gone_for_today_or_back(desk: SlackDesk, action: str, kind: Kind | None) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    entry = plan(desk, "mori")[0]
    desk.clock.passes(hours=4, minutes=40)
    asked = Card(text="戻られましたか", buttons=(Button(action, "答える", entry.id),))
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0MORI", asked))
    await mori.taps("答える", on=await mori.sees("戻られましたか"))
    await mori.sees("お電話の方への案内")
    assert desk.presence("mori").kind is kind
    await desk.settled()


async def test_a_button_nobody_knows_is_said_kindly(desk: SlackDesk) -> None:
    old = Card(text="古いカード", buttons=(Button("status_dance", "踊る", "1"),))
    desk.services.store.run_now(lambda tx: say(tx, ORGANIZATION, "slack", "U0MORI", old))
    mori = desk.member("mori")
    await mori.taps("踊る", on=await mori.sees("古いカード"))
    await mori.sees("このボタンは古くなっています")


async def test_open_messages_are_listed_and_closed_from_the_list(desk: SlackDesk) -> None:
    desk.message_for("mori")
    mori = desk.member("mori")
    await mori.sees("江川様からお電話がありました")
    listed = await mori.types("/calls")
    assert "青空物産の江川様" in listed.text
    await mori.taps("① 対応済み", on=listed)
    await mori.sees("対応済みにしました")
    assert "未対応の伝言はありません" in (await mori.types("/calls")).text
    await desk.settled()
    await mori.sees("対応済み: ")
