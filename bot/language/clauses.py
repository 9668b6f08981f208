"""What a clause does: states something about whereabouts, speaks of something else, or is an aside.

Judged gap by gap: what stands before, between and behind the words that the scanner knows.
"""

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from bot.language import matters, outsiders, parts, phrases, remarks, topics, verdicts
from bot.language.ahead import CALLED_OFF, TIMES, Ahead
from bot.language.lexicon import Role
from bot.language.model import Kind
from bot.language.parts import CHANGES, CLOSING, ENDINGS, MEANT, STATUS
from bot.language.tokens import Clause, Token
from bot.language.verdicts import Verdict

_STATED = STATUS | CHANGES
_LENGTHENS = frozenset({parts.EXTEND, parts.CHANGE})
_FOLLOWS = STATUS | {parts.THEN}  # 商談後そのまま直帰します
_RUNNING = frozenset({parts.KIND, parts.RETURN})
_UNKNOWN = frozenset({parts.GAP, parts.INNOCENT})
_OF_THINGS_TOO = matters.MOVES | _LENGTHENS | {parts.FINISH}
_OFFERED = frozenset({parts.KIND, parts.ARRIVE})
_OF_PLANS = ("の予定は", "の予定を", "の予定が", "の予定", "予定は", "予定を", "予定が")
_NOUN_MODIFIER = re.compile(
    r"\s*の(?!ため|為|予定|後|あと|まま|関係|都合|影響|せい|方|ほう|形|つもり|見込み|で|$|\s)"
)
_PUT_OFF = re.compile(
    r"\s*(?:の?予定(?:でした|だった)(?:が|けど)|[がは]?(?:遅く|早く)なって)、?$"
)  # the new time follows
_OVER = ("終わって", "が終わって", "終えて", "を終えて")  # 会議終わって席に戻りました
_CONDITION = re.compile(r"\s*(?:ら|次第|後に|後で|てから|際|時に|とき|場合|のち|か(?:$|[^ら]))")
_STILL = ("いて", "おり", "していて", "しており", "に巻き込まれて", "に巻き込まれており")
_GOES_FOR = re.compile(
    r"(?:行って|いって|寄って|よって|回って|まわって|受けて|済ませて)(?:から)?[、\s]*$|"
    r"(?:行く|いく|寄る|出る|向かう|する|した|いる|おり)(?:ため|ので)[、\s]*$"
)  # 病院に行くため早退
_DONE = re.compile(r"\s*(?:いた|致)?しまし(?:た|て)(?:ので|が|。|、|[\s!.])*(?:お疲れ(?:様|さま)でした)?$")
_GOES = ("に行き", "へ行き", "に出向き", "へ出向き", "に向かい")  # 客先に行き、そのまま直帰します
_ENTERS = re.compile("[にが](?:入|はい|出|参加|出席)")  # 会議に入るので、
_CAN = re.compile("でき(?:ます|る|そうです?)(?:ので)?[。!\\s]*")  # 15時半には帰社できます
_PLEASE = re.compile("(?:ください|下さい)[。!\\s]*")  # 15時で上がらせてください
# what a command may not mean either: 出張費の精算
_REASONED = re.compile("ので|ため|から(?!$)|て")
_THING = re.compile(
    "[一-龥ァ-ヴー]*(?:費|書|申請|資料|室|精算|報告|手当|規程|規定|率|者|会場|日程|案内|依頼|予約|議事録|準備|調整)"
)
_TO_ANOTHER = re.compile(r"でお願い|です(?:よ)?ね[。!\s]*$")  # behind a time: 15時でお願いします, 15時ですね
_THINGS_CHANGE = frozenset({parts.EXTEND, parts.CHANGE})
_NOMINAL = re.compile("[一-龥ァ-ヴー](?<!社)(?<!様)$")


@dataclass(slots=True)
class Judge(Ahead):
    """Judges the clauses of one sentence."""

    def form(self, clause: Clause) -> Verdict:
        """What `clause` does."""
        if not clause.has(MEANT):
            return self._aside(clause)
        if not self.command and (self._is_of_something_else(clause) or self._is_guess(clause)):
            return verdicts.OTHER
        form = verdicts.OPEN
        before: Token | None = None
        for token, after in zip_longest(clause, clause[1:]):
            if token.type in _UNKNOWN:
                form = self._gap(token, before, after, clause)
                if form is verdicts.TALK or (form is verdicts.OTHER and not self.command):
                    return form
            elif after is None and token.type in CLOSING and self._is_complete(token):
                form = verdicts.SAID
            before = token
        return form

    def _is_guess(self, clause: Clause) -> bool:
        """明日は休むかも, 外出するかもしれません, 出張は中止になりそうです."""
        return parts.PERHAPS in clause.types and any(
            behind.type is parts.PERHAPS and (token.type is parts.CANCEL or self._may(token, behind))
            for token, behind in pairwise(clause)
        )

    def _may(self, token: Token, behind: Token) -> bool:
        may = self.said(behind).startswith("かも")
        return may and (token.type is parts.KIND or self.said(token).endswith("する"))

    def answers(self, clause: Clause) -> bool:
        """対応可能です answers behind a thing (見積もりの修正、): it is the thing that one can do."""
        token = clause[0]
        return (
            token.type is parts.KIND
            and token.value.kind is Kind.AVAILABLE
            and self.said(token).startswith("対応")
        )

    def is_changed(self, clause: Clause, thing: Clause) -> bool:
        """ビルの空調、30分延長しました; 出張のホテル、キャンセル: it is the thing that is changed."""
        if clause[0].type is parts.CANCEL:
            return thing.has(MEANT)
        changes = clause.has(_THINGS_CHANGE) and not clause.has(STATUS)
        return changes and _NOMINAL.search(self.of(thing)) is not None

    def _is_of_something_else(self, clause: Clause) -> bool:
        """移動に1時間かかります, 作業は15時までに終わります: journeys and tasks."""
        types = clause.types
        if not clause.has(_OF_THINGS_TOO):
            return False
        if matters.are_changed(clause) or self._chooses_a_thing(clause):
            return True
        if parts.FINISH not in types or parts.MORE in types or _changes_end(clause):
            return False
        tasks = any(token.type is parts.UNTIL and self.said(token).startswith("までに") for token in clause)
        return tasks or not (self.running or self.tokens.has(_RUNNING))

    def _chooses_a_thing(self, clause: Clause) -> bool:
        """お昼はカレーにします."""
        return parts.BECOME in clause.types and any(
            gap.type is parts.GAP and chosen.type is parts.BECOME and self.said(chosen).startswith("にし")
            for gap, chosen in pairwise(clause)
        )

    def asks_for_change(self) -> bool:
        """戻りを17時に変更してください is said to us; 17時に変更してください may be said to anybody."""
        if not phrases.CHANGE_ASKED.search(self.text):
            return False
        kinds = [token.value.kind for token in self.tokens if token.type is parts.KIND]
        ours = self.tokens.has(STATUS) and Kind.MEETING not in kinds
        return ours and not (kinds and self.tokens.has(matters.MOVES))

    def _is_complete(self, token: Token) -> bool:
        return token.type in ENDINGS or self.said(token).endswith(("ます", "る", "す", "た", "です"))

    def _aside(self, clause: Clause) -> Verdict:
        words = (token.value or "" for token in clause if token.type in (parts.GAP, parts.INNOCENT))
        text = "".join(words).strip()
        if phrases.WISHES.match(text):
            return verdicts.OTHER
        if not text or phrases.NEUTRAL.fullmatch(text):
            return verdicts.ASIDE
        if topics.is_condition(text):
            return verdicts.TALK
        if not self.command and (outsiders.is_one(text) or outsiders.comes(text, self.tokens)):
            return verdicts.TALK
        return verdicts.OTHER if phrases.PREDICATE.search(text) else verdicts.NOUN

    def _gap(self, gap: Token, before: Token | None, after: Token | None, clause: Clause) -> Verdict:
        text = gap.value or self.said(gap)
        if before is None or before.type not in CLOSING:
            if after is not None:
                return self.ahead(text, before, after)
            if before is not None and before.type in TIMES:
                return self._behind_time(text, clause)
            return verdicts.OTHER if phrases.PREDICATE.search(text) else verdicts.OPEN
        if before.type in STATUS:
            return self._behind_status(text, before, after, clause)
        if before.type in CHANGES:
            return self._behind_change(text, before, after)
        return self._behind_ending(text, before, after)

    # --- behind a word ------------------------------------------------------------------

    def _behind_status(  # noqa: PLR0911 - one rule a line
        self, text: str, before: Token, after: Token | None, clause: Clause
    ) -> Verdict:
        if (
            before.type is parts.KIND
            and not self._is_sorry(text, before)
            and self._is_said_to_another(text, after)
        ):
            return verdicts.TALK
        if self.command and not (
            phrases.PREDICATE.search(text) or _NOUN_MODIFIER.match(text) or _THING.match(text)
        ):
            return verdicts.OPEN
        if self._leads_on(text, before, after) or self._comes_after(text, before):
            return verdicts.OPEN
        if self._is_closed_by(text, before, after) or (_DONE.match(text) and _tells_when_done(before)):
            return verdicts.SAID
        if (
            _NOUN_MODIFIER.match(text)
            or _CONDITION.match(text)
            or remarks.stand_behind(self, text, before, after, command=self.command)
        ):
            return verdicts.OTHER
        if after is not None and _GOES_FOR.search(text):
            return verdicts.OPEN
        tail = phrases.tail(text)
        if self.who is None and (tail.of_another or self._is_heard(text, before)):
            return verdicts.TALK
        if self._tells_when(text, before, after, clause) or self._is_of_a_place(text, before, clause):
            return verdicts.OTHER
        return self._by_tail(text, tail, after)

    def _is_heard(self, text: str, before: Token) -> bool:
        """15時頃になる そうです."""
        return text.startswith("そう") and self.said(before).endswith("る")

    def _by_tail(self, text: str, tail: phrases.Tail, after: Token | None) -> Verdict:
        if tail.end < len(text):
            return self._rest(text, tail, after)
        if tail.leads and after is None:
            return verdicts.OPEN if _ENTERS.match(text) else verdicts.OTHER
        return verdicts.SAID if tail.said or (tail.cause and after is None) else verdicts.OPEN

    def _is_closed_by(self, text: str, status: Token, after: Token | None) -> bool:
        """15時で上がらせて ください, 10分遅れます すみません, 15時半には帰社 できます."""
        if self.said(status).endswith("て") and _PLEASE.fullmatch(text):
            return True
        if status.type in outsiders.COMES and _CAN.fullmatch(text):
            return True
        return after is None and self._is_sorry(text, status)

    def _is_said_to_another(self, text: str, after: Token | None) -> bool:
        """出張お疲れさまでした, お取り込み中すみません."""
        if not phrases.GREETED.match(text):
            return False
        return not (self.command and after is None and phrases.GREETING.fullmatch(text.strip()))

    def _is_sorry(self, text: str, status: Token) -> bool:
        """10分遅れますすみません."""
        return self.said(status).endswith("ます") and phrases.GREETING.fullmatch(text) is not None

    def _leads_on(self, text: str, before: Token, after: Token | None) -> bool:
        """会議か外出, 会議ではなく外出, 会議後外出: another status word takes over."""
        if text.strip() in phrases.AFTERWARDS and (after is None or after.type in _FOLLOWS):
            return True
        goes = before.type is parts.KIND and before.value.role is Role.VISIT and text in _GOES
        if goes or (before.type is parts.RETURN and _PUT_OFF.match(text)):
            return True
        if after is None:
            return False
        over = after.type is parts.CLEAR and text.strip() in _OVER
        if over or (after.type in self._ends() and text.strip() == "の"):  # 出張の戻りは金曜です
            return True
        if text.strip() in _STILL or (after.type in CALLED_OFF and text.strip() in _OF_PLANS):
            return True
        return bool(phrases.INSTEAD.match(text)) or (after.type in _OFFERED and text.strip() in phrases.OR)

    def _comes_after(self, text: str, before: Token) -> bool:
        """通院してから11時に出社します: what one does before one comes."""
        first = before.type is parts.KIND and before.value.kind is Kind.OUT and text.startswith("してから")
        return first and any(token.type in outsiders.COMES for token in self.behind(before))

    def _ends(self) -> frozenset[parts.Type]:
        """What a status may end by: 出張の戻り, and where it is changed 会議の終了."""
        return STATUS - {parts.KIND} if self.tokens.has(_THINGS_CHANGE) else outsiders.COMES

    def _tells_when(self, text: str, before: Token, after: Token | None, clause: Clause) -> bool:
        """会議は15時からです tells when a meeting is, not that one is away."""
        if after is None or before.type is not parts.KIND or not text.lstrip().startswith("は"):
            return False
        status = before.value
        if status.role is Role.HALF_UNSAID or (
            status.role is Role.CAUSE and status.kind is Kind.OUT
        ):  # 銀行は15時まで
            return not self.command
        types = [token.type for token in clause]
        if self.said(before).endswith("対応") or remarks.call_off_event(self, before):
            return True
        if text.strip() == "は" and remarks.tell_of_event(self, before, clause, command=self.command):
            return True
        return (
            parts.FROM in types
            and parts.UNTIL not in types
            and types.index(parts.KIND) < types.index(parts.FROM)
        )

    def _is_of_a_place(self, text: str, before: Token, clause: Clause) -> bool:
        """銀行も明日は休みです, 訪問先は15時まで会議です: so is the place, for no reason of one's own."""
        if self.command or before.type is not parts.KIND or text.strip() not in ("は", "が", "も"):
            return False
        if not outsiders.is_a_place(before.value, self.said(before)):
            return False
        later = next(
            (token for token in clause if token.start > before.start and token.type in CLOSING), None
        )
        if later is None or later.type not in STATUS or later.value in outsiders.OWN_WAYS:
            return False
        return not _REASONED.search(self.text_behind(before, later))

    def _rest(self, text: str, tail: phrases.Tail, after: Token | None) -> Verdict:
        """Between a clause's known form and its end: a note, or a predicate of another kind."""
        rest = text[tail.end :]
        said = tail.said or tail.cause
        if after is None and said and phrases.REACHED.fullmatch(rest):
            return verdicts.SAID
        apart = rest[0] in " (/:-@" or text[: tail.end].endswith((" ", "、", ")", "。", "!"))
        if not (apart or (after is not None and tail.end > 0)):
            return verdicts.OTHER
        if after is None:
            if phrases.PREDICATE.search(rest) and not phrases.GREETING.fullmatch(rest.strip()):
                return verdicts.OTHER
        elif phrases.SUBJECT.search(rest) and not phrases.OWN_SUBJECT.search(" " + rest):
            return verdicts.OPEN if said and self._is_of_a_reason(after) else verdicts.OTHER
        return verdicts.SAID if said or (after is None and phrases.PREDICATE.search(rest)) else verdicts.OPEN

    def _behind_time(self, text: str, clause: Clause) -> Verdict:
        if self.who is None and not self.command and "そうです" in text and "なりそう" not in text:
            return verdicts.TALK  # 会議が終わるのは16時だそうです
        asks = _TO_ANOTHER.match(text.strip()) and not self._speaks_of_own_status()
        if phrases.TIME_TAIL.fullmatch(text) and not asks:
            return verdicts.SAID if text.strip() else verdicts.OPEN
        if self._ends_with_time(text, clause):
            return verdicts.SAID
        finished = phrases.PREDICATE.search(text)
        return verdicts.OPEN if self._speaks_of_status() and not finished else verdicts.OTHER

    def _ends_with_time(self, text: str, clause: Clause) -> bool:
        """Whether `text` tells what holds until, or for, the time before it."""
        if self._holds_on(clause) and phrases.TIED.fullmatch(text):
            return True
        if parts.MORE in clause.types and phrases.MORE_ASKED.fullmatch(text):
            return True
        if parts.KIND in clause.types and (phrases.LASTS.fullmatch(text) or phrases.GRANTED.fullmatch(text)):
            return True
        return clause.has(_STATED) and phrases.GREETING.fullmatch(text.strip()) is not None

    def _holds_on(self, clause: Clause) -> bool:
        """Whether something is going on: 移動中のため、16時まで出られません."""
        return self.running or any(
            token.type is parts.KIND and token.start < clause[-1].start for token in self.tokens
        )

    def _speaks_of_status(self) -> bool:
        return self.command or self.tokens.has(STATUS)

    def _speaks_of_own_status(self) -> bool:
        """打ち合わせ15時からでお願いします is asked of others."""
        kinds = {token.value.kind for token in self.tokens if token.type is parts.KIND}
        return self._speaks_of_status() and (self.command or kinds != {Kind.MEETING})

    def _behind_change(self, text: str, before: Token, after: Token | None) -> Verdict:
        if self.who is None and not self.command and self._is_heard(text, before):
            return verdicts.TALK
        if _goes_to_the_end(phrases.CHANGE_TAIL, text):
            return verdicts.SAID
        if after is not None and (self.command or phrases.REASON.search(text)):
            return verdicts.OPEN
        return verdicts.OTHER

    def _behind_ending(self, text: str, before: Token, after: Token | None) -> Verdict:
        if _CONDITION.match(text):
            return verdicts.TALK
        tail = phrases.CHANGE_TAIL if before.type is parts.CANCEL else phrases.CLEAR_TAIL
        if _goes_to_the_end(tail, text):
            return verdicts.SAID
        found = tail.match(text)
        apart = text[0] == " " or (found is not None and found.end() > 0)
        promised = found is not None and phrases.PROMISED.match(text, found.end()) is not None
        return verdicts.SAID if apart and (after is not None or promised or self.command) else verdicts.TALK


def _goes_to_the_end(pattern: re.Pattern[str], text: str) -> bool:
    """Whether `pattern`, and at most a greeting behind it, takes all of `text`."""
    if pattern.fullmatch(text):
        return True
    found = pattern.match(text)
    return found is not None and phrases.GREETING.fullmatch(text[found.end() :].strip()) is not None


def _changes_end(clause: Clause) -> bool:
    """終了を17時に変更, 会議の終わりを17時に変更: not the end of just anything."""
    if not clause.has(_THINGS_CHANGE):
        return False
    ahead = clause[: next(index for index, token in enumerate(clause) if token.type is parts.FINISH)]
    return not ahead or (len(ahead) > 1 and ahead[-2].type in _RUNNING and ahead[-1].value == "の")


def _tells_when_done(token: Token) -> bool:
    """退社しました and 離席しました say where one is now; 訪問しました tells a story."""
    if token.type is not parts.KIND:
        return False
    status = token.value
    overslept = status.kind is Kind.LATE and status.role is Role.CAUSE
    return status.kind is Kind.LEFT or overslept or status.role is Role.ABSENCE
