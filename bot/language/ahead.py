"""What stands before a status word or a time: whose it is, and whether it makes a mention of it."""

import re
from dataclasses import dataclass

from bot.language import outsiders, parts, phrases, remarks, topics, verdicts
from bot.language.model import Kind
from bot.language.parts import CLOSING, ENDINGS, STATUS
from bot.language.tokens import Token
from bot.language.verdicts import Verdict
from bot.language.wording import Wording

TIMES = parts.POINTS | {
    parts.FROM,
    parts.UNTIL,
    parts.BY,
    parts.SINCE,
    parts.DASH,
    parts.ABOUT_BEHIND,
    parts.PERHAPS,
}
_BETWEEN_TIMES = frozenset(("", *"のはにでもとかやが・", "には", "では", "にも", "のみ", *phrases.OR))
_IF = ("なら", "であれば", "でしたら", "だったら")
_WITHIN = frozenset({parts.UNTIL, parts.SINCE, parts.FROM, parts.MORNING, parts.AFTERNOON})
CALLED_OFF = ENDINGS | {parts.EXTEND, parts.CHANGE}
_REASON_AHEAD = re.compile(
    r"[^、。]{0,12}?(?:ので|ため|から、|ことから)|(?:まっ|遅れ|し)?(?:て)?(?:いて|おり)、?(?!ます)"
)
_WHENCE = re.compile(
    "(?:^|から|より|(?:済んだ|終わった|終えた)ので|会社に|オフィスに|事務所に|席に|本社に|支社に|支店に|社に|社内に|デスクに|職場に|無事に?|先ほど|さきほど|さっき"
    "|今|いま|今しがた|ちょうど|終わって|終えて|済ませて|[しっけ]て|私も|私は|やっと|ようやく|予定通り|早めに|早く|ました|です|は|が|も|に、|、|\\))$"
)


_CLOSING = CLOSING - {parts.BECOME}
_OWN_STATUS = frozenset({parts.KIND, parts.ARRIVE})  # バスが遅れて10時出社になります
_COMES_LATE = _OWN_STATUS | {parts.LAND, parts.RETURN}  # 電車が遅れていて10時に着きます
_BACK = frozenset({parts.CLEAR, parts.RETURN})
_COMES_BY_ITSELF = re.compile("(?<!私)(?<!本人)が[^、がは]*(?:から|[にへ])$")
"""書類が先方から戻りました, 18時に船が港に戻ります: a thing, and nobody."""


@dataclass(slots=True)
class Ahead(Wording):
    """Judges what stands ahead in a sentence. `who`: whom it is about; `running`: something goes on."""

    who: str | None
    command: bool
    running: bool = False

    def called_off(self) -> bool:
        """Whether the sentence ends or changes something: then it may name it in any form."""
        return self.tokens.has(CALLED_OFF)

    def ahead(self, text: str, before: Token | None, after: Token) -> Verdict:
        """A gap before a status word or a time: whose it is, and whether it makes a mention of it."""
        stripped = text.strip()
        if not self.command and (
            remarks.stand_ahead(self, stripped, before, after)
            or (before is None and outsiders.do(stripped, self.tokens))
        ):
            return verdicts.TALK
        if before is not None and before.type in TIMES:
            if stripped in _BETWEEN_TIMES or (stripped in _IF and before.type in _WITHIN):
                mentions = stripped == "の" and after.type is parts.KIND and self._is_mention(before, after)
                return verdicts.OTHER if mentions and not self.called_off() else verdicts.OPEN  # 明日の出張
            if before.type is not parts.FROM and stripped[0] in "はもに":
                stripped = stripped[1:]
        if not self.command and (
            outsiders.return_is_of_a_thing(stripped, after, self.text_behind(after))
            or topics.is_condition(stripped)
            or topics.is_of_a_group(stripped)
            or topics.has_own_reason(stripped)
            or (after.type is parts.CLEAR and not _WHENCE.search(stripped))  # 元に戻りました
            or (after.type in _BACK and _COMES_BY_ITSELF.search(stripped))
        ):
            return verdicts.TALK
        if phrases.SUBJECT.search(stripped) and not phrases.OWN_SUBJECT.search(stripped):
            division = stripped.rpartition(")")[2] if stripped.startswith("(") else stripped
            of_colleague = before is not None and before.type is parts.SUBJECT and len(division) <= 2
            reason = not stripped.endswith("は") and self._is_of_a_reason(after, stripped)
            if not (of_colleague or self.command or reason):
                return verdicts.TALK
        if after.type is parts.KIND and not self.command and outsiders.are_off(stripped, after.value):
            return verdicts.TALK
        described = after.type is parts.KIND and phrases.ATTRIBUTE.search(stripped) and len(stripped) > 2
        return verdicts.OTHER if described else verdicts.OPEN

    def _is_mention(self, when: Token, status: Token) -> bool:
        """明日の出張, お昼の説明会は: by when it is."""
        if when.type is parts.CLOCK:
            return bool(when.value.name) and self.text_behind(status).startswith("は")
        return when.type is parts.DAY and not self._is_of_today(status)

    def _is_of_today(self, status: Token) -> bool:
        """本日の業務を終了します, 今日の退社は17時です: no mere mention of it."""
        if self.said(status).startswith(("業務", "勤務")):
            return True
        if status.value.kind is Kind.LEAVE:  # 明日の午後半休を取得します
            return phrases.GRANTED.match(self.text_behind(status).removeprefix("を")) is not None
        behind = self.text_behind(status)
        return status.value.kind is Kind.LEFT and behind.startswith("は")

    def _is_of_a_reason(self, after: Token, subject: str = "") -> bool:
        """電車が遅れているので: the subject is the reason's, not the sentence's."""
        if after.type is parts.KIND and after.value.kind is Kind.LATE and self.said(after).endswith("て"):
            own = _COMES_LATE if outsiders.is_transport(subject) else _OWN_STATUS
            return any(token.type in own for token in self.behind(after))
        reason = _REASON_AHEAD.match(self.text_behind(after))
        if after.type is parts.SUBJECT or not reason:
            return False
        behind = self.behind(after)
        if after.type is parts.CLEAR:  # 在庫が戻りましたので受注再開します
            return any(token.type is parts.KIND for token in behind)
        if after.type in STATUS:
            return any(token.type in STATUS for token in behind)
        end = after.end + reason.end()  # 美容院は火曜休みなので水曜に行きます
        return any(token.type in _CLOSING for token in behind if token.start >= end) or not any(
            token.type in _CLOSING for token in behind
        )
