"""Questions about whereabouts: of somebody, of everyone, of oneself."""

import re
from collections.abc import Mapping, Sequence

from bot.language.model import Action, StatusUpdate
from bot.language.people import MASK, Person
from bot.language.tokens import Token, Type

_WHO = rf"(?P<who>{MASK}+|@\S+?|(?P<all>みんな|みなさん|皆さん|皆様|皆|全員|誰か|だれか|誰|だれ|メンバー|チーム|各自|他の人|ほかの人)|(?P<plain>[一-龥々ヶァ-ヴー]{{1,6}}|[a-z][a-z\-']{{1,20}}))"
_WHEN = r"(?:今|いま|今日|本日|現在|もう|まだ|ただいま|明日|来週|午後|午前|今週|この後|このあと|まもなく|そろそろ|ちょっと|、|\s|って|は|の|も|に|が)*"
_END = r"(?:か|かな|かね|でしょうか|だろう|だろうか|の|ね|よ|分かりますか|わかりますか|知りませんか|知ってますか|教えて(?:ください|下さい)?|を|確認|見せて(?:ください)?|お願い(?:します)?|知りたい(?:です)?|が|は|について|を教えて(?:ください|下さい)?|[。!?\s])*"
_ASKED = (
    rf"(?:どこ|どちら|何処|どこら辺)(?:に|へ|か|で)?(?:い|行|お|居|出)?(?:ます|き|かけ|って|ってい|っています|ってます|て|ています|てます|られます|るの|る|らっしゃい|っしゃい|ました|った)*(?:です|ます)?",
    r"(?:い|居|お|おり|いらっしゃい|いらっしゃり|おられ|いられ|みえ)(?:ます|る|て(?:い)?ます|ません)",
    r"(?:何時|いつ)(?:に|頃|ごろ|まで|から|ぐらい|くらい)*(?:に)?(?:は)?(?:お)?(?:戻|もど|帰|来|出社|復帰|帰社|着|外出|在席|出勤|退社|休)[^、。]{0,10}",
    r"(?:お)?(?:戻り|帰り|出社|帰社|復帰|出勤)(?:は|って|の予定は|予定は)*(?:何時|いつ)(?:頃|ごろ|に|です|ですか|になり|なり|ます|くらい|ぐらい)*",
    r"(?:の|は|って)?(?:ステータス|状況|状態|居場所|所在|在席状況|在席|予定|スケジュール|出社状況|勤怠|行き先|行先|ご予定)(?:は|って|一覧|リスト|どう|どんな感じ|なに|何|です|なん|どうなって(?:い)?ます|どうなってる)*",
    r"(?:休み|お休み|有休|在宅|在宅勤務|テレワーク|リモート|外出|外出中|出張|出張中|会議|会議中|打ち合わせ中|離席|離席中|退社|退勤|帰宅|在席|在席中|出社|休憩|休憩中|電話中|不在|来て|来られて|戻って|戻り|帰って|帰られて|出られて|出社して|出勤して|帰り|直帰)(?:を|に)?"
    r"(?:です|でしょう|し|して(?:い)?ます|され(?:て(?:い)?)?ます|ました|しました|されました|(?:い)?ます|きて(?:い)?ます|来ました|きました|られました|ますか|ましたか|いますか|されてます|なりました|済み?|中)*",
    r"(?:空いて|手が空いて|あいて|対応|電話)(?:(?:い)?ます|できます|可能です|出られます|大丈夫です)",
)
_QUESTION = re.compile(
    rf"^(?:すみません|お疲れ様です|お疲れさまです|ちなみに|あの|ねえ|、|。|\s)*(?:(?:今|今日|本日|いま|明日|現在|の|、)\s*)?(?:{_WHO}{_WHEN})?(?:(?P<asked>{'|'.join(_ASKED)})){_END}$"
)
_OVERVIEW = re.compile(
    rf"^(?:{_WHEN})(?:みんな|みなさん|皆さん|皆|全員|全体|メンバー|チーム|各自|社内|部内|課内|営業部|自分|私|俺|僕|わたし)?(?:の|は|って)?{_WHEN}"
    rf"(?:状況|ステータス|予定|在席状況|居場所|スケジュール|所在|勤怠|出社状況|行き先|一覧)(?:は|一覧|リスト|って|どう|なに|何|です|なん)*{_END}$"
)
_PRESENT = re.compile(
    rf"^{_WHEN}(?:誰|だれ)(?:か|が|も|は)?{_WHEN}(?:いま|い|い(?:る)|在席|出社|休み|お休み|外出|在宅|出張|不在|会議|残って|空いて)[^。]{{0,12}}?{_END}$|^{_WHEN}(?:いる|在席中?の|出社して(?:い)?る|休みの|お休みの|外出中の|在宅の|出張中の|不在の)(?:人|メンバー|方)(?:は|って|誰|だれ|を)?{_END}$"
)
_ASKS_ABOUT = re.compile(
    r"どこ|どちら|何処|何時|いつ|います|いる|居|おり|いらっしゃ|状況|状態|ステータス|予定|スケジュール|所在|居場所|勤怠|[?？]|誰|だれ|人は|か[。!\s]*$|where|when|who|status|is "
)
_EN_WHO = r"(?P<en>(?:@)?[a-z][\w\-.']*?|\ue000+)"
_ENGLISH = re.compile(
    rf"^(?:hi|hey|hello|sorry|,|\s)*(?:(?:do you know\s+)?where(?:'s|\s+is|\s+are|s|\s+has)?\s+{_EN_WHO}(?:\s+(?:right\s+)?(?:now|today|at|gone|going))*"
    rf"|whereis\s+(?P<en1>\S+)|is\s+(?P<en2>@?[a-z][\w\-.']*|\ue000+)\s+(?:in|back|here|around|out|available|free|away|at\s+\w+|in\s+the\s+office|in\s+today|on\s+leave|on\s+vacation|wfh|working\s+from\s+home|remote|off|busy|in\s+a\s+meeting|there)(?:\s+(?:today|now|yet|tomorrow|right\s+now))*"
    rf"|when\s+(?:is|will|does)\s+(?P<en3>@?[a-z][\w\-.']*|\ue000+)\s+(?:be\s+)?(?:back|return|returning|coming\s+back|come\s+back|get\s+back|in|available|free)(?:\s+\w+)?"
    rf"|who(?:'s|\s+is|\s+are)\s+(?P<everyone>in|out|here|around|available|off|away|wfh|remote|working)(?:\s+\w+){{0,3}}|(?:what's\s+|what\s+is\s+)?(?P<en4>@?[a-z][\w\-.]*)'s\s+(?:status|schedule|whereabouts)|(?:what's\s+|what\s+is\s+)?(?:the\s+)?status\s+of\s+(?P<en5>\S+?)"
    rf"|(?P<mine>(?:my\s+)?(?:status|schedule)(?:\s+today)?|everyone's\s+status|team\s+status|what's\s+my\s+status))\s*[?.!]*$"
)
_NOT_PEOPLE = frozenset(
    "the a an my your our his her their it this that there you we they he she meeting everything what here i room lunch office file document link".split()
)
_EVERYONE = frozenset("everyone everybody all team people anyone anybody folks".split())


def asked(
    text: str, cleaned: str, people: Mapping[int, Person], tokens: Sequence[Token], *, command: bool
) -> StatusUpdate | None:
    """The query that a message is, None where it is none. `who` None is everyone, or oneself."""
    named_only = _only_a_name(tokens, people) if command else None
    if named_only is not None:
        return StatusUpdate(Action.QUERY, who=named_only)
    if not _ASKS_ABOUT.search(text):
        return None
    if text.isascii() or MASK in text:
        found = _ENGLISH.match(text)
        if found:
            return _english(found, cleaned, people)
    marked = "?" in text or bool(re.search(r"(?:か|の|は|かな)[。!\s]*$", text))
    if _OVERVIEW.match(text) and (marked or command or not _has_status(tokens)):
        return StatusUpdate(Action.QUERY)
    if _PRESENT.match(text) and marked:
        return StatusUpdate(Action.QUERY)
    found = _QUESTION.match(text)
    if not found or not found["who"]:
        return None
    if not marked and not re.search(
        "どこ|何時|いつ|状況|ステータス|予定|所在|居場所|います|いる|スケジュール", found["asked"]
    ):
        return None
    return _japanese(found, cleaned, people, tokens, command=command, marked=marked)


def _has_status(tokens: Sequence[Token]) -> bool:
    return any(token.type is Type.KIND for token in tokens)


def _only_a_name(tokens: Sequence[Token], people: Mapping[int, Person]) -> str | None:
    meant = [token for token in tokens if not (token.type is Type.GAP and not token.value.strip())]
    meant = [token for token in meant if token.type is not Type.QUESTION]
    if len(meant) == 1 and meant[0].type is Type.NAME:
        person = people.get(meant[0].start)
        return person.name if person else str(meant[0].value)
    return None


def _japanese(
    found: re.Match[str],
    cleaned: str,
    people: Mapping[int, Person],
    tokens: Sequence[Token],
    *,
    command: bool,
    marked: bool,
) -> StatusUpdate | None:
    if found["all"]:
        return StatusUpdate(Action.QUERY)
    start, end = found.span("who")
    if found["plain"]:
        # an unmarked word may be anything (資料どこ?): only the command is sure to mean a person
        known = any(token.type is not Type.GAP and start <= token.start < end for token in tokens)
        return StatusUpdate(Action.QUERY, who=cleaned[start:end]) if command and not known else None
    if found["who"].startswith("@"):
        return StatusUpdate(Action.QUERY, who=cleaned[start + 1 : end].removesuffix("さん"))
    person = people.get(start)
    if person is None or not person.ours:
        return None
    return StatusUpdate(Action.QUERY, who=person.name)


def _english(found: re.Match[str], cleaned: str, people: Mapping[int, Person]) -> StatusUpdate | None:
    if found["everyone"] or found["mine"]:
        return StatusUpdate(Action.QUERY)
    for group in ("en", "en1", "en2", "en3", "en4", "en5"):
        if found[group]:
            start, end = found.span(group)
            person = people.get(start)
            name = person.name if person else cleaned[start:end].lstrip("@")
            if name.lower() in _EVERYONE:
                return StatusUpdate(Action.QUERY)
            if name.lower() in _NOT_PEOPLE:
                return None
            return StatusUpdate(Action.QUERY, who=name)
    return None
