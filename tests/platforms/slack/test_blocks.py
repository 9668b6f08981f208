"""Cards as blocks: within Slack's limits whatever is in them, and nothing of it is markup."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.cards import Button, Card, Fact, Tone
from bot.platforms.slack.blocks import blocks, escaped, text
from simulator.slack.blocks import buttons, faults_of_blocks, read_text

LETTERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
CARDS = st.builds(
    Card,
    title=LETTERS,
    text=LETTERS.map(lambda words: words * 20),
    facts=st.lists(st.builds(Fact, LETTERS, LETTERS, st.sampled_from(["", "+81312345678"])), max_size=30).map(
        tuple
    ),
    small=st.lists(LETTERS, max_size=15).map(tuple),
    buttons=st.lists(
        st.builds(
            Button,
            st.sampled_from(["status_cancel", "status_edit", "message_done"]),
            LETTERS,
            LETTERS,
            st.sampled_from(["default", "primary", "danger"]),
        ),
        max_size=20,
    ).map(tuple),
    tone=st.sampled_from(["plain", "urgent", "waiting", "good", "over"]),
    summary=LETTERS,
    mention=st.sampled_from([None, "U0SATO"]),
)


@given(CARDS)
def test_whatever_a_card_holds_slack_takes_it(card: Card) -> None:
    made = blocks(card)
    assert faults_of_blocks(made) == []
    assert 0 < len(text(card)) <= 4_000
    assert len(buttons(made)) == len(card.buttons)


@given(CARDS)
def test_nothing_typed_becomes_markup(card: Card) -> None:
    shown = json.dumps([blocks(card), text(card)], ensure_ascii=False)
    for sigil in ("<!", "<#", "<http"):
        assert sigil not in shown.replace("<@U0SATO>", "").replace("<tel:", "")


@pytest.mark.parametrize(
    "name", ["<!channel>", "<!here|みんな>", "<@U0OTHER>", "<https://example.com|ここ>", "A&B <社>"]
)
def test_a_callers_name_is_only_a_name(name: str) -> None:
    card = Card(
        title=f"{name}様からお電話です",
        text=name,
        facts=(Fact("お客様", name),),
        small=(name,),
    )
    made = blocks(card)
    assert read_text(made).count(name) == 4
    raw = json.dumps([made, text(card)], ensure_ascii=False)
    assert "<!" not in raw
    assert "<@" not in raw
    assert "<https" not in raw


def test_a_telephone_number_can_be_tapped() -> None:
    made = blocks(Card(facts=(Fact("電話", "03-1234-5678", "+81312345678"),)))
    assert made[0]["text"]["text"] == "*電話*　<tel:+81312345678|03-1234-5678>"


def test_a_mention_calls_its_person_in_the_blocks_and_the_notification() -> None:
    card = Card(title="お電話です", mention="U0SATO")
    assert "<@U0SATO>" in blocks(card)[0]["text"]["text"]
    assert text(card).startswith("<@U0SATO> ")


@pytest.mark.parametrize(
    ("tone", "begins"), [("urgent", "🔴 *"), ("waiting", "📞 *"), ("good", "✅ *"), ("plain", "*")]
)
def test_a_tone_is_seen_at_a_glance(tone: Tone, begins: str) -> None:
    assert blocks(Card(title="お電話です", tone=tone))[0]["text"]["text"].startswith(begins)


def test_what_is_over_is_grey() -> None:
    assert blocks(Card(title="終わりました", tone="over"))[0]["type"] == "context"


def test_the_same_action_twice_goes_into_rows_of_its_own() -> None:
    card = Card(
        buttons=tuple(Button(f"status_{what}", what, str(n)) for n in range(3) for what in ("edit", "cancel"))
    )
    rows = [[element["value"] for element in block["elements"]] for block in blocks(card)]
    assert rows == [["0", "0"], ["1", "1"], ["2", "2"]]


def test_a_long_card_keeps_its_buttons() -> None:
    card = Card(text="あ" * 200_000, buttons=(Button("message_done", "対応済み", "1"),))
    made = blocks(card)
    assert len(made) == 50
    assert [button.label for button in buttons(made)] == ["対応済み"]


@pytest.mark.parametrize(
    ("words", "most", "cut"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a<b", 6, "a&lt;b"), ("a<b", 5, "a…"), ("<<<", 9, "&lt;&lt;…")],
)
def test_cutting_never_splits_an_escaped_letter(words: str, most: int, cut: str) -> None:
    assert escaped(words, most) == cut


def test_a_link_has_words_and_stays_one() -> None:
    made = blocks(Card(facts=(Fact("録音", "聞く | <b>", link="https://example.com/a|b?c=1&d"),)))
    assert made[0]["text"]["text"] == "*録音*　<https://example.com/a%7Cb?c=1&amp;d|聞く ｜ &lt;b&gt;>"
