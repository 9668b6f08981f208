"""The parts of speech: what a token is in the grammar. They are compared by identity."""

from typing import Final


class Type:
    """A token's place in the grammar.

    No Enum, and names of a module: an Enum takes five times as long to give a member in Python 3.11, and a
    message asks a hundred times.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


GAP: Final = Type("gap")  # whatever no word of ours matched
INNOCENT: Final = Type("innocent")  # a word that only looks like a status
FILLER: Final = Type("filler")  # means nothing by itself
NUMBER: Final = Type("number")
CLOCK: Final = Type("clock")
DAY: Final = Type("day")
LENGTH: Final = Type("length")
AFTER: Final = Type("after")  # a length from now: 20分後
MORNING: Final = Type("morning")
AFTERNOON: Final = Type("afternoon")
WHOLE_DAY: Final = Type("whole_day")
FROM: Final = Type("from")
UNTIL: Final = Type("until")
BY: Final = Type("by")
SINCE: Final = Type("since")
DASH: Final = Type("dash")
ABOUT: Final = Type("about")  # before a time
ABOUT_BEHIND: Final = Type("about_behind")
PERHAPS: Final = Type("perhaps")  # anywhere in the clause
KIND: Final = Type("kind")
RETURN: Final = Type("return")
ARRIVE: Final = Type("arrive")
LAND: Final = Type("land")
FINISH: Final = Type("finish")
CLEAR: Final = Type("clear")
CANCEL: Final = Type("cancel")
FINISHED: Final = Type("finished")
EXTEND: Final = Type("extend")
CHANGE: Final = Type("change")
MORE: Final = Type("more")
BECOME: Final = Type("become")
THEN: Final = Type("then")
PAST: Final = Type("past")
REPEATED: Final = Type("repeated")
NAME: Final = Type("name")
SUBJECT: Final = Type("subject")  # the name of whom a sentence is about
PAUSE: Final = Type("pause")  # 、 and the like
STOP: Final = Type("stop")  # 。 and the end of a line
QUESTION: Final = Type("question")

POINTS = frozenset({CLOCK, DAY, AFTER, LENGTH, MORNING, AFTERNOON, WHOLE_DAY})
"""What names a time, a day or a length."""

STATUS = frozenset({KIND, RETURN, ARRIVE, LAND, FINISH})
"""What states where somebody is."""
CHANGES = frozenset({EXTEND, CHANGE, BECOME})
ENDINGS = frozenset({CLEAR, CANCEL, FINISHED})
CLOSING = STATUS | CHANGES | ENDINGS
"""Without one of these a message has at most a time."""
MEANT = CLOSING | POINTS
