"""Who is asked for: the question in all its words, alone and among other sentences."""

import pytest

from tests.support.readings import TUESDAY, reading


@pytest.mark.parametrize(
    "text",
    [
        "明日、加藤さんいますか？",
        "加藤さん、まだ戻ってないですか？",
        "加藤さん、まだお戻りじゃないですか",
        "加藤さんは昨日から休みですか？",
        "加藤さんって今会議中ですか？急ぎの電話が入ってます。",
        "加藤さんが見当たらないんですが、どこにいますか？",
        "お客様がお待ちです。加藤さん何時に戻りますか？",
        "急ぎで確認したいことがあります。加藤さんは今日出社していますか？",
        "加藤さんは明日出社されますか？",
        "加藤さん今日来ますか？",
        "加藤さん捕まりますか？",
        "加藤さんの戻り時間わかる人いますか？",
        "加藤さんがどこにいるか知ってる人いますか？",
        "加藤さん、帰社されましたか？",
        "加藤課長はお戻りですか？",
        "加藤さん見ませんでしたか？",
        "加藤さん、今どの辺ですか？",
        "加藤さんは？",
        "ちょっと確認ですが、加藤さん今日出社してますか？",
    ],
)
def test_a_colleague_is_asked_for(text: str) -> None:
    assert reading(text, TUESDAY) == "query @加藤"


@pytest.mark.parametrize(
    "text",
    [
        "Has Sato come back?",
        "Is Sato still in a meeting?",
        "Is Sato coming in today?",
        "Do you know where Sato is?",
        "Does anyone know where Sato is?",
        "What time will Sato be back?",
        "When's Sato back?",
        "Where is Mr. Sato?",
        "How long will Sato be out?",
        "A client is on the line. Is Sato back?",
    ],
)
def test_and_in_english(text: str) -> None:
    assert reading(text, TUESDAY) == "query @Sato"


@pytest.mark.parametrize(
    "text",
    [
        "社内に今だれがいる？",
        "今、社内に誰がいますか",
        "営業部は誰がいますか",
        "誰か手が空いてる人いますか？",
        "在席状況",
        "全員の在席状況を見せて",
        "今日休みの人いますか？",
        "Who is in the office today?",
    ],
)
def test_everyone_is_asked_for(text: str) -> None:
    assert reading(text, TUESDAY) == "query"


@pytest.mark.parametrize("text", ["一覧", "list", "who", "all", "?", "自分"])
def test_the_command_knows_short_words_for_it(text: str) -> None:
    assert reading(text, TUESDAY, "command") == "query"


@pytest.mark.parametrize(
    "text",
    [
        "加藤さん、会議室どこですか？",
        "加藤さん、15時に会議できますか？",
        "A社の加藤さん何時に来ますか？",
        "加藤様はいらっしゃいますか？",
        "加藤さんは何時の電車で来ますか？",
        "加藤さん、明日の午後空いてますか？",
        "加藤さん、何時に来れますか？",
        "明日の会議、何時からですか？",
        "どこでランチしますか？",
        "いつまでに提出ですか？",
        "誰か会議室を使っていますか？",
        "Who is in charge of this?",
        "When will the report be back?",
        "Where is the meeting room?",
        "Has the package arrived?",
    ],
)
def test_other_questions_ask_for_nobody(text: str) -> None:
    assert reading(text, TUESDAY) == "none"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("加藤さんは離席しています", "away"),
        ("加藤さんは外出されています。", "out"),
        ("加藤さんはお休みされています", "leave"),
    ],
)
def test_what_is_told_of_somebody_is_no_question(text: str, kind: str) -> None:
    assert reading(text, TUESDAY).startswith(kind)
    assert reading(text + "か？", TUESDAY) == "query @加藤"


def test_a_status_beside_a_question_is_not_lost() -> None:
    assert reading("15時に戻ります。加藤さんはいますか？", TUESDAY).startswith("out")
