"""What LINE refuses of messages and rich menus beyond their schema: lengths, sizes, counts.

Sources: developers.line.biz, Messaging API reference and "Character counting in a text": texts count in
UTF-16 code units; labels, `displayText`, texts of actions and templates, `chatBarText` in grapheme clusters.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Fault = tuple[str, str]  # the property's path, what is wrong with it

MESSAGES = 5
QUICK_REPLIES = 13
_ZWJ = "\u200d"
_WHEN = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}"),
}


def utf16(text: str) -> int:
    """Length in UTF-16 code units: most emoji and some kanji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Length in what a reader takes for characters: a family emoji or a flag is one.

    Follows the rules of UAX 29 that matter for Japanese and emoji: combining marks, variation
    selectors, skin tones, joiners, pairs of regional indicators, CR LF.
    """
    count, before, flag_open = 0, "", False
    for char in text.replace("\r\n", "\n"):
        extends = unicodedata.category(char) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= char <= "\U0001f3ff"
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        if before and (extends or char == _ZWJ or before == _ZWJ):
            pass
        elif flag and flag_open:
            flag_open = False
        else:
            count += 1
            flag_open = flag
        before = char
    return count


def faults_of_messages(messages: list[Json]) -> list[Fault]:
    """What is wrong with the messages of one request; empty where LINE takes them."""
    found: list[Fault] = []
    if not 1 <= len(messages) <= MESSAGES:
        found.append(("messages", f"Size must be between 1 and {MESSAGES}"))
    for number, message in enumerate(messages):
        found += _of_message(message, f"messages[{number}]")
    return found


def _of_message(message: Json, path: str) -> Iterator[Fault]:
    kind = message.get("type")
    if kind in ("text", "textV2"):
        yield from _length(message, "text", path, 5_000)
    elif kind == "flex":
        yield from _length(message, "altText", path, 1_500)
        yield from _of_flex(message.get("contents", {}), f"{path}.contents")
    elif kind == "template":
        yield from _length(message, "altText", path, 1_500)
        yield from _of_template(message.get("template", {}), f"{path}.template")
    items = message.get("quickReply", {}).get("items", [])
    if len(items) > QUICK_REPLIES:
        yield f"{path}.quickReply.items", f"Size must be between 1 and {QUICK_REPLIES}"
    for number, item in enumerate(items):
        yield from _of_action(item.get("action", {}), f"{path}.quickReply.items[{number}].action", 20)


def _length(
    thing: Json, key: str, path: str, most: int, *, by_grapheme: bool = False, may_lack: bool = False
) -> Iterator[Fault]:
    text = thing.get(key)
    if text is None and may_lack:
        return
    if not isinstance(text, str) or not text:
        yield f"{path}.{key}", "May not be empty"
    elif (graphemes(text) if by_grapheme else utf16(text)) > most:
        yield f"{path}.{key}", f"Length must be between 0 and {most}"


def _of_action(action: Json, path: str, label: int, *, label_needed: bool = True) -> Iterator[Fault]:
    yield from _length(action, "label", path, label, by_grapheme=True, may_lack=not label_needed)
    kind = action.get("type")
    if kind in ("postback", "datetimepicker"):
        yield from _length(action, "data", path, 300)
    if kind == "postback":
        yield from _length(action, "displayText", path, 300, by_grapheme=True, may_lack=True)
    elif kind == "message":
        yield from _length(action, "text", path, 300, by_grapheme=True)
    elif kind == "uri":
        yield from _length(action, "uri", path, 1_000)
    elif kind == "datetimepicker":
        yield from _of_picker(action, path)


def _of_picker(action: Json, path: str) -> Iterator[Fault]:
    form = _WHEN.get(str(action.get("mode")))
    if form is None:
        yield f"{path}.mode", "must be date, time or datetime"
        return
    for key in ("initial", "min", "max"):
        if key in action and not form.fullmatch(str(action[key])):
            yield f"{path}.{key}", f"is not of the form for mode {action['mode']}"
    low, at, high = (str(action.get(key, "")).lower() for key in ("min", "initial", "max"))
    if (low and high and low >= high) or (at and low and at < low) or (at and high and at > high):
        yield path, "min, initial and max are out of order"


def _of_flex(container: Json, path: str) -> Iterator[Fault]:
    size = len(json.dumps(container, ensure_ascii=False).encode())
    if container.get("type") == "carousel":
        bubbles = container.get("contents", [])
        if not 1 <= len(bubbles) <= 12:
            yield f"{path}.contents", "Size must be between 1 and 12"
        if size > 50 * 1024:
            yield path, f"{size} bytes, 50 KB are allowed"
        for number, bubble in enumerate(bubbles):
            yield from _of_flex(bubble, f"{path}.contents[{number}]")
        return
    if size > 30 * 1024:
        yield path, f"{size} bytes, 30 KB are allowed"
    yield from _of_component(container, path)


def _of_component(value: Any, path: str) -> Iterator[Fault]:
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _of_component(inner, f"{path}[{number}]")
        return
    if not isinstance(value, dict):
        return
    if value.get("type") == "text" and not value.get("text") and not value.get("contents"):
        yield f"{path}.text", "must be non-empty text"
    for key, inner in value.items():
        if key == "action":
            is_button = value.get("type") == "button"
            yield from _of_action(inner, f"{path}.action", 40, label_needed=is_button)
        else:
            yield from _of_component(inner, f"{path}.{key}")


def _of_template(template: Json, path: str) -> Iterator[Fault]:
    kind = template.get("type")
    if kind == "buttons":
        yield from _of_column(template, path, text=(160, 60), actions=(1, 4))
    elif kind == "confirm":
        yield from _of_column(template, path, text=(240, 240), actions=(2, 2))
    elif kind == "carousel":
        columns = template.get("columns", [])
        if not 1 <= len(columns) <= 10:
            yield f"{path}.columns", "Size must be between 1 and 10"
        if len({len(column.get("actions", [])) for column in columns}) > 1:
            yield f"{path}.columns", "every column needs the same number of actions"
        for number, column in enumerate(columns):
            yield from _of_column(column, f"{path}.columns[{number}]", text=(120, 60), actions=(1, 3))


def _of_column(
    column: Json, path: str, *, text: tuple[int, int], actions: tuple[int, int]
) -> Iterator[Fault]:
    plain, beside = text
    most = beside if column.get("title") or column.get("thumbnailImageUrl") else plain
    yield from _length(column, "text", path, most, by_grapheme=True)
    yield from _length(column, "title", path, 40, by_grapheme=True, may_lack=True)
    given = column.get("actions", [])
    if not actions[0] <= len(given) <= actions[1]:
        yield f"{path}.actions", f"Size must be between {actions[0]} and {actions[1]}"
    for number, action in enumerate(given):
        yield from _of_action(action, f"{path}.actions[{number}]", 20)


def faults_of_rich_menu(menu: Json) -> list[Fault]:
    """What is wrong with a rich menu; empty where LINE takes it."""
    found = list(_length(menu, "name", "richMenu", 300))
    found += _length(menu, "chatBarText", "richMenu", 14, by_grapheme=True)
    width, height = menu.get("size", {}).get("width", 0), menu.get("size", {}).get("height", 0)
    if not 800 <= width <= 2_500 or height < 250 or width / max(height, 1) < 1.45:
        found.append(("richMenu.size", "width 800 to 2500, height from 250, width/height from 1.45"))
    areas = menu.get("areas", [])
    if len(areas) > 20:
        found.append(("richMenu.areas", "Size must be between 0 and 20"))
    for number, area in enumerate(areas):
        path = f"richMenu.areas[{number}]"
        found += _of_action(area.get("action", {}), f"{path}.action", 20, label_needed=False)
        bounds = area.get("bounds", {})
        right = bounds.get("x", 0) + bounds.get("width", 0)
        if right > width or bounds.get("y", 0) + bounds.get("height", 0) > height:
            found.append((f"{path}.bounds", "reaches outside the menu"))
    return found
