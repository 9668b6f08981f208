"""How an account becomes somebody's, and how it stops being so."""

import asyncio

import pytest

from bot.office.invitations import MOST_TRIES, code_in
from bot.office.model import OrganizationId
from handlers.composition import make_sender
from tests.line.conftest import STRANGER_LINE, Desk
from tests.support.offices import KURIMOTO_LINE, open_office, smile


async def test_a_stranger_is_told_how_to_be_linked_and_nothing_else(desk: Desk) -> None:
    for text in ("栗本さんどこ?", "みんなの状況", "外出 15時まで", "戻りました"):
        await desk.stranger.says(text)
        answer = await desk.stranger.sees("招待コード")
        assert answer.quick_replies == []
        desk.stranger.does_not_see("栗本")
    assert desk.presence().kind is None


async def test_a_friend_is_welcomed_with_the_way_in(desk: Desk) -> None:
    await desk.stranger.follows()
    await desk.stranger.sees("友だち追加ありがとうございます", "招待コード")


async def test_a_code_links_the_account_once(desk: Desk) -> None:
    code = desk.code_for("sato")
    await desk.stranger.says(code)
    await desk.stranger.sees("佐藤 花子さんのLINEとして登録しました", "スマイルコーポレーション")
    assert desk.person("sato").line == STRANGER_LINE
    await desk.stranger.says("会議 12時まで")
    assert desk.presence("sato").kind == "meeting"


async def test_whoever_is_linked_has_the_menu_and_strangers_have_none(desk: Desk) -> None:
    sender = make_sender(desk.services)
    sending = asyncio.create_task(sender.run())
    await desk.stranger.says("こんにちは")
    assert desk.stranger.menu == []
    await desk.stranger.says(desk.code_for("sato"))
    await desk.stranger.sees("登録しました")
    assert await desk.line.account.changes.until(lambda: desk.stranger.menu or None, 5)
    await desk.stranger.taps("会議")
    assert desk.presence("sato").kind == "meeting"
    await desk.kurimoto.says("会議")  # linked by the office file
    assert await desk.line.account.changes.until(lambda: desk.kurimoto.menu or None, 5)
    sender.stop()
    await sending


@pytest.mark.parametrize(
    "typing", [str.lower, lambda code: code.replace("-", ""), lambda code: f"コードは {code} です"]
)
async def test_a_code_may_be_typed_as_people_type(desk: Desk, typing: object) -> None:
    await desk.stranger.says(typing(desk.code_for("sato")))  # type: ignore[operator]
    await desk.stranger.sees("登録しました")


async def test_a_used_code_says_so(desk: Desk) -> None:
    code = desk.code_for("sato")
    await desk.stranger.says(code)
    await desk.stranger.sees("登録しました")
    await desk.stranger.unfollows()
    await desk.stranger.follows()
    await desk.stranger.says(code)
    await desk.stranger.sees("使用済み")
    assert desk.person("sato").line is None


async def test_a_linked_account_that_sends_a_code_hears_whose_it_is(desk: Desk) -> None:
    code = desk.code_for("sato")
    await desk.kurimoto.says(code)
    await desk.kurimoto.sees("すでに栗本 太郎さんとして登録されています")
    await desk.stranger.says(code)  # the code is still good
    await desk.stranger.sees("佐藤 花子さんのLINEとして登録しました")
    await desk.stranger.says(code)
    await desk.stranger.sees("すでに佐藤 花子さんとして登録されています")


async def test_a_code_is_good_for_a_week(desk: Desk) -> None:
    code = desk.code_for("sato")
    desk.clock.passes(days=7)
    await desk.stranger.says(code)
    await desk.stranger.sees("期限が切れています")
    assert desk.person("sato").line is None


async def test_guessing_ends_after_ten_wrong_codes_and_begins_anew_after_an_hour(desk: Desk) -> None:
    code = desk.code_for("sato")
    for guess in range(MOST_TRIES):
        await desk.stranger.says(f"AAAA-222{guess % 8 + 2}")
        await desk.stranger.sees("違うようです")
    await desk.stranger.says(code)
    await desk.stranger.sees("しばらく受け付けられません")
    assert desk.person("sato").line is None
    desk.clock.passes(minutes=61)
    await desk.stranger.says(code)
    await desk.stranger.sees("登録しました")


async def test_a_code_of_an_office_with_a_channel_of_its_own_is_wrong_here(desk: Desk) -> None:
    other = smile(
        organization=OrganizationId("other"),
        numbers=(),
        line={"destination": "U" + "e" * 32, "secret": "other-secret", "token": "other-token"},
    )
    desk.services.store.run_now(open_office, other)
    await desk.stranger.says(desk.code_for("sato", "other"))
    await desk.stranger.sees("違うようです")


async def test_a_new_account_takes_the_place_of_the_old_one(desk: Desk) -> None:
    await desk.stranger.says(desk.code_for("kurimoto"))
    await desk.stranger.sees("登録しました")
    assert desk.person("kurimoto").line == STRANGER_LINE
    await desk.kurimoto.says("外出")
    await desk.kurimoto.sees("招待コード")


async def test_a_block_ends_the_link_and_the_managers_hear_of_it(desk: Desk) -> None:
    await desk.kurimoto.unfollows()
    assert desk.person("kurimoto").line is None
    ((address, card),) = desk.said()
    assert address == "U0SATO"
    assert "栗本 太郎" in card.text


async def test_a_block_that_arrives_after_the_return_ends_nothing(desk: Desk) -> None:
    desk.line.courier.hold()
    await desk.kurimoto.unfollows()
    desk.clock.passes(seconds=5)
    await desk.kurimoto.follows()
    await desk.line.courier.release(reverse=True)
    assert desk.person("kurimoto").line == KURIMOTO_LINE
    await desk.kurimoto.sees("お待ちしていました")
    assert desk.said() == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("K7QF-3MXP", "K7QF3MXP"),
        ("ｋ７ｑｆ－３ｍｘｐ", "K7QF3MXP"),
        ("k7qfー3mxp", "K7QF3MXP"),
        ("招待コード:K7QF3MXPです", "K7QF3MXP"),
        ("K7QF 3MXP", "K7QF3MXP"),
        ("business trip", None),
        ("1000-1200 会議", None),
        ("back-soon", None),
        ("外出 15時まで", None),
        ("K7QF3MXP9", None),
        ("", None),
    ],
)
def test_a_code_is_found_in_what_was_typed(text: str, code: str | None) -> None:
    assert code_in(text) == code
