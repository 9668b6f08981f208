"""About others: on their behalf, with word to them; asking where they are."""

import pytest

from bot.language.model import Kind
from tests.chat.conftest import Chat, labelled


@pytest.mark.parametrize(
    ("text", "kind"),
    [("森さん 15時帰社", Kind.OUT), ("@mori 出張 明日まで", Kind.TRIP), ("森さん 有休", Kind.LEAVE)],
)
def test_a_status_for_a_colleague_is_told_to_them(chat: Chat, text: str, kind: Kind) -> None:
    card = chat.says("ito", text)
    assert card is not None
    assert card.title.startswith("森さん: ")
    assert card.small[-1] == "森さんにもお知らせしました"
    assert chat.presence("mori").kind is kind
    assert chat.presence("ito").kind is None
    [(address, told)] = chat.told()
    assert address == "U0MORI"
    assert told.title.startswith("伊藤 さくらさんがあなたの状況を登録しました: ")


@pytest.mark.parametrize("who", ["mori", "ito"])
def test_both_may_take_it_back(chat: Chat, who: str) -> None:
    card = chat.says("ito", "森さん 15時帰社")
    assert "取り消しました" in chat.taps(who, labelled(card, "取り消し")).card.title
    assert chat.presence("mori").kind is None


def test_a_third_person_may_not(chat: Chat) -> None:
    card = chat.says("ito", "森さん 15時帰社")
    for label in ("取り消し", "変更"):
        assert "だけが変更できます" in chat.taps("nakata", labelled(card, label)).card.text
    assert chat.presence("mori").kind is Kind.OUT


def test_a_colleague_is_back(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    card = chat.says("ito", "森さん戻られました")
    assert card is not None
    assert card.title == "森さん: 在席に戻しました"
    assert chat.presence("mori").kind is None


def test_a_colleague_who_was_in_anyway_is_not_told(chat: Chat) -> None:
    card = chat.commands("ito", "back", "森さん")
    assert "在席の扱い" in card.title
    assert chat.told() == []


def test_a_colleague_hears_that_their_status_was_ended(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    chat.says("ito", "森さん戻られました")
    [(address, told)] = chat.told()
    assert address == "U0MORI"
    assert "あなたの状況を終わりにしました" in told.title
    chat.taps("mori", labelled(told, "取り消し"))
    assert chat.presence("mori").kind is Kind.OUT


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("森さん 外出 15時まで", "森さん 16時まで延長"), "あなたの状況を変更しました: 今日 16:00 まで 外出"),
        (
            ("森さん 明日 出張", "森さんの明日の出張キャンセル"),
            "あなたの予定を取り消しました: 11月25日(水) 出張",
        ),
        (("森さんは毎週水曜在宅",), "あなたの繰り返しの予定を登録しました: 毎週水曜 在宅勤務"),
        (
            ("森さんは毎週水曜在宅", "森さんの毎週水曜の在宅をやめます"),
            "あなたの繰り返しの予定をやめました: 毎週水曜 在宅勤務",
        ),
    ],
)
def test_a_colleague_reads_what_was_done_for_them(chat: Chat, texts: tuple[str, ...], told: str) -> None:
    for text in texts:
        chat.says("ito", text)
    address, card = chat.told()[-1]
    assert address == "U0MORI"
    assert card.title == f"伊藤 さくらさんが{told}"
    assert "取り消し" in [button.label for button in card.buttons]


@pytest.mark.parametrize(
    ("who", "others"), [("mori", ["U0ITO"]), ("oka", ["U0MORI", "U0ITO"]), ("ito", ["U0MORI"])]
)
def test_everybody_concerned_hears_that_it_was_taken_back(chat: Chat, who: str, others: list[str]) -> None:
    card = chat.says("ito", "森さん 15時帰社")
    before = len(chat.told())
    chat.taps(who, labelled(card, "取り消し"))
    told = chat.told()[before:]
    assert sorted(address for address, _ in told) == sorted(others)
    assert all("取り消しました" in card.title for _, card in told)


def test_a_colleague_without_chat_is_not_told_and_that_is_said(chat: Chat) -> None:
    card = chat.says("ito", "原さん 15時帰社")
    assert card is not None
    assert "お知らせはしていません" in card.small[0]
    assert chat.told() == []


def test_namesakes_are_told_apart_before_anything_is_set(chat: Chat) -> None:
    card = chat.says("ito", "中田さん 15時帰社")
    assert card is not None
    assert [button.label for button in card.buttons] == ["中田 翔（技術）", "中田 恵（総務）"]
    assert chat.presence("nakata").kind is None
    chat.taps("ito", labelled(card, "技術"))
    assert chat.presence("nakata").kind is Kind.OUT
    assert chat.presence("nakatak").kind is None
    assert "すでに登録済み" in chat.taps("ito", labelled(card, "総務")).card.text


def test_a_name_nobody_has_sets_nothing(chat: Chat) -> None:
    card = chat.says("ito", "@tanaka 出張 明日まで")
    assert card is not None
    assert "「tanaka」さんは見つかりませんでした" in card.text
    assert chat.says("ito", "田中さん 15時帰社", in_channel=True) is None
    assert chat.told() == []


def test_one_can_speak_of_oneself_by_name(chat: Chat) -> None:
    card = chat.says("mori", "森 15時帰社", context="command")
    assert card is not None
    assert chat.told() == []


@pytest.mark.parametrize("question", ["森さんどこ？", "森さんいますか", "森さんの予定は？"])
def test_where_a_colleague_is(chat: Chat, question: str) -> None:
    chat.says("mori", "大阪へ出張 木曜まで")
    card = chat.says("ito", question)
    assert card is not None
    assert card.title == "森 健一さん"
    assert "大阪" in card.facts[0].text
    assert "大阪" not in card.facts[-1].text


@pytest.mark.parametrize("who", ["@mori", "森", "mori", "森さん", "もり"])
def test_whereis_takes_a_name_in_any_form(chat: Chat, who: str) -> None:
    assert chat.commands("ito", "whereis", who).title == "森 健一さん"


def test_whereis_shows_every_namesake(chat: Chat) -> None:
    lines = [fact.text for fact in chat.commands("ito", "whereis", "中田").facts]
    assert any(line.startswith("中田 翔さん") for line in lines)
    assert any(line.startswith("中田 恵さん") for line in lines)


def test_the_board_has_ones_own_department_first(chat: Chat) -> None:
    chat.says("nakata", "有休")
    chat.says("ito", "会議 12時まで")
    card = chat.says("mori", "みんなの状況")
    assert card is not None
    lines = card.text.splitlines()
    assert lines[0] == "【営業】"
    assert lines[1].startswith("伊藤 さくらさん: 会議")
    assert lines[2] == "【技術】"
    assert card.small[0] == "登録なし（在席の扱い）: 原 二郎、森 健一 ☎、中田 恵、岡 久子"


def test_the_board_marks_who_can_be_connected(chat: Chat) -> None:
    chat.says("ito", "在宅")
    chat.says("nakata", "外出")
    chat.says("oka", "在宅")  # has no telephone
    card = chat.says("mori", "みんなの状況")
    assert card is not None
    assert [line.split(" ")[0] for line in card.text.splitlines() if line.endswith("☎")] == ["伊藤"]


def test_the_board_names_who_is_there_and_who_can_be_connected(chat: Chat) -> None:
    chat.says("mori", "外出 15時まで")
    chat.says("nakata", "在宅")
    card = chat.says("oka", "みんなの状況")
    assert card is not None
    assert "森 健一さん: 外出 15:00まで" in card.text
    assert "中田 翔さん: 在宅勤務 今日まで ☎" in card.text
    assert "伊藤 さくら ☎" in card.small[0]
    assert "原 二郎" in card.small[0]
    assert "原 二郎 ☎" not in card.small[0]  # nobody could ask him


@pytest.mark.parametrize("text", ["予定一覧", "自分の予定", "予定"])
def test_ones_own_plans_are_ones_own(chat: Chat, text: str) -> None:
    card = chat.says("mori", text)
    assert card is not None
    assert "予定" in card.title
    assert "みんな" not in card.title
