"""What is left of a message when its status is read: place, client, reason."""

import re

from bot.language.entries import Draft
from bot.language.patterns import either

_LEAD = re.compile(
    r"^(?:の|に|は|で|を|が|と|へ|も|から|より|にて|中|ちゅう|は、|予定|しばらく)+(?=[\s、(]|[a-z0-9ァ-ヴ一-龥])"
)
_PREPOSITION = re.compile(r"^(?:with|at|in|to|for|re|due to|the|a|an)\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:の|に|は|で|を|が|と|へ|も|にて|との|での|への|のため|ため|から|まで|する|です|による|により)+$"
)
_VERBAL = re.compile(
    either(
        """
        です ます まし ません でし いたし 致し して する した なり とり 取り いただ 頂 くださ お願い
        よろしく すみません 申し訳 おはよう お疲れ ござい とのこと 予定 そうです らしい のため ので けど
        しま ではなく じゃなく という
        """
    )
)
_FILLERS = re.compile(
    "^"
    + either(
        """
        本当に 急ですが 私 自分 今 i'm i\\sam i'll\\sbe i\\swill\\sbe i in\\sa in\\san in at on for be
        will the a an my now today taking with to going
        """
    )
    + "$"
)
_NOTHING = frozenset(
    (*" のにはでをがとへもか中んすで", "です", "します", "には", "のため", "で ", "の ", "では")
)
_BRACKETS = re.compile(r"\(([^()]+)\)")


def note(draft: Draft, cleaned: str) -> str:
    """The words of a stretch that no rule used, in the order typed."""
    pieces = draft.frame.pieces
    if len(draft.frame.found) > 1 or draft.word is None:
        pieces = sorted(pieces + _causes(draft))
    words: list[str] = []
    for start, end in pieces:
        piece = cleaned[start:end]
        if piece in _NOTHING or not (piece := _trimmed(piece)) or piece in words:
            continue
        words.append(piece)
    return " ".join(words)


def _causes(draft: Draft) -> list[tuple[int, int]]:
    """Where the status words stand that gave way to the one that decided."""
    return [
        (word.start, word.end)
        for word in draft.frame.found
        if word is not draft.word and (word.cause or word.bracketed)
    ]


def _trimmed(piece: str) -> str:
    if "(" in piece and (inside := _BRACKETS.findall(piece)):
        return " ".join(text.strip() for text in inside)
    piece = piece.strip(" 、。・,/:;!?()-~\n\"'")
    if not piece or _VERBAL.search(piece):
        return ""
    piece = _PREPOSITION.sub("", _LEAD.sub("", piece))
    while (shorter := _TAIL.sub("", piece).strip()) != piece:
        piece = shorter
    return "" if not piece or _FILLERS.match(piece) or piece in _NOTHING else piece
