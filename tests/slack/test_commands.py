"""Slash commands, from the keyboard of a member of staff to the words they read."""

import pytest

from bot.language.model import Kind
from tests.support.slack_desk import SlackDesk


async def test_a_business_trip_until_tomorrow_is_set_and_read_back(desk: SlackDesk) -> None:
    answer = await desk.member("mori").types("/away", "出張 明日まで")
    assert "出張" in answer.text
    assert "「" in answer.text
    assert "出張しております" in answer.text
    assert [button.label for button in answer.buttons] == ["取り消し", "変更"]
    assert desk.presence("mori").kind is Kind.TRIP


@pytest.mark.parametrize("command", ["/away", "/tori"])
async def test_both_names_of_the_command_do_the_same(desk: SlackDesk, command: str) -> None:
    await desk.member("ito").types(command, "外出 15時まで")
    assert desk.presence("ito").kind is Kind.OUT


async def test_taking_back_restores_what_was_before(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "在宅")
    before = desk.presence("mori")
    answer = await mori.types("/tori", "外出 15時まで")
    await mori.taps("取り消し", on=answer)
    await mori.sees("取り消しました", "在宅")
    assert desk.presence("mori") == before
    await desk.settled()


async def test_back_ends_what_holds_and_can_be_taken_back(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    answer = await mori.types("/back")
    assert "おかえりなさい" in answer.text
    assert desk.presence("mori").kind is None
    await mori.taps("status_cancel", on=answer)
    await mori.sees("取り消しました")
    assert desk.presence("mori").kind is Kind.OUT


async def test_on_behalf_of_a_colleague_who_hears_of_it_and_may_undo_it(desk: SlackDesk) -> None:
    answer = await desk.member("ito").types("/away", "@mori 出張 明日まで")
    assert "森さん" in answer.text
    assert desk.presence("mori").kind is Kind.TRIP
    assert desk.presence("ito").kind is None
    told = await desk.member("mori").sees("伊藤 さくらさんがあなたの状況を登録しました")
    await desk.member("mori").taps("取り消し", on=told)
    await desk.member("mori").sees("取り消しました")
    assert desk.presence("mori").kind is None
    await desk.settled()


async def test_of_two_namesakes_one_is_asked_for(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    answer = await mori.types("/tori", "中田さん 15時帰社")
    assert {button.label for button in answer.buttons} == {"中田 翔（技術）", "中田 恵（総務）"}
    assert desk.presence("nakata").kind is None
    await mori.taps("中田 恵（総務）", on=answer)
    await mori.sees("中田 恵さん: ")
    assert desk.presence("nakatak").kind is Kind.OUT
    assert desk.presence("nakata").kind is None
    await desk.member("nakatak").sees("森 健一さんがあなたの状況を登録しました")


async def test_a_repeated_command_counts_once(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    fields = {
        "command": "/tori",
        "text": "30分延長",
        "team_id": desk.slack.space.team,
        "user_id": mori.id,
        "trigger_id": "1.2.same",
        "response_url": "",
    }
    first = await desk.slack.inbound.form("/tori", fields)
    again = await desk.slack.inbound.form("/tori", fields)
    assert (first.status, again.status) == (200, 200)
    end = desk.presence("mori").end
    assert end is not None
    assert end.astimezone(desk.clock.now().tzinfo).strftime("%H:%M") == "06:30"  # 15:30 in Tokyo


async def test_a_stranger_is_told_whom_to_ask_and_nothing_else(desk: SlackDesk) -> None:
    answer = await desk.slack.user("U0GUEST").types("/status", "@mori")
    assert "まだ取次ぎに登録されていません" in answer.text
    assert "岡 久子さん" in answer.text
    assert "森" not in answer.text
    assert answer.buttons == []


async def test_whereis_tells_the_note_and_what_callers_hear(desk: SlackDesk) -> None:
    await desk.member("mori").types("/tori", "大阪へ出張 木曜まで")
    answer = await desk.member("ito").types("/whereis", "@mori")
    assert "大阪" in answer.text
    heard = answer.text.split("「")[-1]
    assert "出張" in heard
    assert "大阪" not in heard


async def test_everybody_at_a_glance(desk: SlackDesk) -> None:
    await desk.member("mori").types("/tori", "会議 11時半まで")
    await desk.member("nakata").types("/tori", "有休")
    answer = await desk.member("oka").types("/status", "みんな")
    assert "森 健一さん: 会議" in answer.text
    assert "中田 翔さん: 休み" in answer.text
    assert "伊藤 さくら ☎" in answer.text


async def test_ones_own_entries_can_each_be_cancelled(desk: SlackDesk) -> None:
    mori = desk.member("mori")
    await mori.types("/tori", "外出 15時まで")
    await mori.types("/tori", "明日 出張")
    listed = await mori.types("/status")
    assert [button.label for button in listed.buttons if "取り消し" in button.label] == [
        "① 取り消し",
        "② 取り消し",
    ]
    await mori.taps("② 取り消し", on=listed)
    await mori.sees("取り消しました: ", "出張")
    assert "出張" not in (await mori.types("/status")).text
    assert desk.presence("mori").kind is Kind.OUT
    await desk.settled()


async def test_help_is_short_and_has_examples(desk: SlackDesk) -> None:
    answer = await desk.member("mori").types("/toritsugi", "help")
    assert "外出 15時まで" in answer.text
    assert len(answer.text) < 600


@pytest.mark.parametrize("name", ["<!channel>", "<!here|here>", "A&B<社>"])
async def test_a_name_that_looks_like_markup_stays_a_name(desk: SlackDesk, name: str) -> None:
    answer = await desk.member("mori").types("/tori", f"{name} 外出 15時まで")
    assert "<!" not in answer.plain
    assert desk.presence("mori").kind is Kind.OUT
