"""Fields of a view or message: what is in them, and what a submission's answer does."""

import json
from typing import Any

from simulator.courier import Answer
from simulator.slack import blocks as kit
from simulator.slack import views
from simulator.slack.blocks import Json
from simulator.slack.errors import ApiError
from simulator.slack.model import View, Workspace

# element type → (the key of its value in a payload, the key of its initial value)
_VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
}


def filled(element: Json, value: Any) -> Json:
    """An element's state with a value; options are given by value or label. None leaves it empty."""
    kind = element["type"]
    key = _VALUES[kind][0]
    if value is not None and key in ("selected_option", "selected_options"):
        wanted = value if isinstance(value, list) else [value]
        options = [_option(element, one) for one in wanted]
        value = options if key == "selected_options" else options[0]
    return {"type": kind, key: value}


def _option(element: Json, wanted: str) -> Json:
    options: list[Json] = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return {"text": option["text"], "value": option["value"]}
    labels = [option["text"]["text"] for option in options]
    raise AssertionError(f"no option {wanted!r} but {labels}")


def values(blocks: list[Json], given: dict[str, Any]) -> Json:
    """`state.values`: block_id → action_id → state, initial values where nothing was given."""
    state: Json = {}
    for block in blocks:
        for block_id, element in kit.elements([block]):
            if element["type"] not in _VALUES:
                continue
            label = block.get("label", {}).get("text")
            names = [name for name in (block_id, element["action_id"], label) if name in given]
            key, initial = _VALUES[element["type"]]
            empty: Any = [] if key.startswith("selected_options") else None
            kept = {"type": element["type"], key: element.get(initial, empty)}
            action = filled(element, given[names[0]]) if names else kept
            state.setdefault(block_id, {})[element["action_id"]] = action
    return state


def complete(blocks: list[Json], given: dict[str, Any]) -> Json:
    """The state of a form that a person sends; AssertionError where the client would not let them."""
    state = values(blocks, given)
    used: set[str] = set()
    for block in blocks:
        for block_id, element in kit.elements([block]):
            label = block.get("label", {}).get("text", "")
            used |= {block_id, element["action_id"], label}
            if block.get("type") != "input" or block.get("optional"):
                continue
            state_of = state[block_id][element["action_id"]]
            if not state_of[_VALUES[element["type"]][0]]:
                raise AssertionError(f"the field {label!r} must be filled")
    if unknown := set(given) - used:
        raise AssertionError(f"the form has no field {sorted(unknown)}")
    return state


def after_submission(space: Workspace, view: View, answer: Answer) -> Json:
    """Do to the stack what the answer to a submission says; returns errors by block_id."""
    stack = space.stacks.get(view.user, [])
    if answer.status != 200:
        return {"": "We had some trouble connecting. Try again?"}
    said: Json = json.loads(answer.body) if answer.body.strip() else {}
    match said.get("response_action"):
        case "errors":
            return _errors(space, view, said.get("errors", {}))
        case "update":
            _refusable(space, view, said, "update")
        case "push":
            _refusable(space, view, said, "push")
        case "clear":
            stack.clear()
        case _:
            if view in stack:
                stack.remove(view)
    space.changes.tell("view_closed", user=view.user, view_id=view.id)
    return {}


def _errors(space: Workspace, view: View, errors: Json) -> Json:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    for block_id in errors.keys() - inputs:
        space.problem(f"view_submission: an error for {block_id!r}, which is no input block")
    return errors


def _refusable(space: Workspace, view: View, said: Json, action: str) -> None:
    try:
        body = views.checked(space, f"response_action {action}", said.get("view"), "modal")
        if action == "push":
            views.pushed(space, view.user, body)
        else:
            views.replace(space, view, body)
    except ApiError as error:
        space.problem(f"view_submission: {action} refused, {error}")
