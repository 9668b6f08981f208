"""A card as LINE messages: plain data, as the Messaging API takes it.

A card with facts or buttons is a flex bubble; any other one is a text message. What is too long for
a bubble goes before it as messages of its own, so that nothing a caller said is lost. Limits:
developers.line.biz, "Messaging API reference".
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from bot.platforms.cards import Button, Card, Fact, Tone
from bot.platforms.line.lengths import cut_label, cut_text, graphemes, utf16_units

Message = dict[str, Any]

MESSAGES_AT_ONCE = 5
_TEXT_UNITS = 5000
_ALT_TEXT_UNITS = 400  # what notifications show; the platform takes 1,500
_BUBBLE_BYTES = 28_000  # of the 30 KB that the platform takes
_BUBBLE_TEXT_UNITS = 800
_FACT_UNITS = 200
_LABEL_UNITS = 40
_TITLE_UNITS = 120
_SMALL_UNITS = 200
_MOST_FACTS = (40, 20, 10)  # as many as leave the bubble small enough
_MOST_SMALL = 6
_SHORT_LABEL = 6
_BUTTON_LABEL = 40
_BUTTON_WIDTH = 16  # letters; a longer label is set smaller
_LINK_LABEL = 20
_DATA_CHARACTERS = 300
_MOST_CHOICES = 13
_CHOICE_LABEL = 20
_CHOICE_TEXT = 300

_HEADER: dict[Tone, str] = {
    "plain": "#37474F",
    "urgent": "#C62828",
    "waiting": "#1565C0",
    "good": "#2E7D32",
    "over": "#9E9E9E",
}
_LABEL = "#6B6B6B"
_LINK = "#1565C0"
_DANGER = "#C62828"
_EMPTY = "―"
_PICTURE_RATIO = "780:550"


def messages(card: Card) -> list[Message]:
    """One card as the messages that show it, at most five; its quick replies hang on the last."""
    shown = _bubbled(card) if card.facts or card.buttons else _texts(_plain(card))
    shown = shown[-MESSAGES_AT_ONCE:]
    if card.choices:
        shown[-1]["quickReply"] = {"items": [_choice(text) for text in card.choices[:_MOST_CHOICES]]}
    return shown


def postback_data(action: str, value: str) -> str:
    """What a tap sends back to us: `action=transfer_accept&value=…`.

    Raises:
        ValueError: it is longer than the 300 characters that LINE carries.
    """
    data = urlencode({"action": action, "value": value})
    if len(data) > _DATA_CHARACTERS:
        raise ValueError(f"the data of the button {action} is longer than LINE carries")
    return data


def alt_text(card: Card) -> str:
    """What a notification and the list of chats show."""
    return cut_text(
        " ".join((card.summary or f"{card.title} {card.text}").split()) or _EMPTY, _ALT_TEXT_UNITS
    )


def _plain(card: Card) -> str:
    parts = (card.title, card.text, "\n".join(card.small))
    return "\n".join(part for part in parts if part.strip()) or card.summary or _EMPTY


def _texts(text: str) -> list[Message]:
    """A text in pieces of what one message holds."""
    pieces: list[str] = []
    room = 0
    for cluster in graphemes(text):
        units = utf16_units(cluster)
        if units > room:
            pieces.append("")
            room = _TEXT_UNITS
        pieces[-1] += cluster
        room -= units
    return [{"type": "text", "text": piece} for piece in pieces if piece.strip()]


def _bubbled(card: Card) -> list[Message]:
    for most in _MOST_FACTS:
        bubble = _bubble(card, card.facts[:most])
        if len(json.dumps(bubble, ensure_ascii=False).encode()) <= _BUBBLE_BYTES:
            break
    before = _texts("\n".join(_left_out(card, most)))[: MESSAGES_AT_ONCE - 1]
    return [*before, {"type": "flex", "altText": alt_text(card), "contents": bubble}]


def _left_out(card: Card, most_facts: int) -> list[str]:
    """What a bubble of so many facts shows cut, or not at all: each whole."""
    long_text = [card.text] if utf16_units(card.text) > _BUBBLE_TEXT_UNITS else []
    facts = [
        f"{fact.label.strip()} {fact.text}".strip()
        for place, fact in enumerate(card.facts)
        if place >= most_facts or utf16_units(fact.text) > _FACT_UNITS
    ]
    small = [
        line
        for place, line in enumerate(card.small)
        if place >= _MOST_SMALL or utf16_units(line) > _SMALL_UNITS
    ]
    return [*long_text, *facts, *small]


def _bubble(card: Card, facts: Sequence[Fact]) -> dict[str, Any]:
    bubble: dict[str, Any] = {"type": "bubble"}
    if card.title.strip():
        bubble["header"] = {
            "type": "box",
            "layout": "vertical",
            "backgroundColor": _HEADER[card.tone],
            "paddingAll": "lg",
            "contents": [_text(card.title, _TITLE_UNITS, weight="bold", color="#FFFFFF")],
        }
    if card.picture:
        bubble["hero"] = {
            "type": "image",
            "url": card.picture,
            "size": "full",
            "aspectRatio": _PICTURE_RATIO,
            "aspectMode": "fit",
            "action": {"type": "uri", "label": "図を開く", "uri": card.picture},
        }
    body = _body(card, facts)
    if body:
        bubble["body"] = {"type": "box", "layout": "vertical", "spacing": "md", "contents": body}
    if card.buttons:
        bubble["footer"] = {
            "type": "box",
            "layout": "vertical",
            "spacing": "sm",
            "contents": [_button(button) for button in card.buttons],
        }
    return bubble


def _body(card: Card, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    contents = []
    if card.text.strip():
        contents.append(_text(card.text, _BUBBLE_TEXT_UNITS))
    contents += [_fact(fact) for fact in facts]
    contents += [
        _text(line, _SMALL_UNITS, size="xs", color=_LABEL)
        for line in card.small[:_MOST_SMALL]
        if line.strip()
    ]
    if not contents and not card.title.strip():
        contents = [_text(card.summary or _EMPTY, _BUBBLE_TEXT_UNITS)]
    return contents


def _fact(fact: Fact) -> dict[str, Any]:
    value = _text(fact.text or fact.telephone, _FACT_UNITS, flex=5, size="sm")
    if fact.telephone or fact.link:
        does = "に電話する" if fact.telephone else "を開く"
        value |= {
            "color": _LINK,
            "decoration": "underline",
            "action": {
                "type": "uri",
                "label": cut_label(f"{fact.label}{does}", _LINK_LABEL),
                "uri": f"tel:{fact.telephone}" if fact.telephone else fact.link,
            },
        }
    label = fact.label.strip()
    if not label:
        return value
    beside = len(label) <= _SHORT_LABEL  # a long label stands above, so that the text has the whole width
    return {
        "type": "box",
        "layout": "baseline" if beside else "vertical",
        "spacing": "sm" if beside else "none",
        "contents": [_text(label, _LABEL_UNITS, flex=2 if beside else 0, size="sm", color=_LABEL), value],
    }


def _text(text: str, units: int, **style: Any) -> dict[str, Any]:
    return {"type": "text", "text": cut_text(text, units) if text.strip() else _EMPTY, "wrap": True, **style}


def _button(button: Button) -> dict[str, Any]:
    label = cut_label(button.label, _BUTTON_LABEL)
    action = {"label": label, "data": postback_data(button.action, button.value)}
    if button.picks_time:
        action |= {"type": "datetimepicker", "mode": "datetime"}
    else:
        action |= {"type": "postback", "displayText": label}
    shown: dict[str, Any] = {
        "type": "button",
        "height": "sm",
        "style": "secondary" if button.style == "default" else "primary",
        "action": action,
    }
    if button.style == "danger":
        shown["color"] = _DANGER
    if len(label) > _BUTTON_WIDTH:
        shown["adjustMode"] = "shrink-to-fit"
    return shown


def _choice(text: str) -> dict[str, Any]:
    """A quick reply: tapping it sends the text as if it had been typed."""
    return {
        "type": "action",
        "action": {
            "type": "message",
            "label": cut_label(text, _CHOICE_LABEL),
            "text": cut_text(text, _CHOICE_TEXT),
        },
    }
