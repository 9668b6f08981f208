"""What is left of a message when its status is read: place, client, reason."""

import re
from functools import lru_cache

from bot.language.drafts import Draft
from bot.language.patterns import either

_LEAD = re.compile(
    r"^(?:の|に|は|で|を|が|と|へ|も|から|より|にて|中(?=[\s、(])|ちゅう|予定|しばらく)+"
    r"(?=[\s、(]|[A-Za-z0-9ァ-ヴ一-龥])"
)
_TAIL = re.compile(
    r"(?:の|に|は|で|を|が|と|へ|(?<!ど)も|にて|のあと?|の後|との|での|への|のため|ため|から|まで|する|です|につき|による|により|がするので|なので|とのこと|そうです)+$"
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
    either(
        """
        [はも]?(?:私|僕|俺|自分|当方|こちら|それ|これ)(?:より|から|は)?
        [はも]?(?:今|いま|ただいま|(?:この|その)?まま|このあ|引き続き|ずっ|丸々|いっぱい)
        本当に 急 急ですが やっぱり? (?:もう)?すぐ まもなく そろそろ ちょうど また まだ だけ なら になったら
        ただし 残り お先 先 後 皆(?:様|さん) 各位 勤怠 (?:勤怠)?連絡(?:あり)? あり がある される? になった
        (?:の)?見込み 中につき 中[にで]? ちゅう では? には のため
        の?間 または 又は もしくは あるいは ないし
        """
    )
)
_REMNANT = re.compile(r"[ぁ-ん]{1,2}|[一-龥][ぁ-ん]+|\d{1,2}(?: \d{1,2})*")  # of a verb, of a list's numbers
_SMALL = re.compile(
    either(
        """
        an? and am at be(?:ing)? for from fyi going head(?:ing)? hello hi i i'm i'll i've im in is it just my
        now of off on out please re running sorry still tak(?:e|ing) the this to today visiting we will with
        """
    ),
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]+)(?:\)|$)")


def note(draft: Draft, cleaned: str) -> str:
    """The words of a stretch that no rule used, in the order typed."""
    pieces = draft.frame.pieces
    if len(draft.frame.found) > 1 or draft.word is None:
        pieces = sorted(pieces + _causes(draft))
    words: list[str] = []
    for start, end in _joined(pieces):
        piece = cleaned[start:end]
        if end - start > 1 and (piece := _trimmed(piece)) and piece not in words:
            words.append(piece)
    return " ".join(words)


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What stands without a gap is one: 七夕 and 祭り."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _causes(draft: Draft) -> list[tuple[int, int]]:
    """Where the status words stand that gave way to the one that decided."""
    return [
        (word.start, word.end)
        for word in draft.frame.found
        if word is not draft.word and (word.cause or word.bracketed)
    ]


@lru_cache(maxsize=4096)  # most are the same few endings
def _trimmed(piece: str) -> str:
    if "(" in piece and (inside := _BRACKETS.findall(piece)):
        return " ".join(text.strip() for text in inside)
    piece = piece.strip(" 、。・,/:;!?()-~@\n\"'")
    if piece.isascii():
        return _without_small_words(piece)
    piece = _LEAD.sub("", piece)
    while (shorter := _TAIL.sub("", piece).strip()) != piece:
        piece = shorter
    said = _VERBAL.search(piece) or _FILLERS.fullmatch(piece) or _REMNANT.fullmatch(piece)
    return "" if said else piece


def _without_small_words(piece: str) -> str:
    """English without what only joins: "going to a client" is of a client."""
    words = piece.split()
    while words and (_SMALL.fullmatch(words[0].strip(",.")) or words[0] == "team"):  # Hi team
        del words[0]
    while words and _SMALL.fullmatch(words[-1]):
        del words[-1]
    piece = " ".join(words)
    return "" if _REMNANT.fullmatch(piece) else piece
