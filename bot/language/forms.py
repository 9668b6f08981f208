"""How times, days and lengths are written: one pattern a form. What each becomes is in `values`."""

from typing import NamedTuple

from bot.language.people import MASK

# A number in a number's place: digits, or kanji numerals.
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_COUNT = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_ALONE = r"(?<![0-9.:/#])"
_HALVES = "午前|午後|お昼|昼|早朝|朝|夕方|深夜|夜中|夜|晩"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_NAME = rf"(?:{_MONTHS})[a-z]{{0,6}}\.?"
_MINUTES = r"(?:minutes|minute|mins|min|m)"
_HOURS = r"(?:hours|hour|hrs|hr|h)"
_END = r"(?![a-z0-9])"
_COUNTERS = "[名人次階社件回期号台個本枚冊円点番組者拠歩割倍杯年]"  # behind a number that is no time
_ASCII = "".join(map(chr, range(ord("!"), ord("~") + 1)))
_DIGIT = "0123456789"
_NUMERAL = _DIGIT + "一二三四五六七八九十"
_OR = "(?:か|または|又は|もしくは|あるいは|ないし)"
_WEEKDAY = "月火水木金土日"


class Form(NamedTuple):
    """One way to write something. Blanks in `pattern` mean nothing.

    It begins with one of the letters of `begins`, or with two that stand in `pairs`.
    """

    name: str
    begins: str
    pattern: str
    pairs: tuple[str, ...] = ()


def _beside(group: str) -> str:
    """A weekday in brackets behind a date."""
    return rf"(?:\s*\((?P<{group}>[月火水木金土日])(?:曜日?)?(?:[・/]?祝日?)?\))?"


# What a time, a day or a length begins with, and how it goes on. The first form that fits wins.
FORMS = (
    Form("repeated", "週月", r"[週月]に?[0-9一二三四五]+[日回]"),
    Form("name", MASK, f"{MASK}+"),
    Form(
        "meal",
        "お昼",
        r"""
        (?:お昼|おひる)
        (?=\s*(?:$|[、,。!()\n]|は?[0-9一二三四五六七八九十]+[時分:0-9]|です|なので|中|いただ|頂|を|の?あと|の?後(?!半)
        |に?(?:行|いっ|いき|入|はい|とり|とっ|取|食べ|出(?=ます|て|まし|る)|でます)))
        |昼(?=に?(?:行|いっ|いき|入り|食べ|出(?=ます|て|まし)))
        """,
    ),
    Form(
        "address",
        _ASCII,
        r"(?:https?://|www\.)\S+|[a-z0-9_.+\-]++@[\w\-]+\.[\w.\-]+|(?<![0-9])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}",
    ),
    Form(
        "iso_date",
        _DIGIT,
        rf"""
        {_ALONE}(?P<iso_y>20[0-9]{{2}})(?:年|[/\-])\s?(?P<iso_m>[0-9]{{1,2}})(?:月|[/\-])\s?
        (?P<iso_d>[0-9]{{1,2}})日?{_beside("iso_w")}
        """,
    ),
    Form(
        "clock",
        _NUMERAL + "午お昼早朝夕深夜晩ap",
        rf"""
        (?<![0-9.#/])(?:(?P<ck_half>{_HALVES})の?\s*|(?<![a-z])(?P<ck_ap0>[ap]m)\s*(?=[0-9]))?
        (?:(?P<ck_h>{_N})\s*時(?!間|差|点|代|短)
        (?:(?P<ck_mh>半)|(?P<ck_m>{_N})分?(?!間|後|ほど|程度|時|/|月|日|:|[0-9]))?(?!発?の(?:便|電車|新幹線|飛行機|バス|フライト|列車))
        |(?P<ck_ch>[0-9]{{1,2}}):(?P<ck_cm>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9]|:[0-9])
        (?:\s*(?P<ck_ap1>[ap](?:m|\.m\.?))(?![a-z]))?
        |(?P<ck_ph>[0-9]{{1,2}})(?::(?P<ck_pm>[0-9]{{2}}))?\s*
        (?P<ck_ap2>[ap](?:m(?![a-z0-9])|\.m(?![a-z0-9])\.?)|noon(?![a-z])|o'clock)
        |(?<![a-z室番号ド])(?P<ck_4>(?:[01][0-9]|2[0-4])[0-5][0-9])(?![0-9年円名個件号人番台ページ/%:.]|\s*(?:yen|usd)))
        """,
    ),
    Form(
        "mention",
        "@",
        r"""
        (?<![ぁ-んァ-ヶ一-龥])@[a-z0-9ぁ-んァ-ヶ一-龥々_.\-]+?(?=さん|くん|ちゃん|君|様|$|[\s、。,:は])
        (?:さん|くん|ちゃん|君)?
        """,
    ),
    Form(
        "runs_over",
        "r",
        rf"(?<![a-z])running(?=\s+(?:about\s+|around\s+)?[0-9]{{1,3}}\s*(?:{_MINUTES}|{_HOURS})\s+over{_END})",
    ),
    Form("in_around", "i", r"(?<![a-z0-9])in(?=\s+(?:around|about)\s+[0-9])"),
    Form("in_minutes", "i", r"(?<![a-z])in\s+(?P<im_n>[0-9]{1,3})(?=\s*(?:$|[,.]))"),
    Form("half_off_latin", "ap", r"(?<![a-z])[ap]m(?=\s*(?:休み|休む|休ま|お休|休憩|休暇))"),
    Form(
        "month_name_day",
        "jfmasond",
        rf"""
        (?<![a-z])(?P<mn_m>{_MONTH_NAME})\s*(?P<mn_d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_END}(?!:|\s*[ap]m)
        """,
    ),
    Form("days_after", "i", rf"(?<![a-z])in\s+(?P<dae_n>[0-9]{{1,3}}|a)\s+(?P<dae_unit>days?|weeks?){_END}"),
    Form(
        "length_days",
        _DIGIT + "aotf",
        rf"""
        (?<![a-z0-9])(?P<lde_n>[0-9]{{1,3}}|a|an|one|two|three|four|five)\s+
        (?P<lde_unit>days?|weeks?|months?){_END}(?!\s+off\b)
        """,
    ),
    Form(
        "length_en",
        _DIGIT + "iaoth",
        rf"""
        (?P<le_in>(?<![a-z])in\s+)?{_ALONE}(?<![a-z])
        (?:(?P<le_h>[0-9]+(?:\.[0-9])?|an?|one|two|three|half\s+an?|half)[\s\-]*{_HOURS}
        (?:\s*(?:and\s+)?(?P<le_hm>[0-9]{{1,2}}|a\s+half)(?:\s*{_MINUTES})?)?
        |(?P<le_m>[0-9]{{1,3}})[\s\-]*{_MINUTES}){_END}
        """,
    ),
    Form("day_en", _DIGIT + "t", rf"(?<![a-z0-9])(?:the\s+)?(?P<de_n>[0-9]{{1,2}})(?:st|nd|rd|th){_END}"),
    Form(
        "morning_meeting",
        "朝夕",
        r"(?:[朝夕]会(?![議社場員食話])|(?:(?<=[0-9時分半])|(?<=[0-9時分半]\s)|(?<=[0-9時分半]から))[朝夕昼](?:会議|ミーティング|mtg))",
    ),
    Form("half_off", "午", r"午(?:前|後)(?=\s*(?:休み|休む|休ま|お休|休憩|休暇))"),
    Form("about", "約", rf"約(?=\s*{_N})"),
    Form("clock_about", "小", "小一時間"),
    Form("extension", "内番代", r"(?:内線|番号|代表)(?:番号)?[:は]?\s*[0-9]+"),
    Form(
        "excused",
        "",
        "(?:(?<=[時分半頃])で|(?<=[0-9][時分])に|(?<=[半頃])に|(?<=定時)[でに])(?:お先に)?"
        "失礼(?:し|いたし|致し|させていただき)ます",
        pairs=("でお", "で失", "にお", "に失"),
    ),
    Form(
        "sorry",
        "ごお連返報遅",
        r"""
        (?:[ごお]?(?:連絡|返信|返事|報告)[がの]?)?(?<![分間])遅(?:れて(?:しまい)?|くな(?:り(?:まして)?|って))、?(?:大変)?
        (?:すみません|申し訳(?:ありません|ございません|ない(?:です)?))(?:でした)?
        """,
    ),
    Form(
        "event_place",
        "会商面研セ講打",
        "(?:会議|商談|面談|面接|研修|セミナー|講習|打ち合わせ|打合せ)(?:の?会場|先(?!ほど|程|方|生))",
    ),
    Form("from_trip", "出", "出張(?:帰り|明け)(?=の?ため|なので|で(?!す)|につき)"),
    Form("coming_back", "戻帰も", "(?:戻る|もどる|帰社する)の(?=[がはも])"),
    Form(
        "misspelt_return",
        "貴戻に",
        r"(?<=[時分半頃ろ])に?貴社(?=$|[\s。、!]|し|予定|です)|(?<=[時分半頃ろ])戻(?=$|[\s。、!]|予定)",
        pairs=("に貴",),
    ),
    Form("ending", "終", "終わるの(?=[がはも])"),
    Form("behind_time", "遅", r"(?<=[分間どい度])遅れ(?=$|[\s。、!]|です|の(?:見込|予定))"),
    Form(
        "go",
        "様にへ",
        r"""
        (?<=[社店所場院庁署局方先宅へ])(?:さん|様)?(?:に|へ|まで)?
        (?:(?:行って|いって)(?:き|い)ます|行って参ります|行ってます|行っております
        |お?伺い(?:し|いたし|致し)?ます|(?:お?伺い|向かい)(?=、)|向かいます|出向きます|出向いています|向かって(?:い)?ます|向かっております)
        """,
        pairs=("さん", "まで"),
    ),
    Form(
        "leave",
        "",
        r"""
        (?:(?<![にへがを会席])|(?<=[時分後半]に)|(?<=:[0-9]{2}に))出(?:ます|てきます|てます|ております|ています)
        |(?<=外)に出(?:ます|てきます|てます|ております|ています)
        """,
        pairs=("出ま", "出て", "に出"),
    ),
    Form(
        "week_day",
        "今来翌次再さこ",
        r"""
        (?P<wk>今週|来週|翌週|次週|再来週|さ来週|今度|次|この)の?\s*(?P<wk_d>[月火水木金土日])
        (?:曜日?|(?=[~、,・とはにまかのよで\s\-/()も。]|$|より|曜))
        """,
    ),
    Form(
        "day_of",
        "今来翌再",
        rf"(?P<do_month>今月|来月|翌月|再来月)の?\s*(?P<do_n>{_N})日(?!間){_beside('do_w')}",
    ),
    Form("club", _WEEKDAY, r"[月火水木金土日]曜(?:会(?![議合食社])|市(?!内)|版)"),
    Form(
        "week_days",
        "今来再月火水木金土日",
        r"""
        (?:(?P<wks>今週|来週|再来週)の?|(?<![一-龥々0-9]))(?P<wks_d>[月火水木金土日]{2,5})(?:曜日?)?
        (?=[はがにをと、,も\s]|$|在宅|出張|休み|有休|外出|リモート|テレワーク)
        """,
    ),
    Form(
        "paren_day",
        "月火水木金土日(",
        r"""
        (?<![一-龥々ァ-ヶ])(?P<pd>[月火水木金土日])
        (?=\s?[~・、,\-とや/]\s?[月火水木金土日](?:曜|[・、,とや~\-/はがにまかのをも。)\s]|$))
        |(?<![一-龥々ァ-ヶぁ-ん])(?P<pd4>[月火水木金土日])(?=\s?:)
        |\((?P<pd3>[月火水木金土日])\)
        |(?<=[~・、,\-とや/\s])(?<![一-龥々])(?P<pd2>[月火水木金土日])
        (?=(?:[はがにまかをも。)\s~\-とや、/]|の(?![一-龥])|$|在宅|出張|休み|有休|外出|リモート|テレワーク))
        """,
    ),
    Form("weekend_days", "土", r"土日(?:祝)?"),
    Form(
        "days_after_jp",
        _NUMERAL,
        rf"{_ALONE}(?P<da_n>{_COUNT})\s*(?P<da_unit>営業日|日|週間|か月|ヶ月|カ月)後",
    ),
    Form(
        "length_days_jp",
        _NUMERAL,
        rf"""
        {_ALONE}(?P<ld_n>{_COUNT})\s*
        (?:(?P<ld_unit>日間|週間|[かヶカヵ箇]月間?(?!点検|健診|検診|目|ぶり))|日(?=ほど|くらい|ぐらい|程度|だけ))
        """,
    ),
    Form("stay", _NUMERAL, rf"{_ALONE}(?P<stay_nights>{_N})泊(?P<stay_days>{_N})日"),
    Form(
        "month_day",
        _NUMERAL,
        rf"""
        {_ALONE}(?P<md_m>{_N})(?:/|月\s?)(?P<md_d>{_N})(?:日(?!間)|(?![0-9/月時分%人名期]))(?<!/)
        {_beside("md_w")}
        """,
    ),
    Form(
        "day_month_name",
        _DIGIT,
        rf"""
        {_ALONE}(?P<dm_d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dm_m>{_MONTH_NAME}){_END}
        """,
    ),
    Form(
        "month_end",
        _NUMERAL,
        rf"""
        {_ALONE}(?P<me_m>{_N})月
        (?P<me_end>末|いっぱい|一杯|中(?!旬)|(?![0-9一二三四五六七八九上中下頃分曜]))
        """,
    ),
    Form(
        "span",
        _NUMERAL,
        rf"""
        {_ALONE}{_COUNT}\s*(?:[、,]|(?:分|時間半?|日間|週間)?\s*(?:[~\-]|から|{_OR})|分、(?={_COUNT}分))\s*
        (?P<span_b>{_COUNT})\s*
        (?P<span_unit>時間(?P<span_half>半)?|分間?|週間|日間|日(?=ほど|くらい|ぐらい|程度))(?P<span_after>後)?
        |(?<![0-9./日])(?P<span_c>[1-9一二三四五六七八九])[、,](?P<span_d>[2-9二三四五六七八九])日
        (?=休|お休|出張|不在|在宅)
        """,
    ),
    Form(
        "span_en",
        _DIGIT,
        rf"""
        {_ALONE}(?P<spe_a>[0-9]{{1,3}})\s*(?:-|to|or)\s*(?P<spe_b>[0-9]{{1,3}})\s*
        (?P<spe_unit>{_MINUTES}|{_HOURS}|days){_END}
        """,
    ),
    Form(
        "hours",
        _NUMERAL + "半",
        rf"""
        {_ALONE}(?P<lh_n>[0-9]+\.[0-9]|{_COUNT}|半)\s*時間
        (?:(?P<lh_half>半)|(?P<lh_m>{_COUNT})分)?(?P<lh_after>後(?!半))?
        """,
    ),
    Form("minutes", _NUMERAL, rf"{_ALONE}(?P<lm_n>{_COUNT})\s*分間?(?P<lm_after>後)?(?!の[0-9一二三四五])"),
    Form(
        "clock_3",
        _DIGIT,
        r"(?<![0-9.#/])(?P<c3_h>[1-9])(?P<c3_m>[0-5][0-9])(?=\s?[\-~]\s?[0-9]{3,4}(?![0-9]))",
    ),
    Form(
        "day",
        _NUMERAL,
        rf"""
        {_ALONE}(?P<d_n>{_N})日(?!間|後|目|以内|前|中|分|ほど|くらい|ぐらい|程度|[市町村本野酔坊])
        {_beside("d_w")}
        """,
    ),
)

LAST_FORMS = (
    Form(
        "number", _DIGIT, rf"(?<![0-9a-z.:/#%¥$])[0-9]{{1,2}}(?![0-9a-z/%]|[.:][0-9]|,[0-9]{{3}}|{_COUNTERS})"
    ),
    Form("stop", "。!\n.", r"[。!\n]+|\.(?=\s|$)"),
    Form("question", "?", r"\?+"),
    Form(
        "pause",
        "、,;|・/:-",
        r"""
        [、,;|]+|・(?![ァ-ヶ])|/(?![0-9a-z])|(?<![0-9a-z])/
        |\s-\s(?![0-9a-z月火水木金土日一二三四五六七八九十])|\s:\s|--+
        """,
        pairs=(" -", " :"),
    ),
    Form("dash", "~-", r"[~\-]+"),
)
"""Forms that are looked for where no word stands."""
