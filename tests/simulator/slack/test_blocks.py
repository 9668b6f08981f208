"""Block Kit: what Slack takes, what it refuses, what a person reads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.slack.blocks import (
    as_read,
    buttons,
    faults_of_blocks,
    faults_of_markup,
    faults_of_view,
    read_text,
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def markdown(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": markdown(text), **more}


def button(label: str = "つなぐ", action: str = "accept", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


OPTION = {"text": plain("営業"), "value": "sales"}
CONFIRM = {
    "title": plain("確認"),
    "text": markdown("本当に?"),
    "confirm": plain("はい"),
    "deny": plain("いいえ"),
}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "外出 "},
                {"type": "user", "user_id": "U0SATO"},
                {"type": "link", "url": "https://example.com", "text": "地図"},
                {"type": "emoji", "name": "car"},
            ],
        }
    ],
}


@pytest.mark.parametrize(
    "block",
    [
        section("あ" * 3000),
        section("a", fields=[markdown("a" * 2000), plain("b")], block_id="x" * 255),
        section("a", accessory={"type": "static_select", "action_id": "s", "options": [OPTION] * 100}),
        {"type": "header", "text": plain("a" * 150)},
        {"type": "context", "elements": [markdown("a")] * 10},
        {"type": "divider"},
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "図"},
        actions(*[button(action=str(number)) for number in range(25)]),
        actions(button("あ" * 75, "a" * 255, value="v" * 2000, style="danger", confirm=CONFIRM)),
        actions({"type": "overflow", "action_id": "o", "options": [OPTION, OPTION]}),
        actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 1790000000}),
        {"type": "markdown", "text": "**太字**"},
        RICH,
        {"type": "input", "label": plain("内容"), "element": {"type": "plain_text_input", "action_id": "t"}},
    ],
)
def test_what_slack_takes(block: dict[str, Any]) -> None:
    assert faults_of_blocks([block]) == []


@pytest.mark.parametrize(
    "block",
    [
        section(""),
        section("あ" * 3001),
        section("a", fields=[markdown("a" * 2001)]),
        section("a", fields=[markdown("a")] * 11),
        section("a", block_id="x" * 256),
        section("a", colour="red"),
        {"type": "section", "text": "bare"},
        {"type": "section"},
        {"type": "header", "text": markdown("a")},
        {"type": "header", "text": plain("a" * 151)},
        {"type": "context", "elements": [markdown("a")] * 11},
        {"type": "context", "elements": [markdown("a" * 3001)]},
        actions(*[button(action=str(number)) for number in range(26)]),
        actions(button(), button()),
        actions(),
        actions(button("あ" * 76)),
        actions(button("")),
        actions(button(action="a" * 256)),
        actions(button(value="v" * 2001)),
        actions(button(style="fancy")),
        actions(button() | {"text": markdown("a")}),
        actions({"type": "static_select", "action_id": "s", "options": [OPTION] * 101}),
        {"type": "input", "label": plain("a"), "element": button()},
        {"type": "carriage"},
    ],
)
def test_what_slack_refuses(block: dict[str, Any]) -> None:
    assert faults_of_blocks([block]) != []


def test_how_many_blocks_and_ids_once() -> None:
    assert faults_of_blocks([{"type": "divider"}] * 50) == []
    assert faults_of_blocks([{"type": "divider"}] * 51) != []
    assert faults_of_blocks([section("a", block_id="b"), section("c", block_id="b")]) != []
    assert faults_of_blocks([actions(button()), actions(button())]) == []
    assert faults_of_blocks("[]") != []


def modal(**changes: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("状況"), "blocks": [section("a")]} | changes


@pytest.mark.parametrize(
    ("view", "taken"),
    [
        (modal(), True),
        (modal(title=plain("あ" * 24), private_metadata="a" * 3000, callback_id="c"), True),
        ({"type": "home", "blocks": [{"type": "divider"}] * 100}, True),
        (modal(title=plain("あ" * 25)), False),
        (modal(title=markdown("a")), False),
        (modal(private_metadata="a" * 3001), False),
        (modal(colour="red"), False),
        (modal(blocks="[]"), False),
        ({"type": "modal", "blocks": []}, False),
        ({"type": "home", "blocks": [{"type": "divider"}] * 101}, False),
        ({"type": "window", "blocks": []}, False),
    ],
)
def test_views(view: dict[str, Any], taken: bool) -> None:
    assert (faults_of_view(view) == []) is taken


def test_a_form_needs_a_button_to_send_it() -> None:
    field = {
        "type": "input",
        "label": plain("内容"),
        "element": {"type": "plain_text_input", "action_id": "t"},
    }
    assert faults_of_view(modal(blocks=[field])) == ["a modal with input blocks needs submit"]
    assert faults_of_view(modal(blocks=[field], submit=plain("保存"))) == []


def test_what_a_person_reads() -> None:
    blocks = [
        {"type": "header", "text": plain("電話")},
        section("<tel:+81312345678|03-1234-5678> A&amp;B", fields=[markdown("急ぎ")]),
        {"type": "context", "elements": [markdown("残り"), plain("25秒")]},
        actions(button()),
        RICH,
    ]
    assert read_text(blocks).splitlines() == [
        "電話",
        "03-1234-5678 A&B",
        "急ぎ",
        "残り 25秒",
        "外出 <@U0SATO>地図:car:",
    ]
    assert [one.label for one in buttons(blocks)] == ["つなぐ"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A&amp;B &lt;15時&gt;", False),
        ("<@U0SATO> <tel:+81312345678|電話> <https://example.com?a=1&amp;b=2|地図>", False),
        ("<!date^1790000000^{time}|15:00>", False),
        ("A&B", True),
        ("<15時", True),
        ("<!channel> 起きて", True),
        ("<!here|here>", True),
    ],
)
def test_callers_words_must_not_become_markup(text: str, fault: bool) -> None:
    assert bool(list(faults_of_markup(text))) is fault
    assert bool(list(faults_of_markup([section(text)]))) is fault
    assert list(faults_of_markup([{"type": "header", "text": plain(text)}])) == []


@given(st.text())
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert as_read(escaped) == text
    assert list(faults_of_markup(escaped)) == []
