"""Modals and Home tabs: opened by a trigger_id, stacked three high, guarded by a hash.

Source: docs.slack.dev/surfaces/modals and docs.slack.dev/reference/methods/views.open.
"""

import secrets
from typing import Any

from simulator.slack import blocks as kit
from simulator.slack.blocks import Json
from simulator.slack.errors import ApiError
from simulator.slack.model import TRIGGER_LIFE, Trigger, View, Workspace

STACK = 3
VIEW_MOST = 250_000  # characters of JSON


def open_view(space: Workspace, args: Json) -> Json:
    """`views.open`: a modal in place of nothing."""
    body = checked(space, "views.open", args.get("view"), "modal")
    trigger = _spend(space, args)
    view = _made(space, trigger.user, body)
    space.stacks[trigger.user] = [view]
    return _shown(space, view)


def push_view(space: Workspace, args: Json) -> Json:
    """`views.push`: a modal on top of the one that was touched."""
    body = checked(space, "views.push", args.get("view"), "modal")
    trigger = _spend(space, args)
    return _shown(space, pushed(space, trigger.user, body))


def pushed(space: Workspace, user: str, body: Json) -> View:
    """A modal on top of a user's stack; raises ApiError where there is none or it is full."""
    stack = space.stacks.get(user, [])
    if not stack:
        raise ApiError("not_found")
    if len(stack) >= STACK:
        raise ApiError("push_limit_reached")
    view = _made(space, user, body)
    view.root, view.previous = stack[0].id, stack[-1].id
    stack.append(view)
    return view


def update_view(space: Workspace, args: Json) -> Json:
    """`views.update`, by view_id or external_id."""
    view = space.views.get(str(args.get("view_id", "")))
    if view is None and args.get("external_id"):
        wanted = args["external_id"]
        view = next((one for one in space.views.values() if one.body.get("external_id") == wanted), None)
    if view is None or not _still_there(space, view):
        raise ApiError("not_found")
    if args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    replace(space, view, checked(space, "views.update", args.get("view"), view.body["type"]))
    return _shown(space, view)


def publish_view(space: Workspace, args: Json) -> Json:
    """`views.publish`: a user's Home tab."""
    user = space.users.get(str(args.get("user_id", "")))
    if user is None or user.is_bot:
        raise ApiError("user_not_found")
    body = checked(space, "views.publish", args.get("view"), "home")
    view = space.homes.get(user.id)
    if view is not None and args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    if view is None:
        view = space.homes[user.id] = _made(space, user.id, body)
    else:
        replace(space, view, body)
    return _shown(space, view)


def checked(space: Workspace, method: str, view: Any, kind: str) -> Json:
    """The view with ids filled in; raises ApiError where Slack refuses it."""
    faults = kit.faults_of_view(view)
    if not faults and view["type"] != kind:
        faults = [f"a view of type {view['type']!r} where {kind!r} is wanted"]
    if not faults and len(str(view)) > VIEW_MOST:
        raise ApiError("view_too_large")
    if faults:
        space.problem(f"{method}: {'; '.join(faults)}")
        raise ApiError("invalid_arguments", response_metadata={"messages": faults})
    body: Json = dict(view)
    body["blocks"] = kit.with_ids(body["blocks"], space.fresh)
    return body


def replace(space: Workspace, view: View, body: Json) -> None:
    """New content for a view; its hash changes."""
    view.body, view.hash = body, _hash(space)
    space.changes.tell("view", view=to_json(space, view))


def to_json(space: Workspace, view: View) -> Json:
    """All a page needs to draw a view, `user` being the one who sees it."""
    return {"user": view.user, "text": view.text, "view": api(space, view, {})}


def api(space: Workspace, view: View, values: Json) -> Json:
    """The view object of the Web API and of payloads."""
    defaults = {"callback_id": "", "private_metadata": "", "external_id": "", "clear_on_close": False}
    return (
        defaults
        | view.body
        | {
            "id": view.id,
            "team_id": space.team,
            "app_id": space.app_id,
            "bot_id": space.bot_id,
            "hash": view.hash,
            "root_view_id": view.root,
            "previous_view_id": view.previous,
            "state": {"values": values},
        }
    )


def _spend(space: Workspace, args: Json) -> Trigger:
    trigger = space.triggers.get(str(args.get("trigger_id", "")))
    if trigger is None:
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        raise ApiError("exchanged_trigger_id")
    if space.now() - trigger.at > TRIGGER_LIFE:
        space.problem("a trigger_id was used more than 3 s after the interaction")
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _made(space: Workspace, user: str, body: Json) -> View:
    view_id = space.fresh("V")
    view = space.views[view_id] = View(view_id, user, body, _hash(space), view_id)
    space.changes.tell("view", view=to_json(space, view))
    return view


def _hash(space: Workspace) -> str:
    return f"{int(space.now().timestamp())}.{secrets.token_hex(4)}"


def _still_there(space: Workspace, view: View) -> bool:
    return view in space.stacks.get(view.user, []) or space.homes.get(view.user) is view


def _shown(space: Workspace, view: View) -> Json:
    return {"view": api(space, view, {})}
