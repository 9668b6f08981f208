"""How somebody may be asked to take a call, set by themselves: a text, or the buttons of a card.

    会議中でもVIPは可 / 夜間不可 / 急ぎなら外出中も可 / 不在中は急ぎのみ可 / 休みでも可
    取次ぎの電話は090-1234-5678 / 電話も鳴らす / 取次ぎ設定

Only a text that consists of nothing but such words is a setting; anything else is a status.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot.delivery.wording import telephone
from bot.office.apply import change_person
from bot.office.model import AskWhen, Office, Person, Rank
from bot.office.numbers import is_our_line, parse_number
from bot.platforms.cards import Button, Card, Fact
from bot.presence.reachable import AWAY, Situation, allowed_ranks
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

Change = Callable[[Person], dict[str, Any]]
"""What a setting changes of a person as they are stored: keys of the office file, new values."""
SHOW, SET, EDIT = "settings_show", "settings_set", "settings_edit"

_RANKS: tuple[Rank, ...] = get_args(Rank)
_RANK_NAMES: dict[Rank, str] = {"urgent": "お急ぎ", "vip": "VIP"}
SITUATIONS: dict[Situation, str] = {
    "meeting": "会議中",
    "busy": "取り込み中・通話中",
    "away": "離席中",
    "out": "外出中",
    "trip": "出張中",
    "late": "出社前",
    "night": "時間外",
}
_EXAMPLES = ("会議中でもVIPは可", "夜間不可", "電話も鳴らす")

_LEAVE = "leave"
_WORDS: tuple[tuple[str, str], ...] = (  # what a word means, and how it is written
    ("meeting", "会議中?|打ち?合わ?せ中?|ミーティング中?|商談中?|来客中?|面談中?|研修中?"),
    ("busy", "電話中|通話中|取り?込み?中|作業中"),
    ("away", "離席中?|席を外して(?:いる|る)?(?:とき|時|間)?|休憩中?"),
    ("out", "外出中?"),
    ("trip", "出張中?"),
    ("late", "出社前|遅刻(?:中|のとき)?"),
    ("absent", "不在中?|不在(?:の)?(?:とき|時)|席にいない(?:とき|時)"),
    ("night", "夜間|夜中?|深夜|(?:営業|勤務)?時間外|営業終了後|休日|土日"),
    (_LEAVE, "休み中?|休暇中?|有休中?|退社後|退勤後"),
    ("vip", "VIP(?:の?お?客様?)?|重要なお?客様?"),
    ("urgent", "お?急ぎ|至急|緊急|急用|急ぎ"),
    ("only", "のみ|だけ"),
    ("no", "不可|NG|だめ|ダメ|駄目|禁止|しない(?:で)?|出られません|出ません|受けません|受けない|お?断り?"),
    (
        "yes",
        "可能?|OK|オーケー|[よ良い]い(?:です)?|大丈夫|[か構]わない|受け(?:ます|る)|出(?:ます|られます)|して",
    ),
    ("filler", "取り?次[ぎいで]*|取次|つな(?:ぐ|いで)|繋いで|尋ねて|聞いて|呼んで|お?電話|着信|お客様|案件"),
    (
        "particle",
        "場合|とき|時|方|であれば|ください|下さい|です|でも?|なら|[もはがをにばとやかの 、。,・!]+",
    ),
)
_TOKEN = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDS), re.IGNORECASE)
_LINKED = re.compile(r"(?:中|外|夜間?|休み|休暇|とき|時|後|前|日)(?:で)?(?:は|も|なら)|夜間?|時間外|休日")
"""「会議中は不可」 is a setting, 「会議中、電話不可」 a status of now."""

_SHOWS = re.compile(r"(?:取り?次ぎ?の?)?設定(?:を?(?:見る|見せて|確認|表示))?|settings", re.IGNORECASE)
_TELEPHONE = r"(?:(?:取り?次ぎ?|転送)(?:先|用)?の?(?:お?電話(?:番号)?|番号)?|お?電話(?:番号)?)"
_NUMBER = re.compile(
    rf"{_TELEPHONE}(?:は|を|:)?\s*(?P<number>\+?[\d()\- ]{{9,20}})\s*(?:に|へ|で|まで)?"
    r"(?:し(?:て|ます)|変更|鳴らして|かけて|お願いします|ください|です)*[。!]?"
)
_OWN_NUMBER = re.compile(
    rf"{_TELEPHONE}(?:は|を)?(?:元|もと|登録)(?:の番号)?に(?:戻す|戻して|もどして)(?:ください)?[。!]?"
)
_RINGS_TOO = re.compile(
    r"(?:(?:カード|チャット)?に?(?:答え|応答|返事|反応)(?:が|し)?(?:なければ|ないとき(?:は)?|ない場合(?:は)?)、?)?"
    r"(?:お?電話|携帯)(?:も|を)(?P<word>鳴らす|鳴らして|鳴らさない(?:で)?|鳴らして可|鳴らして不可)(?:ください|下さい|可|OK)?[。!]?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """For which callers somebody may be asked in situations, as it was said.

    `ranks` empty: whoever calls. `only`: nobody else.
    """

    situations: tuple[str, ...]
    ranks: tuple[Rank, ...]
    allows: bool
    only: bool = False


def setting_in(talk: Talk, words: str) -> Reply | None:
    """Carry out a text that sets, or asks for, how the speaker may be asked; None for any other."""
    text = unicodedata.normalize("NFKC", words).strip()
    if _SHOWS.fullmatch(text):
        return shown(talk)
    if found := _RINGS_TOO.fullmatch(text):
        wanted = "ない" not in found["word"] and "不可" not in found["word"]
        return _changed(talk, lambda _person: {"ring_at_half": wanted})
    if _OWN_NUMBER.fullmatch(text):
        return _changed(talk, lambda _person: {"ring_at": None})
    if found := _NUMBER.fullmatch(text):
        return _ring_at(talk, found["number"])
    rule = read_rule(text)
    return _changed(talk, lambda person: rule_applied(person, rule)) if rule else None


def read_rule(text: str) -> Rule | None:
    """The rule that a text states with every word of it; None for any other text."""
    said: list[str] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None or token.end() == at:
            return None
        said.append(token.lastgroup)
        at = token.end()
    ranks = tuple(rank for rank in _RANKS if rank in said)
    situations = tuple(dict.fromkeys(word for word in said if word in _SITUATIONS))
    verdicts = [word for word in said if word in ("yes", "no")]
    only = "only" in said
    if not verdicts and not only:
        return None
    if not situations and not ranks:
        return None
    if not ranks and (not _LINKED.search(text) or (text.endswith("ません") and "night" not in situations)):
        return None  # rather where somebody is now
    allows = verdicts[-1] == "yes" if verdicts else True
    return Rule(situations or ("absent",), ranks, allows, only)


_SITUATIONS = (*AWAY, "night", "absent", _LEAVE)


def rule_applied(person: Person, rule: Rule) -> dict[str, Any]:
    """The changes of a person's settings that a rule makes."""
    changes: dict[str, Any] = {}
    if _LEAVE in rule.situations:
        changes["ask_on_leave"] = rule.allows
    named = [one for one in rule.situations if one not in ("absent", _LEAVE)]
    if "absent" in rule.situations:
        named += AWAY
    when: dict[str, Any] = {situation: _ranks_after(person, situation, rule) for situation in _known(named)}
    if when:
        changes["ask_when"] = person.ask_when.model_copy(update=when)
    return changes


def _known(named: Sequence[str]) -> list[Situation]:
    return [situation for situation in SITUATIONS if situation in named]


def _ranks_after(person: Person, situation: Situation, rule: Rule) -> tuple[Rank, ...]:
    before = set(allowed_ranks(person, situation))
    meant = set(rule.ranks or _RANKS)
    if rule.only:
        after = meant if rule.allows else before - meant
    else:
        after = before | meant if rule.allows else before - meant
    return tuple(rank for rank in _RANKS if rank in after)


def _ring_at(talk: Talk, typed: str) -> Reply:
    """Another telephone for transfers."""
    try:
        number = telephone_typed(talk.roster.office, typed)
    except TelephoneError as error:
        return Reply(Card(text=f"{error} 変更していません。"))
    return _changed(talk, lambda _person: {"ring_at": number})


class TelephoneError(ValueError):
    """A number that cannot be somebody's telephone for transfers; the text, in Japanese, says why."""


def telephone_typed(office: Office, typed: str) -> str:
    """A number (E.164) that can be rung for a transfer, and is none of the office's own lines.

    Raises:
        TelephoneError: it is none.
    """
    number = parse_number(typed)
    if not number.valid or not number.e164:
        raise TelephoneError(f"「{typed.strip()}」は電話番号として読めませんでした。")
    if is_our_line(office, number.e164) or number.e164 in office.main_lines:
        raise TelephoneError("会社の代表番号にはつなげません。ご本人につながる番号をお知らせください。")
    if not number.e164.startswith("+81"):
        raise TelephoneError("海外の番号は、管理者に事業所ファイルへの登録をご依頼ください。")
    return number.e164


@dataclass(frozen=True, slots=True)
class Choices:
    """All of a person's settings at once, as a form has them. `ring_at` None: their registered number."""

    ranks: Mapping[Situation, tuple[Rank, ...]]
    on_leave: bool
    ring_at_half: bool
    ring_at: str | None


def chosen(talk: Talk, choices: Choices) -> Reply:
    """Set what a form says. What was left as it stood stays as it was said before, or left unsaid."""

    def change(person: Person) -> dict[str, Any]:
        when: dict[str, Any] = {
            situation: ranks
            for situation, ranks in choices.ranks.items()
            if set(ranks) != set(allowed_ranks(person, situation))
        }
        return {
            "ask_when": person.ask_when.model_copy(update=when),
            "ask_on_leave": choices.on_leave,
            "ring_at_half": choices.ring_at_half,
            "ring_at": None if choices.ring_at == person.phone else choices.ring_at,
        }

    return replace(_changed(talk, change), replaces=True)


def _changed(talk: Talk, change: Change) -> Reply:
    author = talk.author()
    person = change_person(talk.tx, talk.roster.organization, author.name, change)
    talk.note("settings.changed", talk.person.id)
    return Reply(_card(talk, person or talk.person, "取次ぎの設定を変えました"))


def shown(talk: Talk) -> Reply:
    """取次ぎ設定: how the speaker may be asked, with a button for each change."""
    return Reply(_card(talk, talk.person, "取次ぎの設定"))


def tapped(talk: Talk, value: str) -> Reply:
    """A button of the card: `urgent+`, `vip-`, `night-`, `leave+`, `ring-`, `phone-`."""
    change = _TAPS.get(value)
    if change is None:
        return Reply(Card(text="このボタンは古くなっています。「取次ぎ設定」と送ってください。", tone="over"))
    return replace(_changed(talk, change), replaces=True)


def _away_rule(rank: Rank, *, allows: bool) -> Change:
    return lambda person: rule_applied(person, Rule(("absent",), (rank,), allows))


_TAPS: dict[str, Change] = {
    "urgent+": _away_rule("urgent", allows=True),
    "urgent-": _away_rule("urgent", allows=False),
    "vip+": _away_rule("vip", allows=True),
    "vip-": _away_rule("vip", allows=False),
    "night+": lambda person: rule_applied(person, Rule(("night",), (), allows=True)),
    "night-": lambda person: rule_applied(person, Rule(("night",), (), allows=False)),
    "leave+": lambda _person: {"ask_on_leave": True},
    "leave-": lambda _person: {"ask_on_leave": False},
    "ring+": lambda _person: {"ring_at_half": True},
    "ring-": lambda _person: {"ring_at_half": False},
    "phone-": lambda _person: {"ring_at": None},
}


def _card(talk: Talk, person: Person, title: str) -> Card:
    """Everything that a person has set, in words, and the button for the opposite; in Slack a form too."""
    urgent = all("urgent" in allowed_ranks(person, situation) for situation in AWAY)
    vip = all("vip" in allowed_ranks(person, situation) for situation in AWAY)
    night = bool(allowed_ranks(person, "night"))
    buttons = [
        _toggle("お急ぎなら不在中も", "urgent", on=urgent),
        _toggle("VIPなら不在中も", "vip", on=vip),
        _toggle("時間外も", "night", on=night),
        _toggle("休みの日も", "leave", on=person.ask_on_leave),
    ]
    if person.telephone and (person.slack or person.line):
        label = "電話は鳴らさない" if person.ring_at_half else "答えないとき電話も鳴らす"
        buttons.append(Button(SET, label, "ring-" if person.ring_at_half else "ring+"))
    if person.ring_at:
        buttons.append(Button(SET, "電話を登録の番号に戻す", "phone-"))
    if talk.channel == "slack":
        buttons.insert(0, Button(EDIT, "まとめて変更する", style="primary"))
    return Card(
        title=title,
        text="在席中はいつでもお尋ねします。",
        facts=facts(person),
        small=("言葉でも変えられます（例: 会議中でもVIPは可、取次ぎの電話は090-1234-5678）。",),
        buttons=tuple(buttons),
        choices=_EXAMPLES,
    )


def _toggle(label: str, name: str, *, on: bool) -> Button:
    return Button(SET, f"{label}{'不可にする' if on else '可にする'}", f"{name}{'-' if on else '+'}")


def facts(person: Person) -> tuple[Fact, ...]:
    """When and how a person may be asked, a line each; situations with the same rule share one."""
    by_rule: dict[str, list[str]] = {}
    for situation, name in SITUATIONS.items():
        by_rule.setdefault(_in_words(allowed_ranks(person, situation)), []).append(name)
    found = [Fact("・".join(names), rule) for rule, names in by_rule.items()]
    found.append(Fact("休み・退社後", "尋ねてよい" if person.ask_on_leave else "尋ねない"))
    if person.telephone:
        how = (
            "チャットに半分の時間お答えがなければ鳴らす"
            if person.ring_at_half
            else "「つなぐ」のあとに鳴らす"
        )
        found.append(Fact("電話", f"{telephone(person.telephone)}（{how}）", person.telephone))
    return tuple(found)


def summary(person: Person) -> str:
    """One line for a person's own overview; empty where nothing was set."""
    said: list[str] = []
    if person.ask_when != AskWhen() or person.urgent_when_away or person.vip_when_away:
        for situation, name in SITUATIONS.items():
            ranks = allowed_ranks(person, situation)
            if ranks:
                said.append(f"{name}は{'と'.join(_RANK_NAMES[rank] for rank in ranks)}のみ可")
    if person.ask_when.night == ():
        said.append("時間外は不可")
    if person.ask_on_leave:
        said.append("休みでも可")
    if person.ring_at_half:
        said.append("電話も鳴らす")
    return "、".join(said)


def _in_words(ranks: Sequence[Rank] | Any) -> str:
    return f"{'と'.join(_RANK_NAMES[rank] for rank in ranks)}のみ尋ねてよい" if ranks else "尋ねない"
