"""Block Kit as Slack takes it: what is refused, what people read, what they can touch.

Sources: the reference of Block Kit (docs.slack.dev/reference/block-kit); lengths as in `slack_sdk.models`.
"""

import copy
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT_MOST = 3_000  # characters of a text object
FIELD_MOST = 2_000
_PLAIN = {"placeholder", "label", "hint", "title", "submit", "close", "deny"}
_NEVER_EMPTY = {"elements", "options", "option_groups", "fields", "initial_options"}
_VIEW_KEYS = {
    *("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id"),
    *("clear_on_close", "notify_on_close", "external_id", "submit_disabled"),
}
_CONTROL = re.compile(r"<(?:@[UW]\w+|#[CG]\w+|!\w[^>]*|(?:https?|mailto|tel|slack):[^>]*)>")
_LINK = re.compile(r"<(?P<to>(?:https?://|mailto:|tel:|slack:)[^|>]*)(?:\|(?P<label>[^>]*))?>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_EVERYBODY = re.compile(r"<!(?:channel|here|everyone)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: a button, or one option of an overflow menu."""

    label: str
    action_id: str
    value: str | None
    block_id: str
    element: Json
    option: Json | None = None

    def answers_to(self, name: str) -> bool:
        """Whether a person, or a test, means this one: its label, or its action_id."""
        return name in (self.label, self.action_id)

    def to_json(self) -> Json:
        """For a page that draws it."""
        keep: Json = {key: self.element[key] for key in ("style", "url", "confirm") if key in self.element}
        return {"label": self.label, "action_id": self.action_id, "value": self.value, **keep}


def read_text(blocks: list[Json]) -> str:
    """What a person reads in blocks, a line for each piece; labels of buttons are not in it."""
    return "\n".join(piece for block in blocks for piece in _pieces(block) if piece)


def _pieces(block: Json) -> Iterator[str]:
    for key in ("text", "title", "label", "hint", "description"):
        if key in block:
            yield _plain(block[key])
    if block.get("type") == "rich_text":
        yield "".join(_rich(element) for element in block.get("elements", []))
    elif block.get("type") == "context":
        yield " ".join(_plain(element) for element in block.get("elements", []))
    for field in block.get("fields", []):
        yield _plain(field)
    if block.get("type") == "image":
        yield str(block.get("alt_text", ""))


def as_read(markup: str) -> str:
    """Markup as a person reads it: a link is its label, entities are characters; mentions stay."""
    return html.unescape(_LINK.sub(lambda link: link["label"] or link["to"], markup))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text", value.get("alt_text", ""))
    return as_read(str(value))


def _rich(element: Json) -> str:
    kind = element.get("type")
    if kind == "text":
        return str(element.get("text", ""))
    if kind == "user":
        return f"<@{element.get('user_id')}>"
    if kind == "emoji":
        return f":{element.get('name')}:"
    if kind == "link":
        return str(element.get("text") or element.get("url", ""))
    inner = "".join(_rich(part) for part in element.get("elements", []))
    return inner if kind == "rich_text_section" and not inner.endswith("\n") else f"{inner}\n"


def elements(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every interactive element with the block_id of its block."""
    for block in blocks:
        block_id = str(block.get("block_id", ""))
        candidates = [block.get("accessory"), block.get("element")]
        if block.get("type") == "actions":
            candidates += block.get("elements", [])
        for element in candidates:
            if isinstance(element, dict) and "action_id" in element:
                yield block_id, element


def buttons(blocks: list[Json]) -> list[Button]:
    """What can be tapped, in the order it is shown."""
    found = []
    for block_id, element in elements(blocks):
        action_id = element["action_id"]
        if element["type"] == "button":
            label = _plain(element["text"])
            found.append(Button(label, action_id, element.get("value"), block_id, element))
        elif element["type"] == "overflow":
            found += [
                Button(_plain(option["text"]), action_id, option.get("value"), block_id, element, option)
                for option in element["options"]
            ]
    return found


def with_ids(blocks: list[Json], fresh: Callable[[], str]) -> list[Json]:
    """The blocks as Slack keeps them: ids given to blocks and elements that came without."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", fresh())
        inner = [block.get("accessory"), block.get("element")]
        if block.get("type") == "actions":
            inner += block.get("elements", [])
        for element in inner:
            if isinstance(element, dict) and element.get("type") != "image":
                element.setdefault("action_id", fresh())
    return kept


def faults_of_blocks(blocks: Any, *, most: int = MESSAGE_BLOCKS) -> list[str]:
    """Why Slack refuses these blocks (`invalid_blocks`); empty where it takes them."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks must be a list of objects"]
    found = [f"{len(blocks)} blocks, {most} are allowed"] if len(blocks) > most else []
    for number, block in enumerate(blocks):
        found += [f"/blocks/{number}: {fault}" for fault in _faults_of_block(block)]
    return found + _twice(blocks)


def _faults_of_block(block: Json) -> list[str]:
    try:
        parsed = Block.parse(copy.deepcopy(block))
        if parsed is None:
            return [f"unsupported type {block.get('type')!r}"]
        again = parsed.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, KeyError) as error:
        return [str(error)]
    return list(_lost(block, again, "")) + list(_faults_of_texts(block, ""))


def _lost(given: Any, kept: Any, path: str) -> Iterator[str]:
    """Keys that the reference does not know: Slack refuses additional properties."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, value in given.items():
            if value == [] and key in _NEVER_EMPTY:
                yield f"{path}/{key}: must have at least 1 item"
            elif key not in kept:
                if value not in ("", [], None):
                    yield f"{path}/{key}: additional property"
            else:
                yield from _lost(value, kept[key], f"{path}/{key}")
    elif isinstance(given, list) and isinstance(kept, list):
        if len(given) != len(kept):
            yield f"{path}: {len(given) - len(kept)} of unknown type"
        for number, (one, other) in enumerate(zip(given, kept, strict=False)):
            yield from _lost(one, other, f"{path}/{number}")


def _faults_of_texts(value: Any, path: str) -> Iterator[str]:
    """What is wrong with text objects: empty, too long, none at all, or markup where only plain text goes."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _faults_of_texts(inner, f"{path}/{number}")
    if not isinstance(value, dict):
        return
    if value.get("type") in ("plain_text", "mrkdwn"):
        most = FIELD_MOST if "/fields/" in path else TEXT_MOST
        if not 1 <= len(value.get("text") or "") <= most:
            yield f"{path}/text: must be 1 to {most} characters"
        return
    for key, inner in value.items():
        owns_text = key == "text" and value.get("type") in ("section", "header", "button")
        plain = key in _PLAIN or (owns_text and value["type"] != "section")
        if (plain or owns_text) and not isinstance(inner, dict):
            yield f"{path}/{key}: must be a text object"
        elif plain and inner.get("type") != "plain_text":
            yield f"{path}/{key}: must be plain_text"
        yield from _faults_of_texts(inner, f"{path}/{key}")


def faults_of_markup(value: Any) -> Iterator[str]:
    """Where text breaks the rules of mrkdwn: `&` and `<` not escaped, or everybody notified.

    Takes a text or blocks; plain_text objects and rich text are left out. Words of callers come
    into our messages, so an unescaped one could call a whole channel.
    Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text".
    """
    if isinstance(value, list):
        for inner in value:
            yield from faults_of_markup(inner)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield from faults_of_markup(value.get("text", ""))
        elif value.get("type") not in ("plain_text", "rich_text", "markdown"):
            yield from faults_of_markup([inner for inner in value.values() if isinstance(inner, dict | list)])
    elif isinstance(value, str):
        if _EVERYBODY.search(value):
            yield "everybody in the channel is notified"
        rest = _ENTITY.sub("", _CONTROL.sub("", value))
        if "<" in rest or "&" in rest:
            yield "& and < must be escaped"


def _twice(blocks: list[Json]) -> list[str]:
    found = []
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    found += [f"block_id {one!r} already exists" for one in sorted({i for i in ids if ids.count(i) > 1})]
    for number, block in enumerate(blocks):
        actions = [element["action_id"] for _, element in elements([block])]
        twice = sorted({one for one in actions if actions.count(one) > 1})
        found += [f"/blocks/{number}: action_id {one!r} already exists" for one in twice]
    return found


def faults_of_view(view: Any) -> list[str]:
    """Why Slack refuses a view (`invalid_arguments`); empty where it takes it."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["view must be an object of type modal or home"]
    if not isinstance(view.get("blocks"), list):
        return ["missing required field: blocks"]
    found = faults_of_blocks(view["blocks"], most=VIEW_BLOCKS)
    found += [f"/{key}: additional property" for key in sorted(view.keys() - _VIEW_KEYS)]
    found += _faults_of_texts({key: view[key] for key in ("title", "submit", "close") if key in view}, "")
    if view["type"] == "modal":
        inputs = any(block.get("type") == "input" for block in view["blocks"])
        if "title" not in view:
            found.append("missing required field: title")
        if inputs and "submit" not in view:
            found.append("a modal with input blocks needs submit")
    try:
        View(**copy.deepcopy(view)).to_dict()
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        found.append(str(error))
    return found
