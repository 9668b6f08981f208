"""The methods of Slack's Web API that a bot needs, with the checks and the errors of the real ones.

Sources: docs.slack.dev/reference/methods/*. A method answers `{"ok": false, "error": …}` with status 200.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.slack import blocks as kit
from simulator.slack import views
from simulator.slack.blocks import Json
from simulator.slack.errors import ApiError
from simulator.slack.model import Channel, Message, User, Workspace

TEXT_BEST = 4_000  # longer texts are "best" split; chat.update refuses them
TEXT_MOST = 40_000
METADATA_MOST = 16_000  # bytes of JSON
_STRUCTURED = ("blocks", "attachments", "metadata", "files")


@dataclass(frozen=True, slots=True)
class Method:
    """A method: who may call it, and whether it reads a JSON body (the reading ones do not)."""

    run: Callable[["WebApi", Json], Json]
    scope: str | None = None
    reads_json: bool = True


class WebApi:
    """The methods over one workspace."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self._scopes: frozenset[str] = frozenset()

    def call(self, name: str, args: Json, scopes: frozenset[str]) -> Json:
        """Run a method; raises ApiError."""
        method = METHODS.get(name)
        if method is None:
            self.space.problem(f"{name}: no such method, or one that the stand-in lacks")
            raise ApiError("unknown_method", req_method=name)
        self._scopes = scopes
        if method.scope:
            self._need(method.scope)
        for key in (*_STRUCTURED, "view"):
            if isinstance(args.get(key), str):
                args[key] = _parsed(key, args[key])
        return {"ok": True} | method.run(self, args)

    def _need(self, scope: str) -> None:
        if scope not in self._scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(self._scopes)))

    # ---- finding -----------------------------------------------------------------------------

    def _channel(self, args: Json, key: str = "channel") -> Channel:
        channel = self.space.channels.get(str(args.get(key, "")))
        if channel is None or (channel.kind == "private" and self.space.bot.id not in channel.members):
            raise ApiError("channel_not_found")
        return channel

    def _joined(self, args: Json, key: str = "channel") -> Channel:
        channel = self._channel(args, key)
        if channel.archived:
            raise ApiError("is_archived")
        if self.space.bot.id not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def _user(self, args: Json, key: str = "user") -> User:
        user = self.space.users.get(str(args.get(key, "")))
        if user is None:
            raise ApiError("user_not_found")
        return user

    def _own(self, args: Json, refusal: str) -> Message:
        message = self.space.find(self._channel(args).id, str(args.get("ts", "")))
        if message is None or message.ephemeral_to is not None:
            raise ApiError("message_not_found")
        if not message.from_bot:
            raise ApiError(refusal)
        return message

    # ---- chat --------------------------------------------------------------------------------

    def post_message(self, args: Json) -> Json:
        message = self.space.keep(self._composed("chat.postMessage", args, self._destination(args)))
        message.metadata = args.get("metadata")
        kept = message.api() | ({"metadata": message.metadata} if message.metadata else {})
        return {"channel": message.channel, "ts": message.ts, "message": kept}

    def _destination(self, args: Json) -> Channel:
        user = self.space.users.get(str(args.get("channel", "")))
        if user is None:
            return self._joined(args)
        if user.is_bot:
            raise ApiError("cannot_dm_bot")
        if user.deleted:
            raise ApiError("is_inactive")
        return self.space.dm(user.id)

    def post_ephemeral(self, args: Json) -> Json:
        channel, user = self._joined(args), self.space.users.get(str(args.get("user", "")))
        if user is None or user.id not in channel.members:
            raise ApiError("user_not_in_channel")
        message = self._composed("chat.postEphemeral", args, channel)
        message.ephemeral_to = user.id
        self.space.keep(message)
        return {"message_ts": message.ts}

    def _composed(self, method: str, args: Json, channel: Channel) -> Message:
        self.check_content(method, args)
        return Message(
            channel.id,
            self.space.next_ts(),
            self.space.bot.id,
            str(args.get("text") or args.get("markdown_text") or "")[:TEXT_MOST],
            args.get("blocks") or [],
            args.get("attachments") or [],
            thread_ts=args.get("thread_ts"),
            from_bot=True,
        )

    def check_content(self, method: str, args: Json) -> None:
        """Refuse what Slack refuses of text, blocks and metadata; note what it only advises against."""
        text, blocks, attachments = args.get("text"), args.get("blocks"), args.get("attachments")
        if not (text or blocks or attachments or args.get("markdown_text")):
            raise ApiError("no_text")
        if len(args.get("markdown_text") or "") > 12_000:
            raise ApiError("msg_too_long")
        if blocks and not text:
            self.space.problem(f"{method}: blocks without text leave the notification empty")
        if text and len(text) > TEXT_BEST:
            self.space.problem(f"{method}: a text of {len(text)} characters, {TEXT_BEST} are advised")
        for fault in sorted({*kit.faults_of_markup(text), *kit.faults_of_markup(blocks)}):
            self.space.problem(f"{method}: {fault}")
        faults = kit.faults_of_blocks(blocks) if blocks else []
        for attachment in attachments or []:
            faults += kit.faults_of_blocks(attachment.get("blocks", []))
        if faults:
            self.space.problem(f"{method}: {'; '.join(faults)}")
            raise ApiError("invalid_blocks", errors=faults, response_metadata={"messages": faults})
        self._check_metadata(method, args.get("metadata"))

    def _check_metadata(self, method: str, metadata: Any) -> None:
        if metadata in (None, {}):
            return
        good = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
        if not good or not isinstance(metadata.get("event_type"), str):
            self.space.problem(f"{method}: metadata needs event_type and event_payload")
            raise ApiError("invalid_metadata_format")
        if len(json.dumps(metadata).encode()) > METADATA_MOST:
            raise ApiError("metadata_too_large")

    def update(self, args: Json) -> Json:
        message = self._own(args, "cant_update_message")
        if len(args.get("text") or "") > TEXT_BEST:
            raise ApiError("msg_too_long")
        self.check_content("chat.update", args)
        new: Json = {"plain": args.get("text") or message.plain}
        if "text" in args or "blocks" in args:
            new["blocks"] = args.get("blocks") or []  # text alone removes the blocks
        new |= {key: args[key] or None for key in ("metadata",) if key in args}
        new |= {key: args[key] or [] for key in ("attachments",) if key in args}
        self.space.change(message, **new)
        return {"channel": message.channel, "ts": message.ts, "text": message.plain, "message": message.api()}

    def delete(self, args: Json) -> Json:
        message = self._own(args, "cant_delete_message")
        self.space.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    # ---- conversations -----------------------------------------------------------------------

    def open_conversation(self, args: Json) -> Json:
        if args.get("channel"):
            return {"channel": self._conversation(self._channel(args))}
        users = [one for one in str(args.get("users", "")).split(",") if one]
        if not users:
            raise ApiError("users_list_not_supplied")
        if len(users) > 1:
            self.space.problem("conversations.open: the stand-in opens direct messages with one user only")
            raise ApiError("too_many_users")
        user = self._user({"user": users[0]})
        if user.is_bot:
            raise ApiError("cannot_dm_bot")
        if user.deleted:
            raise ApiError("user_disabled")
        known = f"D{user.id[1:]}" in self.space.channels
        channel = {"id": self.space.dm(user.id).id}
        return {"channel": channel} | ({"no_op": True, "already_open": True} if known else {})

    def _conversation(self, channel: Channel) -> Json:
        direct = channel.kind == "im"
        found: Json = {"id": channel.id, "is_im": direct, "is_archived": channel.archived}
        if direct:
            return found | {"user": next(one for one in channel.members if one != self.space.bot.id)}
        return found | {
            "name": channel.name,
            "is_channel": channel.kind == "public",
            "is_private": channel.kind == "private",
            "is_member": self.space.bot.id in channel.members,
            "num_members": len(channel.members),
        }

    def conversation_info(self, args: Json) -> Json:
        return {"channel": self._conversation(self._channel(args))}

    def list_conversations(self, args: Json) -> Json:
        kinds = {"public_channel": "public", "private_channel": "private", "im": "im"}
        wanted = {kinds.get(one) for one in str(args.get("types", "public_channel")).split(",")}
        seen = [
            channel
            for channel in self.space.channels.values()
            if channel.kind in wanted and (channel.kind == "public" or self.space.bot.id in channel.members)
        ]
        page, cursor = _page(seen, args)
        return {"channels": [self._conversation(channel) for channel in page]} | cursor

    def join(self, args: Json) -> Json:
        channel = self._channel(args)
        if channel.kind != "public":
            raise ApiError("method_not_supported_for_channel_type")
        channel.members.add(self.space.bot.id)
        return {"channel": self._conversation(channel)}

    def members(self, args: Json) -> Json:
        page, cursor = _page(sorted(self._channel(args).members), args)
        return {"members": page} | cursor

    def history(self, args: Json) -> Json:
        messages = [one for one in self._readable(args).messages if one.thread_ts in (None, one.ts)]
        return self._told(messages[::-1], args)

    def replies(self, args: Json) -> Json:
        thread = str(args.get("ts", ""))
        messages = [one for one in self._readable(args).messages if thread in (one.ts, one.thread_ts)]
        if not messages:
            raise ApiError("thread_not_found")
        return self._told(messages, args)

    def _readable(self, args: Json) -> Channel:
        channel = self._joined(args)
        self._need({"im": "im:history", "private": "groups:history"}.get(channel.kind, "channels:history"))
        return channel

    def _told(self, messages: list[Message], args: Json) -> Json:
        oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9" * 20)
        inclusive = _true(args.get("inclusive"))

        def within(ts: str) -> bool:
            low, at, high = float(oldest), float(ts), float(latest)
            return low <= at <= high if inclusive else low < at < high

        page, cursor = _page([one for one in messages if within(one.ts)], args)
        told = []
        for message in page:
            more: Json = {"bot_id": self.space.bot_id} if message.from_bot else {}
            if message.metadata and _true(args.get("include_all_metadata")):
                more["metadata"] = message.metadata
            told.append(message.api() | more)
        return {"messages": told, "has_more": bool(cursor["response_metadata"]["next_cursor"])} | cursor

    # ---- users and files -----------------------------------------------------------------------

    def auth_test(self, _args: Json) -> Json:
        space = self.space
        return {
            "url": "https://stand-in.slack.com/",
            "team": space.team,
            "user": space.bot.name,
            "team_id": space.team,
            "user_id": space.bot.id,
            "bot_id": space.bot_id,
            "is_enterprise_install": False,
        }

    def _member(self, user: User) -> Json:
        profile = {"real_name": user.real_name, "display_name": user.name, "email": user.email}
        return {
            "id": user.id,
            "team_id": self.space.team,
            "name": user.name,
            "real_name": user.real_name,
            "deleted": user.deleted,
            "is_bot": user.is_bot,
            "tz": "Asia/Tokyo",
            "profile": profile,
        }

    def user_info(self, args: Json) -> Json:
        return {"user": self._member(self._user(args))}

    def list_users(self, args: Json) -> Json:
        page, cursor = _page(list(self.space.users.values()), args)
        return {"members": [self._member(user) for user in page]} | cursor

    def user_by_email(self, args: Json) -> Json:
        for user in self.space.users.values():
            if user.email == args.get("email") and not user.deleted:
                return {"user": self._member(user)}
        raise ApiError("users_not_found")

    def upload_url(self, args: Json) -> Json:
        if not args.get("filename") or int(args.get("length") or 0) <= 0:
            raise ApiError("invalid_arguments")
        file_id = self.space.fresh("F")
        self.space.files[file_id] = {"id": file_id, "name": args["filename"], "size": int(args["length"])}
        return {"upload_url": f"{self.space.base}/upload/{file_id}", "file_id": file_id}

    def complete_upload(self, args: Json) -> Json:
        files = []
        for given in args.get("files") or []:
            file = self.space.files.get(given.get("id"))
            if file is None or "content" not in file:
                raise ApiError("file_not_found")
            file["title"] = given.get("title") or file["name"]
            files.append({key: file[key] for key in ("id", "name", "title", "size")})
        if not files:
            raise ApiError("invalid_arguments")
        if args.get("channel_id"):
            channel = self._joined(args, "channel_id")
            text = str(args.get("initial_comment") or "")
            ts, bot, thread = self.space.next_ts(), self.space.bot.id, args.get("thread_ts")
            self.space.keep(Message(channel.id, ts, bot, text, thread_ts=thread, files=files, from_bot=True))
        return {"files": files}


def _true(value: Any) -> bool:
    return value in (True, "true", "True", "1", 1)


def _parsed(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise ApiError("invalid_blocks" if key == "blocks" else "invalid_arguments") from None


def _page(items: list[Any], args: Json) -> tuple[list[Any], Json]:
    """One page of a list, and the `response_metadata` that leads to the next."""
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    following = str(start + limit) if start + limit < len(items) else ""
    return items[start : start + limit], {"response_metadata": {"next_cursor": following}}


METHODS: dict[str, Method] = {
    "auth.test": Method(WebApi.auth_test),
    "chat.postMessage": Method(WebApi.post_message, "chat:write"),
    "chat.postEphemeral": Method(WebApi.post_ephemeral, "chat:write"),
    "chat.update": Method(WebApi.update, "chat:write"),
    "chat.delete": Method(WebApi.delete, "chat:write"),
    "conversations.open": Method(WebApi.open_conversation, "im:write"),
    "conversations.info": Method(WebApi.conversation_info, "channels:read", reads_json=False),
    "conversations.list": Method(WebApi.list_conversations, "channels:read", reads_json=False),
    "conversations.members": Method(WebApi.members, "channels:read", reads_json=False),
    "conversations.join": Method(WebApi.join, "channels:join"),
    "conversations.history": Method(WebApi.history, None, reads_json=False),
    "conversations.replies": Method(WebApi.replies, None, reads_json=False),
    "users.info": Method(WebApi.user_info, "users:read", reads_json=False),
    "users.list": Method(WebApi.list_users, "users:read", reads_json=False),
    "users.lookupByEmail": Method(WebApi.user_by_email, "users:read.email", reads_json=False),
    "files.getUploadURLExternal": Method(WebApi.upload_url, "files:write", reads_json=False),
    "files.completeUploadExternal": Method(WebApi.complete_upload, "files:write"),
    "views.open": Method(lambda api, args: views.open_view(api.space, args)),
    "views.push": Method(lambda api, args: views.push_view(api.space, args)),
    "views.update": Method(lambda api, args: views.update_view(api.space, args)),
    "views.publish": Method(lambda api, args: views.publish_view(api.space, args)),
}
