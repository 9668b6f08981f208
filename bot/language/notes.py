"""What is left of a message when its status is read: place, client, reason."""

import re

from bot.language.entries import Draft
from bot.language.frames import Frame
from bot.language.kinds import kind_of

_EDGES = re.compile(
    r"^(?:[\s、。・,/:;!()\-~]|(?:に|は|で|の|を|が|と|へ|も|から|まで|より|ため|中|ちゅう)(?![^\s、。])"
    r"|ちょっと|少し|今から|これから|ただいま|本当に|急遽|引き続き|一旦|いったん|すみません(?:が)?|お疲れ様です|お疲れさまです|おはようございます)+"
)
_LEAD = re.compile(r"^(?:の|に|は|で|を|が|と|へ|も|から|より|にて|中|ちゅう|は、|予定|しばらく)+(?=[\s、(]|[a-z0-9ァ-ヴ一-龥])")
_TAIL = re.compile(r"(?:の|に|は|で|を|が|と|へ|も|にて|との|での|への|のため|ため|から|まで|する|です|による|により)+$")
_VERBAL = re.compile(
    r"(?:です|ます|まし|ません|でし|いたし|致し|して|する|した|なり|とり|取り|いただ|頂|くださ|お願い|よろしく|すみません|申し訳|おはよう|お疲れ|ござい|とのこと|予定|そうです|らしい|のため|します|ので|けど|しま)"
)
_FILLERS = re.compile(
    r"^(?:ちょっと|少し|今から|これから|ただ今|ただいま|急遽|急ですが|引き続き|一旦|いったん|本当に|すみません|私|自分|今|現在|しばらく|少々|"
    r"i'm|i am|i'll be|i will be|i|in a|in an|in|at|on|for|be|will|the|a|an|my|now|today|taking|with|to|going)$"
)
_BRACKETS = re.compile(r"\(([^()]+)\)")


def note(draft: Draft, cleaned: str) -> str:
    """The words of a stretch that no rule used, in the order typed."""
    parts: list[str] = []
    deciding = draft.word
    pieces = list(draft.frame.pieces)
    pieces += [(word.start, word.end) for word in draft.frame.found if word is not deciding and _tells(word, draft)]
    for start, end in sorted(pieces):
        piece = _trimmed(cleaned[start:end])
        if piece and piece not in parts:
            parts.append(piece)
    return " ".join(parts)


def _tells(word: object, draft: Draft) -> bool:
    return getattr(word, "cause", False) or getattr(word, "bracketed", False)


def _trimmed(piece: str) -> str:
    inside = _BRACKETS.findall(piece)
    if inside:
        return " ".join(text.strip() for text in inside)
    piece = piece.strip(" 　、。・,/:;!?()-~\n\"'")
    piece = _LEAD.sub("", piece)
    while (shorter := _TAIL.sub("", piece).strip()) != piece:
        piece = shorter
    if not piece or _FILLERS.match(piece) or _VERBAL.search(piece):
        return ""
    return "" if len(piece) == 1 and piece in "のにはでをがとへもか中ん" else piece


def only() -> Frame:
    """A stretch of which nothing but a note was said."""
    return Frame()


__all__ = ["kind_of", "note", "only"]
