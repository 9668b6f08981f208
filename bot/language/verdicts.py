"""What a clause does, as far as whereabouts are concerned. Compared by identity, as `parts` are."""

from typing import Final


class Verdict:
    """What a clause does."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


TALK: Final = Verdict("talk")  # makes talk of its whole sentence
OPEN: Final = Verdict("open")  # no predicate yet: what follows may still make it talk
SAID: Final = Verdict("said")
OTHER: Final = Verdict("other")  # speaks of something else
ASIDE: Final = Verdict("aside")  # a greeting, a note
NOUN: Final = Verdict("noun")  # an aside of bare words, which might be a place
