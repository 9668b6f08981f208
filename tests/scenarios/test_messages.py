"""Messages until they are done: people away lose nothing, nobody is disturbed for nothing, once each."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import aiohttp
import pytest_asyncio

from bot.messages.rules import Facts, destinations
from bot.office.roster import roster_of
from bot.store.transaction import Transaction
from handlers.commands.token import run as make_token
from tests.support.world import OFFICE_FILE, TOKYO, World

NO_PICTURES = OFFICE_FILE.read_text(encoding="utf-8") + "options: {pictures: false}\n"
"""Drawing takes a second of each evening that goes by here."""


@pytest_asyncio.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with World(database_url, office=NO_PICTURES).running() as running:
        yield running


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


async def message_for(
    world: World, whom: str = "栗本課長", wish: str = "", number: str = "+81311112222"
) -> None:
    """アオバ商事の三上 leaves a message."""
    call = await world.caller(number).dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says(f"アオバ商事の三上です。{wish}{whom}に伝言をお願いします")
    await call.hears("三上様")
    await call.hangs_up()
    await world.calls_channel_sees("三上様からお電話がありました")
    await world.settled()


def seen(member: object, *words: str) -> int:
    """How many messages to this person alone have all these words."""
    own = member.dm if hasattr(member, "dm") else member.screen
    return sum(all(word in message.text for word in words) for message in own)


# ---- absent people lose nothing ------------------------------------------------------------------


async def test_on_leave_the_backups_get_it_marked_and_the_person_one_bundle_at_opening(world: World) -> None:
    kurimoto, sato = world.on_slack("kurimoto"), world.on_slack("sato")
    await kurimoto.types("/tori", "休み 明日まで")
    await kurimoto.sees("お電話の方への案内")
    await message_for(world)
    await message_for(world, number="+81311113333")
    card = await sato.sees("三上様からお電話がありました", "栗本さんがお休みのため、代わりにお届けしています")
    assert seen(world.on_line("suzuki"), "栗本さんがお休みのため")
    assert not seen(kurimoto, "三上様")
    await world.calls_channel_sees("栗本さんはお休みです", "に届けました")
    await sato.types("/calls")
    await sato.sees("未対応の伝言", "三上様", "宛先", "栗本さん")
    await sato.taps("対応済み", on=card)
    for moment in (at(20), at(9, day=25), at(8, 59, day=26)):
        await world.reaches(moment)
        assert not seen(kurimoto, "三上様"), moment
    await world.reaches(at(9, day=26))
    await kurimoto.sees("ご不在の間の伝言 2件", "三上様", "対応済み")
    for later in (at(9, 1, day=26), at(12, day=26)):
        await world.reaches(later)
    assert seen(kurimoto, "ご不在の間の伝言") == 1


async def test_who_comes_back_early_gets_the_bundle_at_once(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "休み")
    await message_for(world)
    await world.reaches(at(11))
    assert not seen(kurimoto, "三上様")
    await kurimoto.types("/back")
    await world.passes(seconds=1)
    await kurimoto.sees("ご不在の間の伝言 1件", "三上様")


async def test_half_a_day_off_ends_inside_the_hours_and_so_does_the_waiting(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "午前半休")
    await message_for(world)
    await world.reaches(at(12, 59))
    assert not seen(kurimoto, "三上様")
    await world.reaches(at(13))
    await kurimoto.sees("ご不在の間の伝言 1件", "三上様")


async def test_a_leave_over_a_long_weekend_is_not_forgotten(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "休み 27日まで")
    await message_for(world)
    for moment in (at(0, 1, day=28), at(12, day=29), at(8, 59, day=30)):
        await world.reaches(moment)
        assert not seen(kurimoto, "三上様"), moment
    await world.reaches(at(9, day=30))
    await kurimoto.sees("ご不在の間の伝言 1件")


async def test_a_leave_that_is_extended_waits_on(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await kurimoto.types("/tori", "休み")
    await message_for(world)
    await world.reaches(at(17))
    await kurimoto.types("/tori", "休み 明日まで")
    await world.reaches(at(9, 30, day=25))
    assert not seen(kurimoto, "三上様")
    await world.reaches(at(9, 1, day=26))
    await kurimoto.sees("ご不在の間の伝言 1件")


async def test_backups_on_leave_are_passed_over_for_the_managers(world: World) -> None:
    saito, ken = world.on_slack("saito"), world.on_slack("sato.ken")
    await saito.types("/tori", "休み")
    await ken.types("/tori", "休み")
    await message_for(world, "開発の斎藤さん")
    await world.on_slack("ono").sees("三上様からお電話がありました", "斎藤さんがお休みのため")
    assert not seen(ken, "三上様")


# ---- quiet hours -----------------------------------------------------------------------------------


async def test_in_quiet_hours_the_calls_channel_hears_and_the_person_in_the_morning(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await world.reaches(at(20))
    await message_for(world)
    assert not seen(kurimoto, "三上様")
    await world.reaches(at(8, 29, day=25))
    assert not seen(kurimoto, "三上様")
    await world.reaches(at(8, 30, day=25))
    await kurimoto.sees("三上様からお電話がありました")
    await world.reaches(at(8, 31, day=25))
    assert seen(kurimoto, "三上様からお電話がありました") == 1


async def test_several_of_one_night_come_on_one_card_and_one_push(world: World) -> None:
    suzuki = world.on_line("suzuki")
    await world.reaches(at(20))
    for number in ("+81311112222", "+81311113333", "+81311114444"):
        await message_for(world, "営業の鈴木さん", number=number)
    await world.reaches(at(8, 30, day=25))
    await suzuki.sees("ご不在の間の伝言 3件", "三上様")
    assert len(suzuki.screen) == 1


async def test_an_urgent_message_waits_for_no_morning(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await world.reaches(at(20))
    await message_for(world, wish="至急の件なのですが、")
    await kurimoto.sees("【至急】", "三上様からお電話がありました")


# ---- followed up until done --------------------------------------------------------------------------


async def test_the_ladder_in_its_order_each_step_once(world: World) -> None:
    kurimoto, sato, ono = (world.on_slack(name) for name in ("kurimoto", "sato", "ono"))
    await message_for(world)
    await kurimoto.sees("三上様からお電話がありました")
    await world.reaches(at(10, 44))
    assert not seen(kurimoto, "未対応です")
    await world.reaches(at(10, 46))
    await world.reaches(at(10, 47))
    assert seen(kurimoto, "未対応です") == 1
    await world.reaches(at(11, 31))
    assert seen(kurimoto, "未対応です") == 2
    assert not seen(sato, "三上様")
    await world.reaches(at(12, 31))
    await sato.sees("三上様からお電話がありました", "栗本さんがまだ対応していないため")
    assert not seen(ono, "三上様")
    await world.reaches(at(14, 31))
    await ono.sees("三上様からお電話がありました", "管理者")
    await world.reaches(at(17))
    assert (seen(kurimoto, "三上様"), seen(sato, "三上様"), seen(ono, "三上様")) == (3, 1, 1)


async def test_done_ends_the_ladder_and_closes_its_cards(world: World) -> None:
    kurimoto, sato = world.on_slack("kurimoto"), world.on_slack("sato")
    await message_for(world)
    await world.reaches(at(10, 46))
    reminder = await kurimoto.sees("未対応です")
    await kurimoto.taps("対応済み", on=reminder)
    await kurimoto.sees("対応済み: アオバ商事の三上様からの伝言")
    await world.calls_channel_sees("対応済み: ")
    await world.reaches(at(16))
    assert not seen(sato, "三上様")
    assert not seen(kurimoto, "未対応です")


async def test_steps_missed_while_down_come_as_one(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await message_for(world)
    await world.reaches(at(12, 0))
    assert seen(kurimoto, "未対応です") == 1


async def test_a_promise_is_recalled_before_it_is_due_when_it_is_and_goes_up(world: World) -> None:
    ono, ken = world.on_slack("ono"), world.on_slack("sato.ken")
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await ono.sees("江川様からお電話です")
    await ono.taps("30分後に折り返す")
    await call.hears("30分ほどで")
    await call.hangs_up()
    await ono.sees("江川様からお電話がありました")
    await world.reaches(at(10, 54))
    assert not seen(ono, "お約束の時刻")
    await world.reaches(at(10, 56))
    await ono.sees("江川様へのお約束の時刻が近づいています")
    await world.reaches(at(11, 1))
    await ono.sees("江川様へのお約束の時刻です")
    await world.reaches(at(11, 2))
    assert seen(ono, "お約束の時刻") == 2
    await world.reaches(at(15, 2))
    await ken.sees("江川様からお電話がありました")


async def test_a_short_promise_is_recalled_at_half_its_time(world: World) -> None:
    ono = world.on_slack("ono")
    call = await world.caller("+815012345678").dials(world.main_number)
    await call.hears("スマイルコーポレーション")
    await call.says("スマイル企画の江川です。総務の大野さんをお願いします")
    await ono.sees("江川様からお電話です")
    await ono.taps("5分後に折り返す")
    await call.hears("5分ほどで")
    await call.hangs_up()
    await ono.sees("江川様からお電話がありました")
    await world.reaches(at(10, 32))
    assert not seen(ono, "お約束の時刻")
    await world.reaches(at(10, 33))
    await ono.sees("お約束の時刻が近づいています")


# ---- 折り返す ----------------------------------------------------------------------------------------


async def test_a_call_back_rings_the_desk_then_the_caller_and_keeps_the_promise(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await message_for(world)
    card = await kurimoto.sees("三上様からお電話がありました")
    await kurimoto.taps("折り返す", on=card)
    ring = await world.telephone_of("kurimoto").rings()
    assert ring.shows == world.main_number
    desk = await ring.answers()
    await desk.hears("アオバ商事の三上様への折り返しです")
    await desk.presses("1")
    outside = await world.caller("+81311112222").rings()
    assert outside.shows == world.main_number
    answered = await outside.answers()
    await desk.talks_with("+81311112222")
    await answered.hangs_up()
    await desk.ends()
    await world.calls_channel_sees("折り返し済み: 栗本さん")
    await world.reaches(at(16))
    assert not seen(kurimoto, "未対応です"), "a call back that reached the caller ends the ladder"
    assert not seen(world.on_slack("sato"), "三上様")


async def test_a_caller_who_does_not_answer_is_said_so_and_the_message_stays_open(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await message_for(world)
    card = await kurimoto.sees("三上様からお電話がありました")
    await kurimoto.taps("折り返す", on=card)
    desk = await (await world.telephone_of("kurimoto").rings()).answers()
    await desk.hears("三上様への折り返しです")
    await desk.presses("1")
    await (await world.caller("+81311112222").rings()).rejects()
    await desk.hears("お出になりませんでした", within=20)
    await desk.ends()
    await kurimoto.sees("三上様への折り返し: お客様が", "03-1111-2222")
    await world.reaches(at(10, 46))
    assert seen(kurimoto, "未対応です") == 1


async def test_a_desk_that_does_not_answer_calls_nobody(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await message_for(world)
    card = await kurimoto.sees("三上様からお電話がありました")
    await kurimoto.taps("折り返す", on=card)
    await (await world.telephone_of("kurimoto").rings()).rejects()
    await kurimoto.sees("おかけしていません")
    assert not world.caller("+81311112222").times_rung


async def test_two_taps_ring_once_and_a_colleague_hears_that_it_runs(world: World) -> None:
    kurimoto, sato = world.on_slack("kurimoto"), world.on_slack("sato")
    await message_for(world)
    card = await kurimoto.sees("三上様からお電話がありました")
    shared = await world.calls_channel_sees("三上様からお電話がありました")
    await kurimoto.taps("折り返す", on=card)
    ring = await world.telephone_of("kurimoto").rings()
    await kurimoto.taps("折り返す", on=card)
    await sato.taps("折り返す", on=shared)
    await sato.sees("いま、ほかの呼び出しで")
    assert world.telephone_of("kurimoto").times_rung == 1
    assert not world.telephone_of("sato").times_rung
    desk = await ring.answers()
    await desk.presses("2")
    await desk.ends()
    await kurimoto.sees("取りやめました")


async def test_without_a_telephone_the_number_is_there_to_tap(world: World) -> None:
    takahashi = world.on_line("takahashi")
    await message_for(world, "総務の高橋さん")
    card = await takahashi.sees("三上様からお電話がありました")
    await takahashi.taps("折り返す", on=card)
    answer = await takahashi.sees("三上様に折り返す", "03-1111-2222")
    assert "鳴らします" not in answer.text


async def test_a_desk_that_rings_in_vain_is_stopped_when_the_platform_says_nothing(world: World) -> None:
    kurimoto = world.on_slack("kurimoto")
    await message_for(world)
    card = await kurimoto.sees("三上様からお電話がありました")
    await kurimoto.taps("折り返す", on=card)
    ring = await world.telephone_of("kurimoto").rings()
    await world.settled()
    await world.passes(seconds=40)
    await ring.stops()
    await kurimoto.sees("おかけしていません")


async def until(there: Callable[[], bool], within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        while not there():
            await asyncio.sleep(0.01)


# ---- LINE's month ------------------------------------------------------------------------------------


def expected(logged: list[dict[str, object]]) -> None:
    """The refusal is logged as an error, as it must be."""
    refused = [line for line in logged if line["event"] == "outbox.refused"]
    assert refused
    for line in refused:
        logged.remove(line)


async def test_over_quota_the_other_chat_is_used_and_managers_hear_once(world: World, logged: list) -> None:
    suzuki, ono = world.on_slack("suzuki"), world.on_slack("ono")
    world.line.account.quota = 0
    for number, shown in (("+81311112222", "03-1111-2222"), ("+81311113333", "03-1111-3333")):
        await message_for(world, "営業の鈴木さん", number=number)
        await until(lambda words=shown: seen(suzuki, "三上様からお電話がありました", words) == 1)
    await until(lambda: seen(ono, "使い切りました") > 0)
    assert seen(ono, "LINE の今月の送信数を使い切りました") == 1
    expected(logged)


async def test_managers_are_warned_once_a_month_before_it_runs_out(world: World) -> None:
    ono = world.on_slack("ono")
    takahashi = world.on_line("takahashi")
    world.line.account.quota = 3
    await message_for(world, "総務の高橋さん")
    card = await takahashi.sees("三上様からお電話がありました")
    await takahashi.taps("対応済み", on=card)
    await takahashi.sees("対応済みにしました")
    await world.passes(seconds=1)
    await world.settled()
    assert not seen(ono, "残りわずか")
    world.line.account.quota = 1
    await world.reaches(at(12))
    await world.reaches(at(13))
    assert seen(ono, "残りわずか") == 1


# ---- rules -------------------------------------------------------------------------------------------

RULES = """
rules:
  - {name: 契約の話, words: [契約], people: [watanabe, takahashi], slack: [C0DIGEST], mention: ono}
  - {name: 営業の夜間, departments: [営業], between: {from: "18:00", to: "09:00"}, people: [ono]}
  - {name: 大事なお客様, callers: ["+81311112222"], urgent: true, slack: [C0KINTAI]}
"""


async def test_rules_send_a_message_further_by_words_hour_and_caller(sqlite_url: str) -> None:
    async with World(sqlite_url, office=NO_PICTURES + RULES).running() as world:
        await message_for(world, wish="契約の件でお電話しました。")
        await world.on_line("takahashi").sees("三上様からお電話がありました", "会社の設定により")
        [shown] = world.slack.channel("C0DIGEST").messages
        assert "三上様" in shown.text
        assert "<@U0ONO>" in shown.plain
        assert not world.slack.channel("C0KINTAI").messages
        assert not seen(world.on_slack("ono"), "三上様")
        await world.reaches(at(18, 30))
        await message_for(world, wish="至急、", number="+81311112222")
        await world.on_slack("ono").sees("【至急】", "会社の設定により")
        assert any("三上様" in message.text for message in world.slack.channel("C0KINTAI").messages)


async def test_the_dry_run_says_where_and_why(sqlite_url: str) -> None:
    world = World(sqlite_url, office=NO_PICTURES + RULES)
    async with world.running():
        await world.on_slack("kurimoto").types("/tori", "休み")
        await world.settled()

        def told(tx: Transaction) -> list[str]:
            facts = Facts("kurimoto", "営業", "", "アオバ商事 契約の件", urgent=False)
            return [f"{where}: {why}" for where, why in destinations(tx, roster_of(tx, "smile"), facts)]

        said = "\n".join(world.services.store.read_now(told))
        for words in (
            "栗本 太郎: 休みのため",
            "佐藤 花子: 栗本 太郎さんが休みのため代理",
            "Slack C0CALLS: 電話のチャンネル",
            "高橋 恵: 規則 契約の話: 言葉「契約」",
            "Slack C0DIGEST: 規則 契約の話",
        ):
            assert words in said
        assert "営業の夜間" not in said


# ---- one state everywhere ----------------------------------------------------------------------------


async def test_done_in_line_is_done_in_slack_for_stand_ins_and_for_programs(world: World) -> None:
    suzuki, sato = world.on_line("suzuki"), world.on_slack("sato")
    await message_for(world, "営業の鈴木さん")
    card = await suzuki.sees("三上様からお電話がありました")
    await world.reaches(at(12, 31))
    await sato.sees("三上様からお電話がありました", "鈴木さんがまだ対応していないため")
    await suzuki.taps("対応済み", on=card)
    await suzuki.sees("対応済みにしました")
    await world.calls_channel_sees("対応済み: ", "三上様", "対応済み: 鈴木さん")
    await sato.sees("対応済み: アオバ商事の三上様からお電話がありました")
    token = make_token(world.services.settings, "pbx", ["messages:read"], None).splitlines()[-1]
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as program:
        async with program.get(f"{world.base_url}/api/v1/messages?state=done") as answer:
            [message] = (await answer.json())["messages"]
        assert (message["state"], message["done_by"]) == ("done", "suzuki")
        async with program.get(f"{world.base_url}/api/v1/messages?state=open") as answer:
            assert (await answer.json())["messages"] == []


async def test_over_quota_a_group_is_not_said_to_be_shut(sqlite_url: str, logged: list) -> None:
    office = NO_PICTURES.replace("digest: {daily", f"line: {{calls_group: C{'1' * 32}}}\ndigest: {{daily")
    async with World(sqlite_url, office=office).running() as world:
        ono = world.on_slack("ono")
        world.line.account.quota = 0
        await message_for(world)
        await until(lambda: seen(ono, "使い切りました") > 0)
        await world.settled()
        assert not seen(ono, "電話のチャンネルに投稿できません")
        expected(logged)
