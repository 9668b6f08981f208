"""A card as Block Kit. Pure; everything that is not ours is escaped.

Limits: docs.slack.dev/reference/block-kit/blocks (50 blocks, 3,000 characters a text, 75 a button's
label, 2,000 its value) and chat.postMessage (text best within 4,000).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.platforms.cards import Button, Card, Fact, Tone

Block = dict[str, Any]

_BLOCKS = 50
_SECTION = 3_000
_SUMMARY = 1_000
_SMALL_EACH = 300
_SMALL_LINES = 6
_LABEL = 75
_VALUE = 2_000
_IN_A_ROW = 5
_ADDRESS = 500
_ELLIPSIS = "…"
_HALF_A_LETTER = re.compile(r"&[a-z]*\Z")  # an escaped one that a cut went through
_MARKS: dict[Tone, str] = {"urgent": "🔴 ", "waiting": "📞 ", "good": "✅ "}


def blocks(card: Card) -> list[Block]:
    """The card's blocks, at most fifty: the buttons always stay, lines in the middle give way."""
    head = [*_heading(card), *_sections(_paragraphs(card.text)), *_sections(map(_fact, card.facts))]
    tail = [*_small(card.small), *_actions(card.buttons)]
    room = _BLOCKS - min(len(tail), _BLOCKS - 1)
    return (head[:room] + tail)[:_BLOCKS]


def text(card: Card) -> str:
    """What a notification and a screen reader say; never empty."""
    parts = [card.summary] if card.summary else [card.title, card.text, *(fact.text for fact in card.facts)]
    words = " ".join(part for part in (" ".join(part.split()) for part in parts) if part)
    return _mention(card) + escaped(words or "取次ぎ", _SUMMARY)


def escaped(words: str, most: int) -> str:
    """Plain text for Slack's markup, cut kindly to `most` characters after escaping."""
    whole = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(whole) <= most:
        return whole
    return _HALF_A_LETTER.sub("", whole[: most - len(_ELLIPSIS)]) + _ELLIPSIS


def plain(words: str, most: int) -> Block:
    """A plain text object, cut to `most` characters."""
    cut = words if len(words) <= most else words[: most - 1] + _ELLIPSIS
    return {"type": "plain_text", "text": cut or " ", "emoji": True}


def markdown(words: str) -> Block:
    """A text object of Slack's markup, already escaped; nothing in it becomes a link by itself."""
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def section(words: str) -> Block:
    """A section of escaped markup."""
    return {"type": "section", "text": markdown(words)}


def _heading(card: Card) -> list[Block]:
    title = " ".join(card.title.split())
    if not title:
        return [section(_mention(card).strip())] if card.mention else []
    if card.tone == "over":
        return [{"type": "context", "elements": [markdown(f"*{escaped(title, _SMALL_EACH)}*")]}]
    mark = _MARKS.get(card.tone, "")
    return [section(f"{_mention(card)}{mark}*{escaped(title, _SMALL_EACH)}*")]


def _mention(card: Card) -> str:
    return f"<@{card.mention}> " if card.mention else ""


def _paragraphs(plain_text: str) -> Iterator[str]:
    """Escaped lines, each short enough for a section."""
    for line in plain_text.strip().splitlines():
        for start in range(0, max(len(line), 1), _SECTION // 5):  # an escaped letter is five at most
            yield escaped(line[start : start + _SECTION // 5], _SECTION)


def _fact(fact: Fact) -> str:
    words = escaped(fact.text, _SECTION - 200)
    address = f"tel:{fact.telephone}" if fact.telephone else fact.link
    if address:
        words = f"<{escaped(address, _ADDRESS).replace('|', '%7C')}|{words.replace('|', '｜')}>"
    return f"*{escaped(fact.label, 100)}*　{words}" if fact.label else words


def _sections(lines: Iterable[str]) -> Iterator[Block]:
    """Lines gathered into as few sections as hold them."""
    gathered = ""
    for line in lines:
        if gathered and len(gathered) + 1 + len(line) > _SECTION:
            yield section(gathered)
            gathered = ""
        gathered = f"{gathered}\n{line}" if gathered else line
    if gathered.strip():
        yield section(gathered)


def _small(lines: Iterable[str]) -> Iterator[Block]:
    """Small print, a line each: the elements of a context stand side by side, so a few lines are one."""
    kept = [escaped(line, _SMALL_EACH) for line in lines if line.strip()]
    for start in range(0, len(kept), _SMALL_LINES):
        yield {"type": "context", "elements": [markdown("\n".join(kept[start : start + _SMALL_LINES]))]}


def _actions(buttons: Iterable[Button]) -> Iterator[Block]:
    """Rows of buttons; an action comes once in a row, as Slack demands of its ids."""
    row: list[Button] = []
    for button in buttons:
        if len(row) == _IN_A_ROW or any(button.action == other.action for other in row):
            yield {"type": "actions", "elements": [_button(one) for one in row]}
            row = []
        row.append(button)
    if row:
        yield {"type": "actions", "elements": [_button(one) for one in row]}


def _button(button: Button) -> Block:
    element: Block = {
        "type": "button",
        "action_id": button.action,
        "text": plain(button.label, _LABEL),
    }
    if button.value:
        element["value"] = button.value[:_VALUE]
    if button.style != "default":
        element["style"] = button.style
    return element
