"""Tells a statement about whereabouts from talk that only mentions such words.

In a free chat, saying nothing beats setting a wrong status: a clause counts only where its form is known.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.language import (
    corrections,
    english,
    english_clauses,
    following,
    memories,
    parts,
    phrases,
    reasons,
    remarks,
    topics,
    verdicts,
)
from bot.language.clauses import Judge
from bot.language.dividing import clauses, sentences
from bot.language.model import AskReason
from bot.language.parts import CLOSING, ENDINGS, STATUS
from bot.language.parts import MEANT as _MEANT
from bot.language.people import MASK, Person
from bot.language.subjects import REPORTED, OfOthers, subject, told_of
from bot.language.tokens import Clause, Unclear
from bot.language.verdicts import Verdict
from bot.language.wording import Wording, cut

MEANT = _MEANT | {parts.NAME}
"""Without one of these a message says nothing about whereabouts."""

_ENDS = frozenset({parts.UNTIL, parts.BY, parts.LENGTH})
_BARE = frozenset({parts.KIND, parts.GAP})
_TOLD_OF_GUESTS = STATUS | {parts.CLEAR}
_ENDINGS_AT_ONCE = ENDINGS | {parts.FINISH}  # 会議終了, without a time
_BESIDE_TIMES = (phrases.TIME_TAIL, phrases.GREETING, phrases.MORE_ASKED)
_DONE = re.compile(r"(?:all )?(?:done|finished|ended)[!.\s]*")  # something is, who knows what
_PRESENT = re.compile(
    r"在席|席に|自席に|デスクに|席にお|社内に|会社に|オフィスに|在室|在社|at my desk|in the office"
)
_RESPECTFUL = re.compile("(?<!出)[らさま]れ|お戻り")  # never said of oneself
_OF_A_GUEST = re.compile(f"{MASK}(?:は|も|、|$)")
_GUESTS = re.compile("お(?:帰り|見え|越し|着き)にな")
_CONCLUDED = ("ので", "が", "ため", "けど", "ます", "です", "ました")
_TO_MEET = re.compile("参加|出席|集ま|準備|用意|手配|片付け")
_OF_OTHERS = re.compile(
    "(?:とのこと(?:です)?|(?:みたい|よう)です)[。!\\s]*$"
    "|(?:と|旨の)[^、。]{0,10}(?:連絡|電話|メール|伝言)[がを](?:あり|来|入り|いただき|頂き|もらい)ました"
)
_THERE_IS = re.compile("[がも]あ(?:り?ます|る)(?:ので|ため|が)$")
_ABOUT_THINGS = re.compile("の件|について|ありがと")
_OF_ALL = ("全員", "集合", "全社")
_REQUEST = re.compile("[^、。]*[てで](?:い|お)?(?:て|いて)?(?:ください|下さい|もらえますか)、")
_RETURN_AT = frozenset({parts.RETURN, parts.CLOCK})
_WELL = re.compile("(?:では|じゃあ?)(?!、)")
_STATES = frozenset({parts.KIND, parts.RETURN, parts.ARRIVE})
_ONESELF = re.compile("(?:私|僕|俺|自分|わたし)[はもが]")
_BACK_FROM = ("back from", "i'm back from")


@dataclass(slots=True)
class Statement:
    """The clauses of a message that say something about whereabouts.

    `cleared`: somebody is back, or something is over or called off. `bare`: words without any status
    (what `/away 大阪` leaves).
    """

    segments: list[Clause] = field(default_factory=list)
    cleared: bool = False
    who: str | None = None
    bare: bool = False

    def add(self, segments: Sequence[Clause], *, cleared: bool, bare: bool) -> None:
        """What another sentence states."""
        if self.segments and segments:
            segments[0].opens = True
        self.segments += segments
        self.cleared = self.cleared or cleared
        self.bare = self.bare or bare


def says_present(word: str) -> bool:
    """Whether a word of `available` means being at one's desk: without a time it says that one is back."""
    return bool(_PRESENT.search(word))


def statement(tokens: Clause, text: str, people: Mapping[int, Person], *, command: bool) -> Statement | None:
    """What `tokens` state about whereabouts, None where they are talk.

    Raises:
        Unclear: the message speaks about two people.
    """
    if not command:
        tokens = topics.without_documents(tokens, text)
    result = Statement()
    subjects: list[str | None] = []
    talked = False
    told: str | None = None  # whom the sentence before was about
    for words, asked in _sentences(tokens, text):
        sentence, said = words.tokens, words.text
        if asked and phrases.APPROVAL.search(said):
            return None
        reader = _Sentence(sentence, said, command, _is_running(result), told)
        stated = not asked and reader.read(people)
        talked = talked or (sentence.has(CLOSING) and not (reader.segments or reader.cleared))
        if not stated and not command and result.segments and _is_topic(result.segments[-1], text):
            result.segments.pop()  # 打ち合わせ。15時でどうですか
        if not stated:
            continue
        told = reader.who or told_of(sentence, said, people) or told
        if reader.meant or reader.cleared:
            subjects.append(reader.who)
        result.add(reader.segments, cleared=reader.cleared, bare=reader.bare)
    if not command and (not _speaks(result) or (talked and not _states(result))):
        return None
    if any(subjects):
        if subjects[0] is None or len({*subjects} - {None}) > 1:
            raise Unclear(AskReason.AMBIGUOUS)
        result.who = subjects[0]
    return result if result.segments or result.cleared or result.bare else None


def _sentences(tokens: Clause, text: str) -> Iterator[tuple[Wording, bool]]:
    """The sentences of a message, and whether each asks something; in English what is told before it asks."""
    for sentence, asks in sentences(tokens):
        words = Wording(sentence, text[sentence[0].start : sentence[-1].end])
        told = english_clauses.before_question(words) if asks else None
        yield told or words, told is None and (asks or phrases.ASKS.search(words.text) is not None)


def _is_running(found: Statement) -> bool:
    """Whether something was said of which no end is known yet (会議に入ります), which may follow."""
    return bool(found.segments) and found.segments[-1].has(STATUS) and not found.segments[-1].has(_ENDS)


def _states(found: Statement) -> bool:
    return found.cleared or _closes(found.segments, but=parts.BECOME)


def _speaks(found: Statement) -> bool:
    """Whether there is a status word, or a time alone; a time with other words is of other things."""
    if found.cleared or _closes(found.segments):
        return True
    tokens = (token for clause in found.segments for token in clause)
    gaps = (token.value.strip() for token in tokens if token.type is parts.GAP)
    return all(any(form.fullmatch(gap) for form in _BESIDE_TIMES) or gap.isascii() for gap in gaps)


def _is_greeting(clause: Clause) -> bool:
    text = "".join(token.value for token in clause if token.type is parts.GAP).strip()
    return clause.types == {parts.GAP} and phrases.GREETING.fullmatch(text) is not None


def _is_topic(clause: Clause, text: str) -> bool:
    """Whether a clause is a bare status word, which the next sentence may talk about; 行ってきます is not."""
    bare = bool(clause) and clause.types <= _BARE and clause[-1].type is parts.KIND
    word = text[clause[-1].start : clause[-1].end] if bare else ""
    return bare and not (word.endswith(("ます", "る")) or english_clauses.DOES.match(word))


def _without_names(clause: Clause) -> Clause:
    if parts.NAME not in clause.types:
        return clause
    return Clause(token for token in clause if token.type is not parts.NAME)


def _closes(found: Sequence[Clause], *, but: parts.Type | None = None) -> bool:
    closing = CLOSING - {but} if but else CLOSING
    for clause in found:  # noqa: SIM110 - a generator costs four times as much, in every message
        if clause.has(closing):
            return True
    return False


def _behind_guests(words: Wording) -> Wording | None:
    """A社の田中様が来られるので15時まで会議です: of oneself; 田中様は研修のため休みです: of a guest."""
    if _OF_A_GUEST.search(words.text):
        return None
    return next((rest for rest in reasons.behind(words) if parts.NAME not in rest.tokens.types), None)


def _begun(words: Wording) -> Wording:
    """では外出します: behind the word that one begins with."""
    begins = _WELL.match(words.text) if words.tokens.has(_STATES) else None
    return (cut(words, begins.end()) or words) if begins else words


class _Sentence:
    """One sentence, judged clause by clause."""

    def __init__(self, tokens: Clause, text: str, command: bool, running: bool, told: str | None) -> None:
        self.tokens = tokens
        self.text = text
        self.command = command
        self.running = running
        self.told = told
        self.segments: list[Clause] = []
        self.cleared = False
        self.who: str | None = None
        self.bare = False
        self.meant = False
        self.in_english = False

    def read(self, people: Mapping[int, Person]) -> bool:
        """Keeps the clauses that state something; false where the sentence is talk."""
        words = memories.forgotten(_begun(Wording(self.tokens, self.text)))
        if (not self.command and remarks.tell_nothing_of_now(words)) or memories.tells_of_past(words):
            return False
        try:
            words = self._about_whom(words, people)
        except OfOthers:
            of_oneself = _behind_guests(words)
            if of_oneself is None:
                return False
            words = of_oneself
        words = self._to_the_point(words)
        if not words.tokens:
            return True
        self.tokens, self.text = words.tokens, words.text
        if self._is_of_others(words):
            return False
        kept = self._english() if self.in_english else self._stated(words)
        if kept is None:
            return False
        self._keep(kept)
        return True

    def _to_the_point(self, words: Wording) -> Wording:
        """What is meant of a sentence, without what it takes back, the times of its reasons, and promises."""
        self.in_english = english.is_english(words.text)
        if self.in_english:
            return words
        words = reasons.without_its_time(reasons.without_task(corrections.corrected(words)))
        return reasons.without_promise(words, running=self.running)

    def _is_of_others(self, words: Wording) -> bool:
        if self.who is not None:  # 山本さんが戻り次第、私も外出します
            return _ONESELF.search(words.text) is not None
        heard = not self.command and _OF_OTHERS.search(words.text) is not None
        return heard or self._is_of_guests(words)

    def _about_whom(self, words: Wording, people: Mapping[int, Person]) -> Wording:
        if parts.NAME in words.tokens.types:
            self.who, tokens = subject(words.tokens, words.text, people)
            return Wording(Clause(tokens), words.text)
        if self.told and REPORTED.search(words.text):
            self.who = self.told
        return words

    def _english(self) -> list[Clause] | None:
        self.meant = True
        words = Wording(self.tokens, self.text)
        if self.who is not None and english_clauses.addresses(words):
            self.who = None
        return english_clauses.stated(words, named=self.who is not None, command=self.command)

    def _judge(self, words: Wording) -> Judge:
        return Judge(words.tokens, words.text, self.who, self.command, self.running)

    def _stated(self, words: Wording) -> list[Clause] | None:
        """The clauses that state something, of the whole sentence or else of what is behind its reason."""
        judged = self._judged(self._judge(words))
        if judged is not None and _closes(judged):
            return judged
        for part in reasons.readings(words):
            self.tokens, self.text = part.tokens, part.text
            found = self._judged(self._judge(part))
            if found is not None and _closes(found):
                return found
        self.tokens, self.text = words.tokens, words.text
        return judged

    def _is_of_guests(self, words: Wording) -> bool:
        """戻られました, 来客がお帰りになりました: somebody who is not named."""
        if "にな" in self.text and _GUESTS.search(self.text):
            return True
        return (
            self.tokens.has(_TOLD_OF_GUESTS)
            and ("れ" in self.text or "お戻り" in self.text)
            and _RESPECTFUL.search(self.text) is not None
            and any(
                _RESPECTFUL.search(words.said(token))
                for token in self.tokens
                if token.type in _TOLD_OF_GUESTS
            )
        )

    def _judged(self, judge: Judge) -> list[Clause] | None:
        """The clauses that state something, None where the sentence is talk."""
        if self._is_talk(judge):
            return None
        kept: list[Clause] = []
        last = verdicts.ASIDE
        before: tuple[Clause, Verdict] | None = None
        dropped = False
        for clause in clauses(self.tokens):
            form = judge.form(clause)
            self.meant = self.meant or clause.has(_MEANT)
            if dropped and parts.THEN in clause.types and not self.command:
                return None  # 明日の定例は9時〜10時、その後A社訪問です
            if form is verdicts.TALK and last is verdicts.SAID:
                break  # 会議に出ますので、折り返しは16時以降にお願いします
            if form is verdicts.TALK or (
                not self.command and following.makes_talk(judge, clause, form, before, kept)
            ):
                return None
            if form in (verdicts.OPEN, verdicts.SAID):
                kept.append(clause)
                last = form
            elif form in (verdicts.ASIDE, verdicts.NOUN):
                self.bare = self.bare or form is verdicts.NOUN
                kept.append(_without_names(clause))
            elif (
                last is verdicts.OPEN and not self.command and not following.promises(judge, clause, kept[-1])
            ):
                return None
            dropped = dropped or (form is verdicts.OTHER and clause.has(CLOSING))
            before = clause, form
        if dropped and not self.command and not _closes(kept, but=parts.BECOME):
            return None  # a time of what is left aside
        return kept

    def _is_talk(self, judge: Judge) -> bool:
        """Whether the sentence asks, thanks or has another topic; a clause concluded before that stands."""
        while self.tokens:
            found = phrases.TALK.search(self.text)
            if not found or (self.command and judge.called_off()) or judge.asks_for_change():
                return False
            if found[0] in _OF_ALL:
                return True
            if phrases.STANDS.search(self.text) and not _ABOUT_THINGS.search(self.text):
                return False
            offset = self.tokens[0].start
            starts = (clause[0].start - offset for clause in reversed(clauses(self.tokens)))
            start = next(start for start in starts if start <= found.start() or not start)
            # 15時まで外出しますので、急ぎの方はお電話ください
            if not start and self._leaves_request_aside(offset):
                continue
            concluded = self.text[:start].rstrip("、, ")
            if not start or not concluded.endswith(_CONCLUDED) or _THERE_IS.search(concluded):
                return True
            if found[0].endswith(("お願いし", "ください", "下さい")) and _TO_MEET.search(self.text[start:]):
                return True  # 15時から会議なので参加をお願いします
            self.tokens = Clause(token for token in self.tokens if token.end <= start + offset)
            self.text = self.text[: self.tokens[-1].end - offset]
        return True

    def _leaves_request_aside(self, offset: int) -> bool:
        """先に始めていてください、11時に戻ります: what is asked for first, with the rest of one's own."""
        request = _REQUEST.match(self.text)
        rest = cut(Wording(self.tokens, self.text), request.end()) if request else None
        if request is None or rest is None or not rest.tokens.types >= _RETURN_AT:
            return False
        if any(token.type in CLOSING for token in self.tokens if token.start < offset + request.end()):
            return False
        self.tokens, self.text = rest.tokens, rest.text
        return True

    def _keep(self, clauses: Sequence[Clause]) -> None:
        """Takes out what a 戻りました or a キャンセル has used up."""
        for clause in clauses:
            if not clause.has(_ENDINGS_AT_ONCE):
                self.segments.append(clause)
                continue
            endings = ENDINGS if clause.has(parts.POINTS) else _ENDINGS_AT_ONCE
            if not clause.has(endings):
                self.segments.append(clause)
                continue
            last = max(i for i, token in enumerate(clause) if token.type in endings)
            if not self._ends_something(Clause(clause[: last + 1])):
                self.segments.append(clause)
                continue
            self.cleared = True
            if clause[last].type is parts.CANCEL or not clause.has(STATUS):  # 会議、30分早く終わりました
                self.segments.clear()
            position = clause[last].start - self.tokens[0].start
            rest = clause[last + 1 :]
            calls_off = clause[last].type is parts.CANCEL and (last == 0 or self.text[position].isascii())
            if rest and not calls_off and not self.text.startswith(_BACK_FROM, position):
                self.segments.append(Clause(rest))

    def _ends_something(self, used: Clause) -> bool:
        if used[-1].type is parts.CLEAR:
            return True
        status = any(clause.has(STATUS) for clause in (used, *self.segments))
        words = any(token.type is parts.GAP and token.value.strip() for token in used)
        others = any(not _is_greeting(clause) for clause in self.segments)
        if not self.command and _DONE.fullmatch(self.text):
            return False
        return status or not (words or others)
