"""Tells a statement about whereabouts from talk that only mentions such words.

In a free chat, saying nothing beats setting a wrong status: a clause counts only where its form is known.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.language import english, phrases
from bot.language.lexicon import Role
from bot.language.model import AskReason, Kind
from bot.language.people import Person
from bot.language.tokens import Token, Type, Unclear

Segment = list[Token]


@dataclass(slots=True)
class Statement:
    """The clauses of a message that say something about whereabouts.

    `cleared`: somebody is back, or something is over or called off. `bare`: words without any status
    (what `/away 大阪` leaves).
    """

    segments: list[Segment] = field(default_factory=list)
    cleared: bool = False
    who: str | None = None
    bare: bool = False


class _Form(Enum):
    TALK = auto()
    OPEN = auto()  # no predicate yet: what follows may still make it talk
    SAID = auto()
    OTHER = auto()  # speaks of something else
    ASIDE = auto()  # a greeting, a note


_STATUS = frozenset({Type.KIND, Type.RETURN, Type.ARRIVE, Type.LAND, Type.FINISH})
_CHANGES = frozenset({Type.EXTEND, Type.CHANGE, Type.BECOME})
_ENDINGS = frozenset({Type.CLEAR, Type.CANCEL, Type.FINISHED})
_TIMES = frozenset(
    {
        Type.CLOCK, Type.DAY, Type.AFTER, Type.LENGTH, Type.MORNING, Type.AFTERNOON, Type.WHOLE_DAY, Type.FROM, Type.UNTIL, Type.BY,
        Type.SINCE, Type.DASH, Type.ABOUT_BEHIND, Type.PERHAPS,
    }
)  # fmt: skip
_POINTS = frozenset(
    {Type.CLOCK, Type.DAY, Type.AFTER, Type.LENGTH, Type.MORNING, Type.AFTERNOON, Type.WHOLE_DAY}
)
_STATED = _STATUS | _CHANGES
_CLOSING = _STATED | _ENDINGS
_MEANT = _CLOSING | _POINTS
_CALLED_OFF = _ENDINGS | {Type.EXTEND, Type.CHANGE}
_SAID_OF_ONE = _STATUS | {Type.CLEAR}
MEANT = _MEANT | {Type.NAME}
"""Without one of these a message says nothing about whereabouts."""
_PRESENT = re.compile(
    r"在席|席に|自席に|デスクに|席にお|社内に|会社に|オフィスに|在室|在社|at my desk|in the office"
)
_NOUN_MODIFIER = re.compile(
    r"\s*の(?!ため|為|予定|後|あと|まま|関係|都合|影響|せい|方|ほう|形|つもり|見込み|で|$|\s)"
)
_AFTER_CONDITION = re.compile(r"\s*(?:ら|次第|後に|後で|てから|際|時に|とき|場合|のち|か(?:$|[^ら]))")
_THING = re.compile(
    "[一-龥ァ-ヴー]*(?:費|書|申請|資料|室|精算|報告|手当|規程|規定|率|者|会場|日程|案内|依頼|予約|議事録|準備|調整)"
)
_RESPECTFUL = re.compile("(?<!出)[らさま]れ|お戻り")
_OR = ("か", "または", "又は", "もしくは", "あるいは")
_BACK_FROM = ("back from", "i'm back from")
_AFTERS = ("後", "後に", "の後", "のあと", "の後に", "のあとに", "後は", "の後は", "のあとは")
_DONE = re.compile(r"\s*(?:いた|致)?しまし(?:た|て)(?:ので|が|。|、|[\s!.])*(?:お疲れ(?:様|さま)でした)?$")
_BESIDE_NAME = re.compile(r"\s*(?:と|との|の|に|から|へ|を|宛|用|で|向け|宅|経由|も一緒|や|および|及び)")
_SELF = re.compile(r"(?:私|わたし|自分|僕|俺)(?:は|も|が)")


def _longest(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """All of `text` where the pattern can take it, else what it can of its beginning."""
    found = pattern.fullmatch(text) or pattern.match(text)
    assert found is not None  # every part of these patterns may be missing
    return found


def _tells_when_done(token: Token) -> bool:
    """退社しました and 離席しました say where one is now; 訪問しました tells a story."""
    if token.type is not Type.KIND:
        return False
    status = token.value
    return status.kind in (Kind.LEFT, Kind.LATE) or status.role is Role.ABSENCE


def says_present(word: str) -> bool:
    """Whether a word of `available` means being at one's desk: without a time it says that one is back."""
    return bool(_PRESENT.search(word))


def statement(
    tokens: Sequence[Token], text: str, people: Mapping[int, Person], *, command: bool
) -> Statement | None:
    """What `tokens` state about whereabouts, None where they are talk.

    Raises:
        Unclear: the message speaks about two people.
    """
    result = Statement()
    names: list[str | None] = []
    for sentence, asks in _sentences(tokens):
        said = text[sentence[0].start : sentence[-1].end]
        if asks or phrases.ASKS.search(said):
            if phrases.APPROVAL.search(said):
                return None
            continue
        reader = _Sentence(sentence, said, people, command=command)
        if not reader.read():
            continue
        if reader.meant or reader.cleared:
            names.append(reader.who)
        result.segments += reader.segments
        result.cleared = result.cleared or reader.cleared
        result.bare = result.bare or reader.bare
    if not command and not _speaks(result):
        return None
    if len(named := {name for name in names if name}) > 1 or (named and names[0] is None):
        raise Unclear(AskReason.AMBIGUOUS)
    result.who = next(iter(named), None)
    return result if result.segments or result.cleared or result.bare else None


def _speaks(found: Statement) -> bool:
    """Whether there is a status word, or a time and nothing else; a time with other words is of other things."""
    tokens = [token for segment in found.segments for token in segment]
    if found.cleared or any(token.type in _CLOSING for token in tokens):
        return True
    gaps = (token.value.strip() for token in tokens if token.type is Type.GAP)
    return all(
        phrases.TIME_TAIL.fullmatch(gap) or phrases.GREETING.fullmatch(gap) or gap.isascii() for gap in gaps
    )


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    sentence: list[Token] = []
    for token in tokens:
        if token.type in (Type.STOP, Type.QUESTION):
            if sentence:
                yield sentence, token.type is Type.QUESTION
            sentence = []
        else:
            sentence.append(token)
    if sentence:
        yield sentence, False


class _Sentence:
    """One sentence, judged clause by clause."""

    def __init__(
        self, tokens: list[Token], text: str, people: Mapping[int, Person], *, command: bool
    ) -> None:
        self.tokens = tokens
        self.text = text
        self.people = people
        self.command = command
        self.segments: list[Segment] = []
        self.cleared = False
        self.who: str | None = None
        self.bare = False
        self.meant = False

    def read(self) -> bool:
        """Keeps the clauses that state something; false where the sentence is talk."""
        types = {token.type for token in self.tokens}
        if Type.NAME in types and not self._people():
            return False
        if self.who is None and _RESPECTFUL.search(self.text) and any(map(self._respectful, self.tokens)):
            return False
        if Type.PAST in types or (Type.REPEATED in types and not self.command):
            return False
        if english.is_english(self.text):
            if not english.states(self.tokens, self.text, named=self.who is not None, command=self.command):
                return False
            self.meant = True
            self._keep(self._split())
            return True
        if self._is_talk():
            return False
        kept: list[Segment] = []
        form = _Form.ASIDE
        for segment in self._split():
            this = self._form(segment)
            if this is _Form.TALK:
                if form is _Form.SAID:  # 会議に出ますので、折り返しは16時以降にお願いします
                    break
                return False
            if this is _Form.OTHER and not self.command and form is _Form.OPEN:
                return False
            if this in (_Form.OPEN, _Form.SAID):
                kept.append(segment)
                form = this
            elif this is _Form.ASIDE:
                kept.append([token for token in segment if token.type is not Type.NAME])
        self._keep(kept)
        return True

    def _respectful(self, token: Token) -> bool:
        """戻られました is never said of oneself."""
        if token.type not in _SAID_OF_ONE:
            return False
        offset = self.tokens[0].start
        return bool(_RESPECTFUL.search(self.text[token.start - offset : token.end - offset]))

    def _is_talk(self) -> bool:
        found = phrases.TALK.search(self.text)
        if not found or (self.command and self._called_off()):
            return False
        if phrases.LETS_STAND.search(self.text) and not re.search("の件|について|ありがと", self.text):
            return False
        # 15時まで外出しますので、急ぎの方はお電話ください: the clause before stands
        for segment in reversed(self._split()):
            start = segment[0].start - self.tokens[0].start
            if found.start() >= start:
                before = self.text[:start].rstrip("、, ")
                if start and before.endswith(("ので", "が", "ため", "けど", "ます", "です")):
                    self._cut(segment[0].start)
                    return self._is_talk() if self.tokens else True
                return True
        return True

    def _cut(self, position: int) -> None:
        self.tokens = [token for token in self.tokens if token.end <= position]
        if self.tokens:
            self.text = self.text[: self.tokens[-1].end - self.tokens[0].start]

    def _split(self) -> list[Segment]:
        segments: list[Segment] = [[]]
        for token in self.tokens:
            if token.type is Type.PAUSE:
                segments.append([])
            else:
                segments[-1].append(token)
        return [segment for segment in segments if segment]

    # --- people --------------------------------------------------------------------------

    def _people(self) -> bool:
        """Finds whom the sentence is about; false where that is a customer."""
        seen_kind = False
        subjects: set[int] = set()
        for index, token in enumerate(self.tokens):
            if token.type is Type.KIND:
                seen_kind = True
            if token.type is not Type.NAME:
                continue
            following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
            person = self.people.get(token.start)
            assert person is not None
            name = person.name
            beside = (
                following is not None and following.type is Type.GAP and _BESIDE_NAME.match(following.value)
            )
            if not person.ours:
                object_ = beside or seen_kind or (following is not None and following.type is Type.KIND)
                if not object_ or self._is_subject(following):
                    return False
                continue
            if beside or (seen_kind and not self._is_subject(following)):
                if beside and self._joins_another(index):
                    raise Unclear(AskReason.AMBIGUOUS)
                continue
            if following is not None and following.type is Type.PAUSE and self._addressed():
                continue
            if self.who is not None and self.who != name:
                raise Unclear(AskReason.AMBIGUOUS)
            self.who = name
            subjects.add(token.start)
        self.tokens = [
            token._replace(type=Type.SUBJECT) if token.start in subjects else token for token in self.tokens
        ]
        return True

    def _is_subject(self, following: Token | None) -> bool:
        return (
            following is not None
            and following.type is Type.GAP
            and following.value.strip()[:1] in ("は", "が", "も")
        )

    def _joins_another(self, index: int) -> bool:
        """栗本さんと佐藤さんは: two people share what follows."""
        more = self.tokens[index + 1 : index + 3]
        return len(more) == 2 and more[0].value.strip() in ("と", "や") and more[1].type is Type.NAME

    def _addressed(self) -> bool:
        return bool(phrases.HUMBLE.search(self.text)) and not re.search("とのこと|そうです|らしい", self.text)

    # --- clauses -------------------------------------------------------------------------

    def _form(self, segment: Segment) -> _Form:
        types = {token.type for token in segment}
        if not types & _MEANT:
            return self._aside(segment)
        self.meant = True
        form = _Form.OPEN
        for index, token in enumerate(segment):
            before = segment[index - 1] if index else None
            after = segment[index + 1] if index + 1 < len(segment) else None
            if token.type in (Type.GAP, Type.INNOCENT):
                this = self._gap(token, before, after, segment)
            elif after is None and token.type in _CLOSING:
                this = _Form.SAID if self._complete(token) else form
            else:
                continue
            if this is _Form.TALK or (this is _Form.OTHER and not self.command):
                return this
            form = this
        return form

    def _complete(self, token: Token) -> bool:
        text = self.text[token.start - self.tokens[0].start : token.end - self.tokens[0].start]
        return token.type in _ENDINGS or text.endswith(("ます", "る", "す", "た", "です"))

    def _aside(self, segment: Segment) -> _Form:
        text = "".join(
            token.value or "" for token in segment if token.type in (Type.GAP, Type.INNOCENT)
        ).strip()
        if phrases.WISHES.match(text):
            return _Form.OTHER
        if not text or phrases.NEUTRAL.fullmatch(text):
            return _Form.ASIDE
        self.bare = self.bare or not phrases.PREDICATE.search(text)
        if phrases.PREDICATE.search(text):
            return _Form.OTHER
        return _Form.ASIDE

    def _gap(self, gap: Token, before: Token | None, after: Token | None, segment: Segment) -> _Form:
        text = gap.value or self.text[gap.start - self.tokens[0].start : gap.end - self.tokens[0].start]
        if before is not None and before.type in _ENDINGS:
            return self._behind_ending(text, before, after)
        if before is not None and before.type in _CHANGES:
            return self._behind_change(text, before, after)
        if before is not None and before.type in _STATUS:
            return self._behind_status(text, before, after, segment)
        if after is None:
            if before is not None and before.type in _TIMES:
                return self._behind_time(text, segment)
            return _Form.OTHER if phrases.PREDICATE.search(text) else _Form.OPEN
        return self._ahead(text, before, after)

    def _ahead(self, text: str, before: Token | None, after: Token) -> _Form:
        """A gap before a status word or a time: whose it is, and whether it makes a mention of it."""
        stripped = text.strip()
        if before is not None and before.type in _TIMES:
            if stripped in (
                "",
                "の",
                "は",
                "に",
                "で",
                "も",
                "には",
                "と",
                "か",
                "または",
                "又は",
                "もしくは",
                "あるいは",
                "や",
                "・",
                "では",
                "にも",
                "のみ",
            ):
                if (
                    stripped == "の"
                    and before.type is Type.DAY
                    and after.type is Type.KIND
                    and not self._called_off()
                ):
                    return _Form.OTHER
                return _Form.OPEN
            if before.type is not Type.FROM and stripped[0] in "はもに":
                stripped = stripped[1:]
        if phrases.SUBJECT.search(stripped) and not phrases.OWN_SUBJECT.search(stripped):
            named = before is not None and before.type is Type.SUBJECT and len(stripped) <= 2
            if not named and not self._reason_follows(after):
                return _Form.TALK if not self.command else _Form.OPEN
        if after.type is Type.KIND and phrases.ATTRIBUTE.search(stripped) and len(stripped) > 2:
            return _Form.OTHER
        return _Form.OPEN

    def _called_off(self) -> bool:
        return any(token.type in _CALLED_OFF for token in self.tokens)

    def _reason_follows(self, after: Token) -> bool:
        """電車が遅れているので: the subject is the reason's, not the sentence's."""
        rest = self.text[after.end - self.tokens[0].start :]
        return (
            bool(re.match(r"[^、。]{0,12}?(?:ので|ため|から、|ことから)", rest))
            and after.type is not Type.SUBJECT
        )

    def _behind_status(self, text: str, before: Token, after: Token | None, segment: Segment) -> _Form:
        if phrases.GREETED.match(re.sub(r"^\s*中(?:に)?、?", "", text)) and before.type is Type.KIND:
            if not (self.command and after is None and phrases.GREETING.fullmatch(text.strip())):
                return _Form.TALK
        if self.command and not (
            phrases.PREDICATE.search(text) or _NOUN_MODIFIER.match(text) or _THING.match(text)
        ):
            return _Form.OPEN
        if after is not None and phrases.INSTEAD.match(text):
            return _Form.OPEN
        if after is not None and after.type is Type.KIND and text.strip() in _OR:
            return _Form.OPEN
        if text.strip() in _AFTERS and (after is None or after.type in _STATUS):
            return _Form.OPEN
        if _NOUN_MODIFIER.match(text) or _AFTER_CONDITION.match(text):
            return _Form.OTHER
        if _DONE.match(text) and _tells_when_done(before):
            return _Form.SAID
        tail = phrases.tail(text)
        if tail.of_another and self.who is None:
            return _Form.TALK
        rest = text[tail.end :]
        if (
            after is not None
            and text.strip().startswith("は")
            and before.type is Type.KIND
            and self._starts_later(segment)
        ):
            return _Form.OTHER
        if self._is_remark(text, before, after):
            return _Form.OTHER
        if not rest:
            return _Form.SAID if tail.said else _Form.OPEN
        return self._rest(rest, text, tail.end, said=tail.said or tail.cause, after=after)

    def _is_remark(self, text: str, before: Token, after: Token | None) -> bool:
        """休みですね, 遅延してますね, 会議に遅れます, 良い休暇を: about others, or about a thing."""
        stripped = text.strip()
        if stripped.endswith(("ですね", "ですよね")) or (after is None and stripped == "を"):
            return True
        if before.type is not Type.KIND:
            return False
        if stripped == "に" and any(
            token.type is Type.KIND and token.value.kind is Kind.LATE for token in self._after(before)
        ):
            return True
        status = before.value
        return bool(
            status.role is Role.CAUSE and status.kind is Kind.LATE and re.match("し(?:て|ま)", stripped)
        )

    def _after(self, token: Token) -> list[Token]:
        return [later for later in self.tokens if later.start > token.start]

    def _rest(self, rest: str, text: str, position: int, *, said: bool, after: Token | None) -> _Form:
        """What stands between a clause's known form and its end: a note, or a predicate of another kind."""
        apart = (
            text[position - 1 : position] in (" ", "、", ")", "。", "!")
            or rest[0] in " (/:-"
            or (after is not None and position > 0)
        )
        if not apart:
            return _Form.OTHER
        if after is None and phrases.PREDICATE.search(rest):
            return _Form.SAID if phrases.GREETING.fullmatch(rest.strip()) else _Form.OTHER
        if after is not None and phrases.SUBJECT.search(rest) and not phrases.OWN_SUBJECT.search(" " + rest):
            return _Form.OPEN if said and self._reason_follows(after) else _Form.OTHER
        return _Form.SAID if said else _Form.OPEN

    def _starts_later(self, segment: Segment) -> bool:
        """会議は15時からです tells when a meeting is, not that one is away."""
        types = [token.type for token in segment]
        return (
            Type.FROM in types and Type.UNTIL not in types and types.index(Type.KIND) < types.index(Type.FROM)
        )

    def _behind_time(self, text: str, segment: Segment) -> _Form:
        if phrases.TIME_TAIL.fullmatch(text):
            return _Form.SAID if text.strip() else _Form.OPEN
        if any(token.type in _STATED for token in segment):
            if phrases.GREETING.fullmatch(text.strip()):
                return _Form.SAID
            return _Form.OTHER if phrases.PREDICATE.search(text) else _Form.OPEN
        elsewhere = self.command or any(token.type in _STATUS for token in self.tokens)
        return _Form.OPEN if elsewhere and not phrases.PREDICATE.search(text) else _Form.OTHER

    def _behind_change(self, text: str, before: Token, after: Token | None) -> _Form:
        found = _longest(phrases.CHANGE_TAIL, text)
        rest = text[found.end() :]
        if not rest or phrases.GREETING.fullmatch(rest.strip()):
            return _Form.SAID
        if after is not None:
            return _Form.OPEN if phrases.REASON.search(text) or self.command else _Form.OTHER
        return _Form.OTHER

    def _behind_ending(self, text: str, before: Token, after: Token | None) -> _Form:
        if _AFTER_CONDITION.match(text):
            return _Form.TALK
        if before.type is Type.CANCEL:
            found = _longest(phrases.CHANGE_TAIL, text)
        else:
            found = _longest(phrases.CLEAR_TAIL, text)
        rest = text[found.end() :]
        if not rest or phrases.GREETING.fullmatch(rest.strip()):
            return _Form.SAID
        apart = found.end() > 0 or rest[0] == " "
        return _Form.SAID if apart and (after is not None or self.command) else _Form.TALK

    # --- what is left --------------------------------------------------------------------

    def _keep(self, segments: Sequence[Segment]) -> None:
        """Takes out what a 戻りました or a キャンセル has used up."""
        for segment in segments:
            last = max((i for i, token in enumerate(segment) if token.type in _ENDINGS), default=None)
            if last is None:
                self.segments.append(segment)
                continue
            if not self._ends_something(segment[: last + 1]):
                self.segments.append(segment)
                continue
            self.cleared = True
            if segment[last].type is Type.CANCEL:
                self.segments.clear()
            position = segment[last].start - self.tokens[0].start
            if self.text.startswith(_BACK_FROM, position):
                continue
            if rest := segment[last + 1 :]:
                self.segments.append(rest)

    def _ends_something(self, used: Segment) -> bool:
        if used[-1].type is Type.CLEAR:
            return True
        status = any(token.type in _STATUS for token in used) or any(
            token.type in _STATUS for segment in self.segments for token in segment
        )
        alone = (
            not any(token.type is Type.GAP and token.value.strip() for token in used) and not self.segments
        )
        return status or alone
