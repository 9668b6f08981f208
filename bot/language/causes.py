"""Of a cause and a state the state counts: 会議のため離席, 午前中通院のため13時出社."""

import re
from itertools import zip_longest

from bot.language.frames import Frame

_CAUSES = (
    "のため", "ため", "の為", "為", "により", "によって", "につき", "なので", "ですので", "中なので",
    "中のため", "中につき", "ので", "の影響で", "の都合で", "が原因で",
    "による", "のせいで", "の関係で", "のことで", "になったため", "になったので", "で", "に伴い", "due to",
)  # fmt: skip
_FOR = re.compile(
    "(?:[にへが]?(?:ある|入る|あり|の?参加|の?出席|行く|いく|寄る|する))+の?(?:ため|ので)"  # 勉強会参加のため
    "|続き(?:の?ため|なので)"
    "|(?:い|お)?(?:る|ます|ります)(?:の?ため|ので)|そうな(?:ため|ので)"  # 遅れているので, 遅くなりそうなので
    "|[がにへをも][^、。がはをも\\s]{1,8}?[うくすつぬむるぐぶたい](?:ので|ため|為)"  # 会議が続くため
)
_NOT_CAUSES = ("です", "でお願い", "できま", "ではな", "でし")


def gives_cause(behind: str) -> bool:
    """Whether what stands behind a status word makes it the cause of another."""
    if behind.startswith(_NOT_CAUSES):
        return False
    return behind.startswith(_CAUSES) or _FOR.match(behind) is not None


def without_causes(frames: list[Frame]) -> list[Frame]:
    """`frames` without the causes of what follows them, however they were timed."""
    if len(frames) == 1:
        return frames
    kept: list[Frame] = []
    for frame, following in zip_longest(frames, frames[1:]):
        cause = bool(frame.found) and all(word.cause for word in frame.found)
        cause = cause and not (frame.comes_back and frame.closed)  # 通院のため11時出社です
        if not cause or following is None or following.then or not (following.arrives or following.found):
            kept.append(frame)
            continue
        if following.found != frame.found:
            following.found = frame.found + following.found
        day = frame.days[:1] or ([frame.start.day] if frame.start and frame.start.day else [])
        if not following.days and not (following.start and following.start.day):
            following.days = day
    return kept
