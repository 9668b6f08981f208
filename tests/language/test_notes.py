"""The note: what is left of a message, for colleagues only. The word: what decided the kind."""

import pytest

from bot.language import parse
from tests.support.readings import TUESDAY, at


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("A社訪問 16時帰社", "A社"),
        ("明日14時からＤ社訪問", "D社"),
        ("大阪出張", "大阪"),
        ("明日から大阪へ出張します", "大阪"),
        ("出張（福岡）明日まで", "福岡"),
        ("明日まで四日市出張", "四日市"),
        ("夜まで三鷹の現場です", "三鷹"),
        ("designチームとmeeting 14時から15時まで", "designチーム"),
        ("佐藤さんと15時まで打ち合わせ", "佐藤さん"),
        ("体調不良のため休みます", "体調不良"),
        ("会議のため離席します", ""),
        ("外出します", ""),
        ("栗本さん 15時帰社", ""),
        ("おはようございます。本日は在宅勤務です。よろしくお願いします。", ""),
        ("ちょっと席外します", ""),
        ("business trip to Osaka until Friday", "Osaka"),
        ("meeting with Tom until 3pm", "Tom"),
        ("I'm in a meeting with ABC Corp until 3", "ABC Corp"),
        ("Sorry, running 10 minutes late", ""),
        ("Going out for a client meeting, back at 3pm", "client"),
        ("妻が体調不良のため早退します", "妻が体調不良"),
        ("子どもの発熱で本日お休みします", "子どもの発熱"),
        ("熱があるため本日有給を取得させてください", ""),
        ("やっぱり直帰します", ""),
        ("10分だけ席を離れます", ""),
        ("打ち合わせのあと直帰します", ""),
        ("中央区の取引先へ向かいます、15時半帰社予定です", "中央区の取引先"),
        ("山本さんの代理で15時まで会議に出ます", "山本さんの代理"),
        ("第2会議室で13時から打ち合わせです", "第2会議室"),
        ("明日はC社へ直行し、夕方帰社予定です", "C社"),
        ("飲み会なので18時に帰ります", "飲み会"),
    ],
)
def test_what_no_rule_used_is_the_note(text: str, note: str) -> None:
    [entry] = parse(text, at(TUESDAY)).entries
    assert entry.note == note


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("3時から来客です", "来客"),
        ("電話中", "電話中"),
        ("MTG 14時から", "MTG"),
        ("15時帰社", ""),
        ("会議のため離席します", "会議"),
    ],
)
def test_the_word_that_decided_is_kept_as_typed(text: str, word: str) -> None:
    [entry] = parse(text, at(TUESDAY)).entries
    assert entry.word == word
