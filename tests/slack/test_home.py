"""The Home tab and the shortcut."""

import pytest

from bot.language.model import Kind
from bot.office.model import Plan
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster
from handlers.chat.plan import NAMES, plan_card
from tests.support.midori import OFFICE
from tests.support.slack_desk import SlackDesk


async def test_home_shows_ones_day_and_everybody(desk: SlackDesk) -> None:
    await desk.member("ito").types("/tori", "有休")
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    await mori.opens_home()
    home = await mori.sees_home("あなたの予定")
    assert "外出" in home.text
    assert "伊藤 さくらさん: 休み" in home.text


async def test_a_tap_at_home_changes_the_status_and_the_page(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    await mori.opens_home()
    await mori.sees_home("外出")
    await mori.taps("戻りました")
    await mori.sees_home("登録されている予定はありません")
    assert desk.presence("mori").kind is None


async def test_a_status_is_set_from_home_by_a_form(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.opens_home()
    await mori.taps("状況を登録する")
    await mori.sees_modal("状況の登録")
    assert await mori.submits({"kind": "会議", "note": "A社"}) == {}
    await mori.sees("会議")
    await mori.sees_home("会議")
    assert desk.presence("mori").kind is Kind.MEETING


async def test_the_shortcut_opens_the_form(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.uses_shortcut("status_edit")
    await mori.sees_modal("状況の登録")
    assert await mori.submits({"kind": "在宅"}) == {}
    await mori.sees("在宅")
    assert desk.presence("mori").kind is Kind.REMOTE


async def test_the_messages_tab_publishes_nothing(desk: SlackDesk) -> None:
    assert await desk.member("mori").opens_home("messages") is None


async def test_a_stranger_finds_whom_to_ask_at_home(desk: SlackDesk) -> None:
    guest = desk.slack.user("U0GUEST")
    await guest.opens_home()
    home = await guest.sees_home("まだ取次ぎに登録されていません")
    assert "森" not in home.text


async def test_a_slack_that_will_not_show_the_page_does_no_harm(desk: SlackDesk) -> None:
    desk.slack.faults.order("views.publish", "error")
    await desk.member("mori").opens_home()
    await desk.member("mori").opens_home()
    await desk.member("mori").sees_home("登録されている予定はありません")


async def test_managers_see_what_the_office_has_and_others_do_not(desk: SlackDesk) -> None:
    oka, mori = desk.member("oka"), desk.member("mori")
    await oka.opens_home()
    home = await oka.sees_home("この事務所で使えること")
    assert "プラン: premium" in home.text
    await mori.opens_home()
    assert "プラン" not in (await mori.sees_home("みんなの状況")).text


@pytest.mark.parametrize("plan", list(Plan))
def test_only_what_is_on_is_named(plan: Plan) -> None:
    office = OFFICE.model_copy(update={"plan": plan})
    named = plan_card(Roster(office, {}, "1")).text.split("・")
    assert ("取次ぎ" in named) == allowed(office, Feature.TRANSFER)
    assert ("英語" in named) == allowed(office, Feature.ENGLISH)
    assert "伝言" in named


def test_every_feature_has_a_name() -> None:
    options = {feature.value: True for feature in Feature}
    office = OFFICE.model_copy(update={"options": options})
    assert len(NAMES) == len(Feature)
    assert plan_card(Roster(office, {}, "1")).text == "・".join(NAMES.values())
