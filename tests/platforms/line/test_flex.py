import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.cards import Button, Card, Fact
from bot.platforms.line.flex import alt_text, messages, postback_data
from bot.platforms.line.lengths import graphemes, utf16_units

TRANSFER = Card(
    title="お電話です",
    text="お急ぎとのことです。",
    facts=(Fact("会社", "スマイル企画"), Fact("番号", "03-1234-5678", telephone="+81312345678")),
    small=("あと25秒",),
    buttons=(
        Button("transfer_accept", "つなぐ", "0123", style="primary"),
        Button("transfer_decline", "出られない", "0123", style="danger"),
    ),
    tone="urgent",
    summary="スマイル企画 江川様からお電話です",
)


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == "text" else []
        return own + [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return []


def test_a_card_with_buttons_is_one_bubble_that_shows_everything() -> None:
    (message,) = messages(TRANSFER)
    assert message["type"] == "flex"
    assert message["altText"] == "スマイル企画 江川様からお電話です"
    shown = _texts(message["contents"])
    assert shown == [
        "お電話です",
        "お急ぎとのことです。",
        "会社",
        "スマイル企画",
        "番号",
        "03-1234-5678",
        "あと25秒",
    ]


def test_a_button_comes_back_with_its_action_and_value() -> None:
    (message,) = messages(TRANSFER)
    accept, decline = message["contents"]["footer"]["contents"]
    assert accept["action"] == {
        "type": "postback",
        "label": "つなぐ",
        "data": "action=transfer_accept&value=0123",
        "displayText": "つなぐ",
    }
    assert (accept["style"], decline["style"]) == ("primary", "primary")
    assert decline["color"] == "#C62828"


@pytest.mark.parametrize(
    "label", ["11月25日(水) 10:00 〜 11:00 会議", "近藤 光さん: 12月28日(月) 〜 1月8日(金) 休み"]
)
def test_a_reading_stands_whole_on_its_button(label: str) -> None:
    """Two readings that differ in their last letters only must not look alike."""
    (message,) = messages(
        Card(title="どちらでしょうか。", buttons=(Button("status_confirm", label, "0123"),))
    )
    (button,) = message["contents"]["footer"]["contents"]
    assert button["action"]["label"] == button["action"]["displayText"] == label
    assert button["adjustMode"] == "shrink-to-fit"


def test_a_question_alone_has_nothing_below_it_but_its_buttons() -> None:
    (message,) = messages(Card(title="どなたでしょうか。", buttons=TRANSFER.buttons))
    assert _texts(message["contents"]) == ["どなたでしょうか。"]
    assert "body" not in message["contents"]


def test_a_telephone_number_can_be_tapped() -> None:
    (message,) = messages(TRANSFER)
    assert '"uri": "tel:+81312345678"' in json.dumps(message)


def test_a_card_of_words_alone_is_a_text_message() -> None:
    card = Card(title="外出", text="15時に戻る予定です。", small=("取り消すには「取り消し」",))
    assert messages(card) == [
        {"type": "text", "text": "外出\n15時に戻る予定です。\n取り消すには「取り消し」"}
    ]


def test_quick_replies_hang_on_the_last_message() -> None:
    *before, last = messages(Card(text="あ" * 6000, choices=("戻りました", "30分延長")))
    assert [message["type"] for message in before] == ["text"]
    assert all("quickReply" not in message for message in before)
    assert [item["action"]["text"] for item in last["quickReply"]["items"]] == ["戻りました", "30分延長"]


def test_there_are_at_most_thirteen_quick_replies_with_short_labels() -> None:
    (message,) = messages(
        Card(text="どなたですか", choices=tuple("長い名前の人" * 5 + str(n) for n in range(20)))
    )
    items = message["quickReply"]["items"]
    assert len(items) == 13
    assert all(len(graphemes(item["action"]["label"])) <= 20 for item in items)
    assert items[0]["action"]["text"] == "長い名前の人" * 5 + "0"


def test_a_long_text_goes_whole_before_its_bubble() -> None:
    said = "".join(f"第{n}の件です。" for n in range(500))
    before, bubble = messages(Card(title="伝言", text=said, buttons=TRANSFER.buttons))
    assert before == {"type": "text", "text": said}
    assert len(json.dumps(bubble)) < 30_000


def test_many_facts_are_all_told() -> None:
    card = Card(
        title="みんな", facts=tuple(Fact("", f"{n}番の人 " + "会議室で打ち合わせ" * 15) for n in range(60))
    )
    *before, bubble = messages(card)
    told = "\n".join(_texts([*before, bubble]))
    assert all(f"{n}番の人" in told for n in range(60))


def test_a_fact_without_a_label_has_the_whole_width() -> None:
    (message,) = messages(Card(title="栗本", facts=(Fact("", "外出中"), Fact("　予定", "会議"))))
    assert _texts(message["contents"]) == ["栗本", "外出中", "予定", "会議"]


def test_the_postback_of_any_of_our_ids_fits() -> None:
    assert postback_data("message_callback", "ab" * 16) == "action=message_callback&value=" + "ab" * 16
    with pytest.raises(ValueError, match="status_edit"):
        postback_data("status_edit", "あ" * 100)


def test_a_notification_falls_back_to_title_and_text() -> None:
    assert alt_text(Card(title="外出", text="15時\n帰社")) == "外出 15時 帰社"
    assert alt_text(Card()) == "―"


words = st.text(max_size=400)
cards = st.builds(
    Card,
    title=words,
    text=st.text(max_size=3000),
    facts=st.lists(st.builds(Fact, words, words, st.just("")), max_size=20).map(tuple),
    small=st.lists(words, max_size=10).map(tuple),
    buttons=st.lists(st.builds(Button, st.just("message_done"), words), max_size=6).map(tuple),
    tone=st.sampled_from(["plain", "urgent", "waiting", "good", "over"]),
    summary=words,
    choices=st.lists(st.text(min_size=1, max_size=50).filter(str.strip), max_size=20).map(tuple),
)


@given(cards)
def test_whatever_a_card_holds_stays_within_the_limits_of_the_platform(card: Card) -> None:
    shown = messages(card)
    assert 1 <= len(shown) <= 5
    for message in shown:
        for text in _texts(message):
            assert text.strip()
            assert utf16_units(text) <= 5000
        if message["type"] == "flex":
            assert 1 <= utf16_units(message["altText"]) <= 1500
            assert len(json.dumps(message["contents"], ensure_ascii=False).encode()) <= 30_000
        for item in message.get("quickReply", {"items": ()})["items"]:
            assert 1 <= len(graphemes(item["action"]["label"])) <= 20


def test_a_link_and_a_picture_can_be_opened() -> None:
    fact = Fact("録音", "聞く（35秒）", link="https://example.com/RE1.mp3")
    (message,) = messages(Card(title="日報", facts=(fact,), picture="https://example.com/x.png"))
    shown = json.dumps(message, ensure_ascii=False)
    assert '"label": "録音を開く", "uri": "https://example.com/RE1.mp3"' in shown
    assert message["contents"]["hero"]["url"] == "https://example.com/x.png"
