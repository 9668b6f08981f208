"""Questions about whereabouts: of somebody, of everyone, of oneself."""

import re
from collections.abc import Mapping, Sequence

from bot.language import english_queries, parts
from bot.language.model import Action, StatusUpdate
from bot.language.patterns import either, sought
from bot.language.people import MASK, Person
from bot.language.tokens import Clause, Token

_LONGEST = 60  # letters: nobody asks where somebody is at greater length
_EVERYBODY = either(
    "みんな みなさん 皆さん 皆様 皆 全員 誰か だれか 誰 だれ メンバー チーム 各自 (?:他|ほか)の人"
)
_WHO = (
    rf"(?P<who>{MASK}+|@\S+?|(?P<all>{_EVERYBODY})"
    r"|(?P<plain>[一-龥々ヶァ-ヴー]{1,6}|[a-z][a-z\-']{1,20}))"
)
_TODAY = either("今 いま 今日 本日 現在 明日")
_ERRAND = "(?:会議|打ち合わせ|打合せ|商談|出張|外出|現場|客先|休憩|お?昼食?|ランチ)"
_WHEN = (
    either(
        f"""
        {_TODAY} もう まだ ただいま 来週 午後 午前 今週 この後 このあと まもなく そろそろ ちょっと 、 \\s
        (?:昨日|先週|今朝|朝|今週)(?:から)? {_ERRAND}から
        って は の も に が
        """
    )
    + "*"
)
_TELL = "(?:教えて|見せて)(?:ください|下さい|(?:もらえ|いただけ|くれ)(?:ます)?|ほしい(?:です)?)?"
_END = (
    either(
        f"""
        か かな かね でしょうか だろう だろうか の ね よ (?:分|わ)かりますか 知りませんか 知ってますか
        {_TELL} を 確認 お願い(?:します)? 知りたい(?:です)? が は について [。!?\\s]
        """
    )
    + "*"
)
_PLACE = (
    either("どこ どちら 何処 どこら辺 どの(?:辺|へん)")
    + "[にへかで]?[い行お居出]?"
    + either(
        """
        ます き かけ って ってい っています ってます て ています てます られます るの る らっしゃい
        っしゃい ました った
        """
    )
    + "*(?:です|ます)?"
)
_AT = "(?:(?:席|自席|会社|オフィス|社内|デスク)に)?"
_THERE = (
    _AT
    + either("い 居 お おり いらっしゃい いらっしゃり おられ いられ みえ")
    + "(?:ます|る|てい?ます|ません)"
)
_COMES = "(?:来|出社し|出社され|出勤し|出勤され|来られ)(?:ます|る)"
_MISSED = "(?:の姿)?が?(?:見当たら|見え|つかまら|捕まら)[^。?]{0,10}(?:が|けど|けれど|ど)?、"
_HOUR = "(?:何時|いつ)"
_RETURNS_WHEN = (
    _HOUR
    + either("に 頃 ごろ まで から ぐらい くらい")
    + "*は?お?"
    + either("戻 もど 帰 来(?!れ) 出社 復帰 着 外出 在席 出勤 退社 休 会議 打ち合わせ 出張 在宅 離席 不在")
    + "[^、。]{0,10}"
)
_WHEN_IS_RETURN = (
    "お?(?:戻り|帰り|出社|帰社|復帰|出勤)(?:は|って|の予定は|予定は)*"
    + _HOUR
    + either("頃 ごろ に です なり ます くらい ぐらい")
    + "*"
)
_SHEET = either(
    """
    ステータス 状況 状態 居場所 所在 在席状況 在席 ご?予定 スケジュール 出社状況 勤怠 行き先 行先
    """
)
_SHEET_ASKED = (
    either("は って 一覧 リスト どうなってい?ます どうなってる どう どんな感じ なに 何 なん です") + "*"
)
_STATUS = either(
    """
    お?休み 有休 在宅勤務 在宅 テレワーク リモート 外出 出張 会議 打ち合わせ 離席 退社 退勤 帰宅 在席 出社
    休憩 電話 不在 出勤 帰社 お昼 (?:来|戻っ|帰っ|出社し|出勤し)て (?:来|帰|出)られて 戻り 帰り 直帰
    """
)
_STATUS_ASKED = (
    "中?[をに]?"
    + either(
        """
        です でしたっけ でしょう してい?ます されてい?ます されました しました い?ます ました
        (?:き|来)てい?ます
        (?:き|来)ました られました なりました 済み?
        """
    )
    + "?"
)
_NOW_OR_NOT = either(
    f"""
    (?:帰|戻)った お?(?:帰|戻)(?:られ|り)(?:ました|てい?ます|た)
    (?:帰|戻)って(?:い?る|い?ます|きた|きました) 来て?い?る 来た (?:出社|出勤)し(?:た|てい?る)
    休んで(?:る|い?ます) いない (?:帰って|戻って|来て)い?(?:ない|ません)(?:です)?
    お?(?:帰|戻)り(?:です|でしょう|になり(?:ました|ます))
    (?:[0-9]{{1,2}}時半?|夕方|お?昼)(?:まで)?に?は?お?(?:戻(?:り|られ)|帰(?:り|られ)|帰社(?:し|され))ます
    上が(?:り|られ)ました 上がった {_ERRAND}(?:に|へ)?(?:行き|出|行かれ)ました
    お?(?:帰|戻)り(?:では|じゃ)(?:ない|ありません)(?:です)?
    """
)
_FREE = "(?:手が)?(?:空いて|あいて|対応|電話)(?:い?ます|できます|可能です|出られます|大丈夫です)"
_SEEN = either(
    """
    の?お?(?:帰社|戻り|帰り|出社)の?(?:予定|時間|時刻)は? 何を?して(?:い|らっしゃい)?ます
    (?:を|は)?見(?:かけ)?(?:ました|ませんでした|ません) と?連絡(?:が|は)?つきます
    (?:を|は)?知り?(?:ません|って(?:い)?ます) (?:つか|捕)まります
    (?:が|は)?(?:どこにいる|何時に戻る|いつ戻る)か(?:知って|(?:分|わ)か)[るい]+(?:人|方)は?い(?:ます|る|らっしゃいます)
    の?(?:戻り|帰社|行き先|居場所|予定)の?(?:時間|時刻)?[をがは]?(?:知って|(?:分|わ)か)[るい]+(?:人|方)は?い(?:ます|る|らっしゃいます)
    """
)
_ASKED = "|".join(
    (
        _PLACE,
        _THERE,
        _COMES,
        _RETURNS_WHEN,
        _WHEN_IS_RETURN,
        f"(?:の|は|って)?{_SHEET}{_SHEET_ASKED}",
        f"{_STATUS}{_STATUS_ASKED}",
        f"(?:{_STATUS}は?)?{_HOUR}まで(?:{_THERE}|です|でしょう)?",
        _NOW_OR_NOT,
        _FREE,
        _SEEN,
        r"(?<=は)(?=\?)",
    )
)
_GREETED = either(
    """
    お疲れ(?:様|さま)(?:です|でした)? おつかれ(?:様|さま)(?:です)? お世話になって(?:おり|い)ます
    おはよう(?:ございます)? こんにちは こんばんは すみません(?:が)? すいません(?:が)? 恐れ入りますが?
    (?:よろしく|宜しく)?お願い(?:し|いたし|致し)ます
    """
)
_OPENING = either("すみません お疲れ様です お疲れさまです ちなみに あの ねえ 、 。 \\s") + "*"
_QUESTION = re.compile(
    rf"{_OPENING}(?:(?:{_TODAY}|来週|午前|午後|の|は|、)\s*)*(?:[^\s、。{MASK}]{{1,6}}の)?{_WHO}(?:{_MISSED})?{_WHEN}(?P<asked>{_ASKED}){_END}$"
)
_OURS = either(
    "みんな みなさん 皆さん 皆 全員 全体 メンバー チーム 各自 社内 部内 課内 営業部 自分 私 俺 僕 わたし"
)
_OVERVIEW = re.compile(rf"{_WHEN}(?:{_OURS}{_WHEN})?{_SHEET}{_SHEET_ASKED}{_END}$")
_SENTENCE = re.compile(r"[^.。?!\s](?:(?!\.\s)[^。?!]){0,60}(?:\?|か(?=[。!\s]|$))")
_COMMA = re.compile("、")
_HAS_TIME = re.compile("空いて|あいて|空き")
_LATER = re.compile("明日|明後日|来週|午後|午前|[月火水木金土日]曜|[0-9]時|[0-9]日")
_GROUP = "(?:社内|オフィス|会社|[一-龥ァ-ヴ]{1,6}[部課室])[にはで]*"
_ANYBODY = re.compile(
    rf"{_WHEN}(?:{_GROUP}{_WHEN})?(?:誰|だれ)[かがもは]?{_WHEN}(?:手が)?(?:い(?:ま|る)|残って|空いて|{_STATUS}(?![室資費書用]))[^。]{{0,12}}$"
    rf"|{_WHEN}(?:いる|(?:{_STATUS}中?|在席中?)の|{_STATUS}してい?る)(?:人|メンバー|方)"
    rf"(?:は|って|誰|だれ|を|です|い(?:ます|る))*{_END}$"
    rf"|{_WHEN}(?:在席|出社|外出|出張|在宅|不在)者{_END}$|{_TODAY}?{_STATUS}中?(?:は|なのは)(?:誰|だれ)(?:です)?{_END}$"
    rf"|{_WHEN}(?:席|オフィス|会社|社内|事務所)に(?:誰|だれ)か(?:い|残って)[^。]{{0,8}}$"
    rf"|{_WHEN}(?:席|オフィス|会社|社内|事務所)に(?:いる|残って(?:い?る))(?:人|方|メンバー)(?:は|って|誰|だれ|い(?:ます|る))*{_END}$"
)
_ASKS_ABOUT = sought(
    r"""
    どこ どちら 何処 何時 いつ います いる 居 おり いらっしゃ 状況 状態 ステータス 予定 スケジュール
    所在 居場所 勤怠 [?？] 誰 だれ 人は か[。!\s]*$ where when who status is\s
    """
)
_LEAD = re.compile(
    rf"(?:(?:{_GREETED})[、。,!\s]*|[一-龥ァ-ヴ]{{1,4}}です[。、\s]+|\(?確認(?:ですが)?\)?[、\s])+"
)
_CLOSE = re.compile(rf"(?:[?。!\s]+(?:{_GREETED})[。!\s]*)+$")
_MARKED = re.compile(r"(?:か|の|は|かな)[。!\s]*$")
_ALL_ALONE = re.compile(rf"{_EVERYBODY}|{_OURS}|一覧|リスト|list|who|all|everyone|status|[?]")
_SURE = re.compile("どこ|何時|いつ|状況|ステータス|予定|所在|居場所|スケジュール")


def asked(
    text: str, cleaned: str, people: Mapping[int, Person], tokens: Clause, *, command: bool
) -> StatusUpdate | None:
    """The query that a message is, None where it is none. `who` None is everyone, or oneself."""
    named_only = _only_a_name(tokens, people) if command else None
    if named_only is not None or (command and _ALL_ALONE.fullmatch(text)):
        return StatusUpdate(Action.QUERY, who=named_only)
    start, end = _without_greetings(text) if _ASKS_ABOUT.search(text) else (0, 0)
    if not 0 < end - start <= _LONGEST:
        return None
    if (text.isascii() or MASK in text) and (
        query := english_queries.asked(text, cleaned, people, 0, len(text))
    ):
        return query
    marked = "?" in text or bool(_MARKED.search(text))
    listed = command or not _has_status(tokens) or "状況" in text or "一覧" in text
    sheet = _OVERVIEW.match(text, start, end) and (marked or listed)
    if sheet or (marked and _ANYBODY.match(text, start, end) and not _invites(text)):
        return StatusUpdate(Action.QUERY)
    addressed = marked or command
    found = _QUESTION.match(text, start, end) if addressed or _SURE.search(text, start, end) else None
    if not found or _invites(text) or not (addressed or _SURE.search(found["asked"])):
        return None
    return _japanese(found, cleaned, people, tokens, command=command)


def among(text: str, cleaned: str, people: Mapping[int, Person]) -> StatusUpdate | None:
    """The one sentence that asks for somebody, in a message whose other sentences say nothing."""
    if not _ASKS_ABOUT.search(text):
        return None
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        if query := english_queries.asked(text, cleaned, people, start, end):
            return query
        for begins in (start, *(pause.end() for pause in _COMMA.finditer(text, start, end))):
            found = _QUESTION.match(text, begins, end)
            person = people.get(found.start("who")) if found else None
            if person is not None and person.ours and not _invites(text):
                return StatusUpdate(Action.QUERY, who=person.name)
    return None


def _invites(text: str) -> bool:
    """Whether it is asked who has time later, not where somebody is: 明日空いてますか."""
    return bool(_HAS_TIME.search(text) and _LATER.search(text))


def _without_greetings(text: str) -> tuple[int, int]:
    """Where a question begins and ends: behind a greeting, and one's own name, and before another."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    tail = _CLOSE.search(text, start)
    return start, tail.start() if tail else len(text)


def _has_status(tokens: Clause) -> bool:
    return parts.KIND in tokens.types


def _only_a_name(tokens: Clause, people: Mapping[int, Person]) -> str | None:
    if parts.NAME not in tokens.types:
        return None
    meant = [token for token in tokens if not (token.type is parts.GAP and not token.value.strip())]
    meant = [token for token in meant if token.type is not parts.QUESTION]
    if len(meant) == 1 and meant[0].type is parts.NAME:
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
) -> StatusUpdate | None:
    if found["all"]:
        return StatusUpdate(Action.QUERY)
    start, end = found.span("who")
    if found["plain"]:
        # an unmarked word may be anything (資料どこ?): only the command is sure to mean a person
        known = any(
            token.type is not parts.GAP and token.start < end and start < token.end for token in tokens
        )
        return StatusUpdate(Action.QUERY, who=cleaned[start:end]) if command and not known else None
    if found["who"].startswith("@"):
        return StatusUpdate(Action.QUERY, who=cleaned[start + 1 : end].removesuffix("さん"))
    person = people.get(start)
    if person is None or not person.ours:
        return None
    return StatusUpdate(Action.QUERY, who=person.name)
