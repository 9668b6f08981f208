"""Lengths and counts beyond LINE's schema; every limit met and passed by one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.line.limits import faults_of_messages, faults_of_rich_menu, graphemes, utf16

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "units", "clusters"),
    [
        ("取次ぎ", 3, 3),
        ("𠮟る", 3, 2),
        ("👍🏽", 4, 1),
        (FAMILY, 11, 1),
        ("🇯🇵🇯🇵", 8, 2),
        ("か\u3099", 2, 1),
        ("葛\U000e0100", 3, 1),
        ("\r\n", 2, 1),
        ("", 0, 0),
    ],
)
def test_two_ways_to_count(text: str, units: int, clusters: int) -> None:
    assert utf16(text) == units
    assert graphemes(text) == clusters


@given(st.text())
def test_clusters_are_never_more_than_units(text: str) -> None:
    assert graphemes(text) <= utf16(text)
    assert (graphemes(text) == 0) == (text == "")


def postback(label: str = "つなぐ", **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": "action=a", **more}


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    items = [{"type": "action", "action": action} for action in actions]
    return {"type": "text", "text": "a", "quickReply": {"items": items}}


def flex(*contents: dict[str, Any]) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "flex", "altText": "a", "contents": {"type": "bubble", "body": body}}


def template(**template: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "a", "template": template}


def text(length: int, letter: str = "あ") -> str:
    return letter * length


FITS_AND_NOT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", {"type": "text", "text": text(5000)}, {"type": "text", "text": text(5001)}),
    ("text in units", {"type": "text", "text": text(2500, "😀")}, {"type": "text", "text": text(2501, "😀")}),
    ("altText", flex() | {"altText": text(1500)}, flex() | {"altText": text(1501)}),
    ("quick replies", quick(*[postback()] * 13), quick(*[postback()] * 14)),
    ("quick label", quick(postback(text(20))), quick(postback(text(21)))),
    ("label by cluster", quick(postback(text(20, FAMILY))), quick(postback(text(21, FAMILY)))),
    ("data", quick(postback(data=text(300, "a"))), quick(postback(data=text(301, "a")))),
    ("displayText", quick(postback(displayText=text(300))), quick(postback(displayText=text(301)))),
    (
        "flex label",
        flex({"type": "button", "action": postback(text(40))}),
        flex({"type": "button", "action": postback(text(41))}),
    ),
    ("flex text", flex({"type": "text", "text": "a"}), flex({"type": "text", "text": ""})),
    (
        "bubble size",
        flex({"type": "text", "text": text(9_000)}),
        flex({"type": "text", "text": text(10_400)}),
    ),
    (
        "buttons text",
        template(type="buttons", text=text(160), actions=[postback()]),
        template(type="buttons", text=text(161), actions=[postback()]),
    ),
    (
        "buttons text under a title",
        template(type="buttons", title="a", text=text(60), actions=[postback()]),
        template(type="buttons", title="a", text=text(61), actions=[postback()]),
    ),
    (
        "buttons",
        template(type="buttons", text="a", actions=[postback()] * 4),
        template(type="buttons", text="a", actions=[postback()] * 5),
    ),
    (
        "confirm",
        template(type="confirm", text=text(240), actions=[postback()] * 2),
        template(type="confirm", text=text(240), actions=[postback()]),
    ),
    (
        "carousel",
        template(type="carousel", columns=[{"text": "a", "actions": [postback()]}] * 10),
        template(type="carousel", columns=[{"text": "a", "actions": [postback()]}] * 11),
    ),
    (
        "picker",
        quick({"type": "datetimepicker", "label": "a", "data": "b", "mode": "time", "initial": "09:00"}),
        quick({"type": "datetimepicker", "label": "a", "data": "b", "mode": "time", "initial": "9時"}),
    ),
    (
        "picker's bounds",
        quick(
            {
                "type": "datetimepicker",
                "label": "a",
                "data": "b",
                "mode": "date",
                "min": "2026-11-01",
                "max": "2026-11-30",
            }
        ),
        quick(
            {
                "type": "datetimepicker",
                "label": "a",
                "data": "b",
                "mode": "date",
                "min": "2026-11-30",
                "max": "2026-11-01",
            }
        ),
    ),
]


@pytest.mark.parametrize(
    ("fits", "does_not"), [row[1:] for row in FITS_AND_NOT], ids=[r[0] for r in FITS_AND_NOT]
)
def test_what_fits_and_what_does_not(fits: dict[str, Any], does_not: dict[str, Any]) -> None:
    assert faults_of_messages([fits]) == []
    assert len(faults_of_messages([does_not])) == 1


def test_one_to_five_messages() -> None:
    message = {"type": "text", "text": "a"}
    assert faults_of_messages([message] * 5) == []
    assert faults_of_messages([message] * 6) != []
    assert faults_of_messages([]) != []


def test_a_rich_menu() -> None:
    area = {
        "bounds": {"x": 0, "y": 0, "width": 800, "height": 270},
        "action": {"type": "message", "text": "a"},
    }
    menu = {"size": {"width": 800, "height": 270}, "name": "m", "chatBarText": text(14), "areas": [area] * 20}
    assert faults_of_rich_menu(menu) == []
    for wrong in (
        {"chatBarText": text(15)},
        {"areas": [area] * 21},
        {"size": {"width": 800, "height": 600}},
        {"size": {"width": 700, "height": 270}, "areas": []},
        {"areas": [area | {"bounds": {"x": 1, "y": 0, "width": 800, "height": 270}}]},
    ):
        assert len(faults_of_rich_menu(menu | wrong)) == 1
