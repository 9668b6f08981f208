"""The Home tab and the shortcut."""

from datetime import timedelta

import pytest

from bot.language.model import Basis, Entry, Kind
from bot.office.apply import apply_office
from bot.office.file import PersonInFile
from bot.office.model import Person, Plan
from bot.office.plans import Feature, allowed
from bot.office.roster import Roster, roster_of
from bot.presence.verbs import Actor, set_presence
from bot.store.transaction import Transaction
from handlers.chat.plan import NAMES, plan_card
from tests.support.midori import OFFICE, ORGANIZATION, PEOPLE, member
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


async def test_a_change_at_home_is_answered_with_the_way_back(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "明日 出張")
    await mori.opens_home()
    await mori.sees_home("出張")
    await mori.taps("① 取り消し", on=mori.home)
    gone = await mori.sees("取り消しました: 11月25日(水) 出張")
    await mori.sees_home("登録されている予定はありません")
    await mori.taps("取り消し", on=gone)
    await mori.sees("取り消しました")
    assert desk.presence("mori", desk.clock.now() + timedelta(days=1)).kind is Kind.TRIP


async def test_a_form_left_open_for_an_hour_is_still_answered(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    card = await mori.types("/tori", "外出 15時まで")
    await mori.taps("変更", on=card)
    await mori.sees_modal("状況の変更")
    await desk.slack.settled()
    desk.clock.passes(hours=1)
    assert await mori.submits({"note": "大宮"}) == {}
    await mori.sees("変更しました: 今日 15:00 まで 外出(大宮)")
    await desk.settled()


@pytest.mark.parametrize("staff", [0, 40, 200])
async def test_home_shows_the_whole_office(desk: SlackDesk, staff: int) -> None:
    """Nobody is left out, and Slack takes it; half of them are away."""
    new = tuple(
        member(f"p{number:03}", f"佐々木 {number}太郎", f"第{number % 7}営業部", phone=f"+8190{number:08}")
        for number in range(staff)
    )

    def grow(tx: Transaction) -> None:
        apply_office(
            tx, OFFICE, [PersonInFile(one, frozenset(Person.model_fields)) for one in (*PEOPLE, *new)]
        )
        roster = roster_of(tx, ORGANIZATION)
        trip = Entry(Kind.TRIP, tx.now, tx.now + timedelta(days=2), Basis.STATED, "株式会社青空物産 大阪本社")
        for one in new[::2]:
            set_presence(tx, roster, roster.people[one.id], (trip,), Actor(one.id, "api"))

    desk.services.store.run_now(grow)
    mori = desk.member("mori")
    await mori.opens_home()
    home = await mori.sees_home("みんなの状況")
    for one in (*PEOPLE, *new):
        assert one.name in home.text
    assert home.text.count("出張(株式会社青空物産 大阪本社)") == len(new[::2])
    assert len(home.body["blocks"]) <= 100
    command = await mori.types("/status", "みんな")
    assert staff < 100 or "ほか" in command.text
