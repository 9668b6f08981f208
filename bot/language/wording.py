"""A sentence with its tokens: what stands where."""

from dataclasses import dataclass

from bot.language import parts
from bot.language.tokens import Clause, Token


@dataclass(slots=True)
class Wording:
    """`text` is the sentence, `tokens` all of it."""

    tokens: Clause
    text: str

    def said(self, token: Token) -> str:
        """The letters of `token`."""
        offset = self.tokens[0].start
        return self.text[token.start - offset : token.end - offset]

    def of(self, clause: Clause) -> str:
        """The letters of `clause`."""
        offset = self.tokens[0].start
        return self.text[clause[0].start - offset : clause[-1].end - offset]

    def behind(self, token: Token) -> list[Token]:
        """The tokens that follow `token` in the sentence."""
        return [later for later in self.tokens if later.start > token.start]

    def text_behind(self, token: Token, until: Token | None = None) -> str:
        """What the sentence says behind `token`, as far as another one."""
        offset = self.tokens[0].start
        return self.text[token.end - offset : until.start - offset if until else None]


def cut(words: Wording, at: int) -> Wording | None:
    """`words` from the letter `at` on; a gap around it is cut. None within a word, or where nothing is."""
    position = words.tokens[0].start + at
    rest = [token for token in words.tokens if token.end > position]
    if rest and rest[0].start < position:
        if rest[0].type is not parts.GAP:
            return None
        rest[0] = Token(parts.GAP, rest[0].value[position - rest[0].start :], position, rest[0].end)
    return Wording(Clause(rest), words.text[at:]) if rest else None
