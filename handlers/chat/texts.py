"""A text from a member of staff, typed freely or after a command, and its answer."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.language.model import Action, Context, StatusUpdate
from bot.office.model import Person
from bot.office.roster import Roster
from bot.platforms.cards import Card
from bot.store.transaction import Transaction
from handlers.chat import overview
from handlers.chat.asking import ask, ask_who
from handlers.chat.cancelling import cancelled, takes_back_last
from handlers.chat.change import carry_out
from handlers.chat.editing import leave_edit, new_words
from handlers.chat.managing import managed
from handlers.chat.moving import moved
from handlers.chat.repeating import repeating
from handlers.chat.reply import Reply
from handlers.chat.settings import setting_in
from handlers.chat.talk import OvertakenError, Talk, always

_CHANGES = (Action.SET, Action.CLEAR, Action.EXTEND)
_OLDEST_TYPED = timedelta(days=1)
_MOST_CHARACTERS = 1_000

_EVERYONE = re.compile(
    r"みんな|皆|全員|全体|一覧|メンバー|チーム|誰が|だれが|board|every\s?(one|body)|who('s| is| are)",
    re.IGNORECASE,
)
_WORDS = {
    "help": ("help", "ヘルプ", "使い方", "つかいかた", "?", "？", "ハウツー"),
    "calls": ("calls", "伝言", "伝言一覧", "未対応", "電話メモ", "未対応の伝言"),
    "status": ("status", "状況", "私の状況", "自分の状況", "予定", "私の予定", "予定一覧", "自分の予定"),
    "board": ("board", "みんな", "みんなの状況", "みんなの予定", "全員の状況", "在席状況", "在席一覧"),
}
_WORD_OF = {word: name for name, words in _WORDS.items() for word in words}
_COMMAND = re.compile(
    r"/?(away|tori|back|status|whereis|calls|toritsugi)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL
)
_SAID_BACK = re.compile(r"[。.!！\n、,]")
_HINT = Card(
    text="状況として読み取れませんでした。「外出 15時まで」「戻りました」のように送ってください。",
    small=("使い方は「ヘルプ」で見られます。",),
    choices=("ヘルプ", "みんなの状況"),
)


def answer_text(
    tx: Transaction,
    roster: Roster,
    person: Person,
    text: str,
    context: Context,
    channel: str,
    *,
    in_channel: bool = False,
    typed_at: datetime | None = None,
    in_order: Callable[[], bool] = always,
) -> Reply | None:
    """Carry out what a text asks, and answer it; None where nothing is to be said.

    `context` is `command` after a slash command, else `chat`. `in_channel`: others read along (an
    office's channel for 勤怠), so what is no status is left alone. `typed_at` is the platform's own
    time of the text. `in_order` is asked before a change: False where something newer of the same
    person was taken already, which an old text must not undo.
    """
    talk = Talk(tx, roster, person, channel, typed_at, in_order)
    words = text.strip()[:_MOST_CHARACTERS]
    try:
        return _said(talk, words, context, in_channel=in_channel)
    except OvertakenError:
        return overtaken(words)


def overtaken(words: str) -> Reply:
    """A text that was typed before something that counts already changes nothing."""
    return Reply(Card(text=f"あとから送られた内容を優先し、「{words[:60]}」は登録していません。"))


def _said(talk: Talk, words: str, context: Context, *, in_channel: bool) -> Reply | None:
    """What is done about a text, and its answer.

    Raises:
        OvertakenError: it comes too late to change anything.
    """
    if context == "chat":
        named = _named_command(words, in_channel=in_channel)
        if named:
            leave_edit(talk)
            return _commanded(talk, *named)
    told = None if in_channel else takes_back_last(talk, words) or setting_in(talk, words)
    at = _typed_at(talk)
    told = told or repeating(talk, words, context, at)
    if told:
        leave_edit(talk)
        return told
    update = talk.understand(words, context, at)
    changed = None if talk.has_forms else new_words(talk, words, update, context)
    if not (in_channel and update.action is Action.NONE):
        changed = changed or moved(talk, words, update)
    return changed or _answer(
        talk, words, update, context, back=_said_back(talk, words, update), in_channel=in_channel
    )


def answer_command(
    tx: Transaction,
    roster: Roster,
    person: Person,
    command: str,
    text: str,
    channel: str,
    *,
    in_order: Callable[[], bool] = always,
) -> Reply:
    """The answer to one of our commands, `command` without its slash; an unknown one gets the help.

    `in_order` is called where it changes something. A command, whose answer is waited for, always counts;
    texts typed before it do not count after it.
    """
    return _commanded(Talk(tx, roster, person, channel, in_order=lambda: in_order() or True), command, text)


def _commanded(talk: Talk, command: str, text: str) -> Reply:
    words = text.strip()[:_MOST_CHARACTERS]
    match command.lower():
        case "calls":
            return overview.open_calls(talk)
        case "back":
            return _back(talk, words)
        case "status" | "whereis":
            return _status(talk, words)
        case "away" | "tori":
            pass
        case _:
            asked_for_help = not words or _WORD_OF.get(words.lower()) == "help"
            tool = overview.help_card() if asked_for_help else managed(talk, words)
            if tool:
                return tool
    named = _named_command(words, in_channel=False)
    if named:
        return _commanded(talk, *named)
    reply = _said(talk, words, "command", in_channel=False)
    return reply or Reply(_HINT)


def _named_command(words: str, *, in_channel: bool) -> tuple[str, str] | None:
    """A command typed as plain text, with the rest of the text."""
    name = _WORD_OF.get(words.lower())
    if name:
        return (
            None
            if in_channel
            else {"help": ("toritsugi", ""), "board": ("status", "みんな")}.get(name, (name, ""))
        )
    found = _COMMAND.fullmatch(words)
    if not found or in_channel:
        return None
    command, rest = found[1].lower(), found[2] or ""
    is_english = command in ("away", "back") and not words.startswith("/")  # "back at 3pm" is a status
    return None if is_english else (command, rest)


def _typed_at(talk: Talk) -> datetime:
    """When the text was meant, in whole minutes: as typed, unless that is no instant of the last day.

    20分後 said at 10:41:30 is 11:01, in what we show and in what callers hear.
    """
    typed_at = talk.said_at
    known = typed_at is not None and timedelta(0) < talk.tx.now - typed_at < _OLDEST_TYPED
    at = typed_at.astimezone(talk.roster.zone) if known and typed_at else talk.now
    return at.replace(second=0, microsecond=0)


def _answer(
    talk: Talk, words: str, update: StatusUpdate, context: Context, *, back: bool, in_channel: bool
) -> Reply | None:
    if update.action is Action.NONE:
        return None if in_channel else Reply(_HINT)
    if update.action is Action.QUERY:
        return _query(talk, words, update)
    if update.action is Action.ASK:
        return ask(talk, words, update, context)
    target: Person = talk.person
    if update.who:
        found = talk.named(update.who)
        if not found:
            return None if in_channel else overview.nobody(update.who)
        if len(found) > 1:
            return ask_who(talk, update.who, update, found)
        target = found[0]
    called_off = cancelled(talk, words, target) if update.action is Action.CLEAR else None
    return called_off or carry_out(talk, update, target, back=back)


def _query(talk: Talk, words: str, update: StatusUpdate) -> Reply:
    if update.who:
        return overview.colleagues_status(talk, update.who, talk.named(update.who))
    return overview.board(talk) if _EVERYONE.search(words) else overview.own_status(talk)


def _said_back(talk: Talk, words: str, update: StatusUpdate) -> bool:
    """Whether a new status follows on 戻りました: then what holds ends."""
    if update.action is not Action.SET or not (found := _SAID_BACK.search(words)):
        return False
    first = talk.understand(words[: found.start()], "chat")
    return first.action is Action.CLEAR and first.who == update.who


def _back(talk: Talk, words: str) -> Reply:
    """`/back`, for a colleague named, or with what comes next."""
    if not words:
        return carry_out(talk, StatusUpdate(Action.CLEAR), talk.person)
    found = talk.named(words)
    if len(found) == 1:
        return carry_out(talk, StatusUpdate(Action.CLEAR), found[0])
    if found:
        return ask_who(talk, words, StatusUpdate(Action.CLEAR), found)
    update = talk.understand(words, "command")
    if update.action is Action.NONE:
        return carry_out(talk, StatusUpdate(Action.CLEAR), talk.person)
    back = update.action is Action.SET and update.who is None
    reply = _answer(talk, words, update, "command", back=back, in_channel=False)
    return reply or Reply(_HINT)


def _status(talk: Talk, words: str) -> Reply:
    """`/status` and `/whereis`: oneself, a colleague, everybody; or a status after all."""
    if not words:
        return overview.own_status(talk)
    if _EVERYONE.search(words):
        return overview.board(talk)
    found = talk.named(words)
    if found:
        return overview.colleagues_status(talk, words, found)
    update = talk.understand(words, "command")
    if update.action is Action.QUERY or update.action in _CHANGES:
        reply = _answer(talk, words, update, "command", back=False, in_channel=False)
        if reply:
            return reply
    return overview.nobody(words)
