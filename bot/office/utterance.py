"""Who is named in a whole sentence, and who is only introducing themselves.

「スマイル企画の江川と申しますが、営業の栗本さんいらっしゃいますか」 names one of our people, 栗本, of 営業;
江川 is the caller. Positions count in the NFKC form of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.office.departments import TITLE_PATTERN, Departments, title_at_end
from bot.office.kana import is_kana, to_hiragana
from bot.office.names import NameIndex, Tier
from bot.office.readings import is_surname

_HONORIFIC = re.compile(  # not inside 君島, 氏家, 様子, ちゃんと, 代表番号
    rf"(?:(?P<title>{TITLE_PATTERN})(?:さん|さま|様)?(?!番号|室|者|会|職|級|席|付|電話)"
    r"|さん(?!(?:のへ|べ|ぺい)(?:さん|様))|さま(?!さん|様|つ(?:さん|様|の|と|です))|様(?![子々式相態])|(?:氏|君|殿)(?![一-鿿]|さん|さま)|くん|ちゃん(?!と)|先生)"
)
_CALLED_END = re.compile(r"(?:さん|さま|様|氏|くん|君|ちゃん|殿|先生)$")
HONORIFIC_END = re.compile(
    rf"(?:(?:{TITLE_PATTERN})?(?:さん|さま|様|氏|くん|君|ちゃん|殿|先生)|(?:{TITLE_PATTERN}))$"
)
_NO_NAME_WITHIN = re.compile(r"を|たい|んで?$|った|して|ので|から|でき|ない|けて")  # a clause, not a name
_TITLE_FIRST = re.compile(r"の|[^\W\d_ぁ-ん]{1,8}(?:さん|さま|様|氏)")
_ENGLISH = re.compile(
    r"\b(?:mr|mrs|ms|miss)\.?\s*((?<=\s)[a-z]+(?:\s[a-z]+)?|[一-鿿々ァ-ヺー]{1,8})"
    r"|\b([a-z]{2,}|[一-鿿々ァ-ヺー]{1,8})[- ]san\b",
    re.IGNORECASE,
)

_VERB = r"(?<=[いきしちにひみりえけせてねへめれぎじびげぜでべ])"  # before ます, not in やました, ますだ
_BREAK = re.compile(
    r"[、。,.!?！？\s「」・:;]|もしもし|はい(?!ばら|じま|の(?:さん|様))|ええと|えーと|えっと|あのー?|すみません|すいません|恐れ入りますが|おそれいりますが|"
    r"お世話になって(?:おり|い)ます|お世話になります|おせわになっております|ですが|ますが|ですけれども?|ですけど|ですので|なので|"
    rf"でしょうか|{_VERB}(?:ました|ません|ます)|です|けれども?|けど"
)
_WISH = (
    r"(?:を|は|に|へ|と|への|って|て|宛て?|まで|とか|か|という方|て方|の(?:方|ほう|件|携帯|お電話))*\s*(?:、|。|\s)*"
    r"(?:(?:今|いま|本日|今日|明日|あの|えっと|直接|至急|急ぎで)は?(?:、|\s)*)*"
    r"(?:で?お?願い|で?おねがい|いらっしゃ|いら(?:れ|っ)|おいで|おられ|おります|居られ|います|いる|お?電話|お?話|お?つな|お?繋"
    r"|お?取り?次|代わ|替わ|かわ|お?呼|ご?在席|ご?在社|ご?都合|お?戻|いつ|何時|折り?返|ご?連絡|出社|お?手すき|お?手隙|空い"
    r"|宛|お?伝|出して|ください|下さい)"
)
_ASKED = re.compile(_WISH)
_BARE_END = re.compile(
    r"(?=$|[、。,.!?\s]|を|と(?:お?話|連絡)|は|に|へ|って|宛|まで|で?お?願い|で?おねがい|いらっしゃ|おいで|おられ|います"
    r"|いる|ください|お?電話|お?つな|です)"
)
_SELF = re.compile(
    r"(?:と申|ともうし|と言い|といい|と言う者|という者|の者です|の者でござ|でございます|です(?:が|けれど|けど|けども|ね)?)"
)
_SURE_SELF = re.compile(r"(?:と申|ともうし|と言い|といい|と言う者|という者|の者)")
_PARTICLE_END = re.compile(r"(?:の|は|が|を|に|で|と|も|へ|や|って|から|あの|その|えっと|ね|、)$")
_NOT_NAMES = re.compile(
    r"(?:お客|皆|みな|みんな|担当者?|お母|お父|奥|息子|娘|お子|業者|どちら|どなた|誰か?|お嬢|お兄|お姉|おじい|おばあ|御一同|各位|たく|何|"
    r"お隣|いつもの|先ほど|そちら|こちら|係の?|受付|神|同|仕|模|多|内線|もう|お疲れ|ご苦労|お世話|おせわ|御社|貴社|当社|弊社|会社)$"
)
_SOMEBODY = "方者係人"  # 総務の方: not our Ms 方, who is called 方さん
_LONGEST = 12
_TIME_WORDS = (
    "今",
    "先日",
    "昨日",
    "今日",
    "本日",
    "明日",
    "先ほど",
    "先程",
    "以前",
    "前回",
    "午前",
    "午後",
    "毎回",
    "至急",
)
_PLACE_ENDS = ("部", "課", "係", "室", "長", "任", "役", "当", "ー")


@dataclass(frozen=True, slots=True)
class Said:
    """One naming in a sentence, not yet looked up as a whole.

    `name` is None where only a department or a title was said. `departments`: the office's own
    names of what was said. `wanted`: the caller asks to reach them. `unsure`: it might be the
    caller's own name.
    """

    start: int
    end: int
    name: str | None
    departments: tuple[str, ...] = ()
    department: str | None = None
    title: str | None = None
    wanted: bool = False
    unsure: bool = False


@dataclass
class SentenceReader:
    """Reads sentences for one office."""

    names: NameIndex
    departments: Departments

    def read(self, text: str) -> list[Said]:
        """Everybody and every department named in a text (in NFKC), in order, the caller left out."""
        own = list(self._own_names(text))
        found = [said for said in self._honoured(text) if not _inside(said.start, own)]
        taken = [*own, *((said.start, said.end) for said in found)]
        for more in (self._english(text), self._bare(text, taken), self._department_only(text, taken)):
            for said in more:
                if not any(start < said.end and said.start < end for start, end in taken):
                    found.append(said)
                    taken.append((said.start, said.end))
        return sorted(found, key=lambda said: said.start)

    def whole(self, text: str) -> Said:
        """A text that is a name and nothing else: 営業部の栗本さん, 課長の栗本, くりもと."""
        bare = re.sub(r"[。、!?\s]+$", "", text.strip())
        if not self.names.match(bare, near=False).exact:  # 鵜殿 is a surname
            bare = _CALLED_END.sub("", bare)
        title = title_at_end(bare)
        if title and bare != title:
            bare = bare[: -len(title)].removesuffix("の")
        elif title:
            return Said(0, len(text), None, title=title)
        if found := self._department(bare):
            return Said(0, len(text), None, found, bare, title)
        head, mark, name = bare.rpartition("の")
        departments, department, before = self._before(head) if mark else ((), None, None)
        if not (departments or before):
            name = bare
        return Said(0, len(text), name, departments, department, before or title)

    def _department(self, word: str) -> tuple[str, ...]:
        """The departments that a word means, unless it is somebody's name."""
        found = self.departments.called(word)
        return () if found and self.names.match(word, near=False).exact else found

    def _own_names(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches in which the caller says who they are."""
        for match in _SELF.finditer(text):
            start = _clause_start(text, match.start())
            clause = text[start : match.start()]
            honorifics = list(_HONORIFIC.finditer(clause))
            if _SURE_SELF.match(match[0]):
                yield start + (honorifics[-1].end() if honorifics else 0), match.end()
            elif clause and not honorifics and self._introduces(clause, match[0], text[match.end() :]):
                yield start, match.end()

    def _introduces(self, clause: str, ending: str, rest: str) -> bool:
        """Whether 「X です」 says who is calling: of another firm, or followed by what they want."""
        head, mark, name = clause.rpartition("の")
        if not re.match(r"[^\W\dぁ-ん]", name) or _NO_NAME_WITHIN.search(name):
            return False
        if mark and self._is_ours(head):
            return False
        return bool(mark) or ending not in ("です", "でございます") or bool(_HONORIFIC.search(rest))

    def _is_ours(self, place: str) -> bool:
        """Whether 営業 or 営業の課長 stands alone, and not behind another firm's name (山田商事営業部)."""
        departments, department, title = self._before(place)
        left = re.sub(r"[の、\s]+", "", place).removesuffix(title or "").removesuffix(department or "")
        return not left and bool(departments or title)

    def _honoured(self, text: str) -> Iterator[Said]:
        """Names with さん, 様 or a title after them."""
        since = 0
        for match in _HONORIFIC.finditer(text):
            title = match["title"]
            start = max(since, _clause_start(text, match.start()))
            end = match.start() - (1 if title and text[start : match.start()].endswith("の") else 0)
            name_start = self._name_start(text, start, end)
            name = text[name_start:end]
            alone = self._department(name)
            if title and (not name or alone) and _TITLE_FIRST.match(text, match.end()):
                continue  # 課長の栗本さん, 営業課長栗本様: the title belongs to the name that follows
            since = match.end()
            departments, department, before = self._before(text[start:name_start])
            wanted = bool(_ASKED.match(text[match.end() :]))
            place = (self._beginning(text, start, name_start), match.end())
            if not name or (_NOT_NAMES.search(name) and not self.names.match(name, near=False).exact):
                if title and not name.endswith(("御社", "弊社")):
                    yield Said(*place, None, departments, department, title, wanted)
                continue
            if alone:
                yield Said(*place, None, alone, name, title, wanted)
                continue
            yield Said(*place, name, departments, department, before or title, wanted)

    def _name_start(self, text: str, start: int, end: int) -> int:
        """Where the name that ends at `end` begins: the longest known one, else the last word."""
        first = max(start, end - _LONGEST)
        starts = [at for at in range(first, end) if _begins_word(text, at, start)]
        joined = [at for at in range(first + 1, end) if self._ends_place(text[start:at])]  # 営業部栗本様
        for at in (*starts, *joined):
            if self.names.match(text[at:end], near=False).exact:
                return at
        for at in starts:
            if is_surname(text[at:end]):  # ひがし has a が
                return at
        segment = text[start:end]
        after = start + max(segment.rfind(particle) for particle in "のはがを")
        likely = [at for at in starts if at > after] or starts[-1:] or [end]
        for at in likely:
            if self.names.match(text[at:end]).people:
                return at
        own_script = [
            at for at in likely if at > start and _script(text[at]) != "hiragana" == _script(text[at - 1])
        ]
        return own_script[-1] if own_script else likely[0]

    def _ends_place(self, text: str) -> bool:
        """Whether `text` ends with a department, a title or 今, so that a name may follow at once."""
        if text.endswith(_TIME_WORDS):  # 今田中さんと話していた
            return True
        return text.endswith(_PLACE_ENDS) and bool(title_at_end(text) or self.departments.at_end(text)[1])

    def _before(self, text: str) -> tuple[tuple[str, ...], str | None, str | None]:
        """Department and title said before a name: 営業部の, 課長の, 営業部課長の."""
        rest = re.sub(r"(?:の(?:方|ほう))?[の、\s]+$", "", text)
        title = title_at_end(rest)
        if title:
            rest = re.sub(r"[の、\s]+$", "", rest[: -len(title)])
        departments, length = self.departments.at_end(rest)
        return departments, rest[-length:] if length else None, title

    def _beginning(self, text: str, start: int, name_start: int) -> int:
        _, department, title = self._before(text[start:name_start])
        said = department or title
        at = text.rfind(said, start, name_start) if said else -1
        return at if at >= 0 else name_start

    def _english(self, text: str) -> Iterator[Said]:
        for match in _ENGLISH.finditer(text):
            name = match[1] or match[2]
            for candidate in (name, name.split()[0]):
                if self.names.match(candidate, near=False).people:
                    yield Said(match.start(), match.end(), candidate, wanted=True)
                    break

    def _bare(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Said]:
        """Names without an honorific, where something says that a person is meant."""
        at = 0
        while at < len(text):
            found = None if _inside(at, taken) else self._bare_at(text, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def _bare_at(self, text: str, at: int) -> Said | None:
        start = _clause_start(text, at)
        if text[at].isspace() or not _begins_word(text, at, start):
            return None
        for end in range(min(len(text), at + _LONGEST), at, -1):
            name = text[at:end]
            if len(name) == 1 and start != at and (text[at - 1] != "の" or name in _SOMEBODY):
                continue
            if not _BARE_END.match(text, end) or not self._is_name(name):
                continue
            departments, department, title = self._before(text[start:at])
            wanted = name.isascii() or bool(_ASKED.match(text[end:]))
            # 千葉に住んでいます, 鈴木です: a place, or the caller; only 栗本 by itself is an answer
            unsure = not wanted and not departments and re.match(r"[、。!?\s]*$", text[end:]) is None
            return Said(
                self._beginning(text, start, at), end, name, departments, department, title, wanted, unsure
            )
        return None

    def _is_name(self, name: str) -> bool:
        """A short word in hiragana is rather a word than a name, and so is a given name (のぞみ, さくら)."""
        if re.fullmatch(r"[ぁ-ん]{1,2}", name) or not re.search(r"[^\W\d_]", name):
            return False
        match = self.names.match(name, near=False)
        return match.tier >= Tier.SURNAME or (
            match.exact and len(name) > 1 and not is_kana(to_hiragana(name))
        )

    def _department_only(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Said]:
        """営業の方をお願いします, 総務部につないでください."""
        pattern = re.compile(
            r"(?:の(?:方|かた|人|どなた|誰|担当|窓口|皆)\w{0,4}?|の?担当者?|宛)?(?:"
            + _WISH
            + r"|(?:を|に|へ)?[。、\s]*$)"
        )
        end = len(text)
        while end > 1:
            match = pattern.match(text, end)
            found, length = self.departments.at_end(text[:end]) if match else ((), 0)
            begin = end - length
            if found and not _inside(begin, taken) and _begins_word(text, begin, _clause_start(text, begin)):
                yield Said(begin, end, None, found, text[begin:end], wanted=bool(match))
                end = begin
            else:
                end -= 1


def _clause_start(text: str, end: int) -> int:
    """Where the clause begins that goes on at `end`."""
    last = 0
    for match in _BREAK.finditer(text, 0, end):
        last = match.end()
    return last


def _begins_word(text: str, at: int, clause: int) -> bool:
    """Whether a name can begin at `at`: not in the middle of a run of kanji, katakana or letters."""
    if at == clause:
        return True
    before = text[at - 1]
    if _script(before) == "hiragana":
        return _script(text[at]) != "hiragana" or _PARTICLE_END.search(text[clause:at]) is not None
    return _script(before) != _script(text[at])


def _script(char: str) -> str:
    if "ぁ" <= char <= "ゖ":
        return "hiragana"
    if "ァ" <= char <= "ー":
        return "katakana"
    return (
        "latin"
        if char.isascii() and char.isalnum()
        else "kanji"
        if char.isalpha() or char == "々"
        else "mark"
    )


def _inside(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)
