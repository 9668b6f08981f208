"""What gives a message another topic than somebody's whereabouts: labels, conditions, whole groups.

Such a message may hold perfect statements (日報: 10時 会議), none of which is meant of now.
"""

import re

from bot.language.patterns import either

_LABEL = either(
    r"""
    議事録 日報 週報 月報 工数 実績 交通費 経費 精算 件名 リマインド リマインダー? お知らせ 募集 招待 案内
    (?:google)?\s?カレンダー 営業時間 受付時間 候補日?
    """
)
_LABELS = re.compile(
    rf"^\W*(?:(?:本日|今日|今週|先週|昨日|明日)の)?{_LABEL}\w{{0,6}}\s*[:)](?!\s*勤怠)|^\W*(?:例|re|fwd?)\s*[:)]"
    r"|^(?:本日|今日|今週)の実績|^(?:工数|日報|議事録|招待|募集)|^(?:営業|受付)時間|^始業\s*[0-9]"
    r"|^(?:皆さん|皆様|みなさん|各位)[、,].*(?:会議|ミーティング|mtg|打ち合わせ|ランチ)です"
)
_CONDITION = re.compile(
    "(?<!終わっ)(?<!終え)(?<!済ん)(?<!済ませ)(?<!着い)(?<!なっ)(?<!戻っ)(?<!帰っ)(?<!到着し)(?<!終了し)[ただ]ら"
    "(?:[、\\s]|$)|(?:[えけげせてねべめれ]ば|なければ|場合(?:は|に|には)?)[、\\s]*$"
)

_GROUP = re.compile(
    "(?:支店|支社|本社|営業所|工場|部|課|係|チーム|グループ|店舗?|学校|保育園|の人|メンバー|社員)(?:は|が)(?=.)|[0-9一二三四五六七八九十]人(?:が|は|も|で|$)"
)


def is_labelled(text: str) -> bool:
    """Whether a message opens with a label that says it is a document or an announcement."""
    return bool(_LABELS.search(text))


def is_condition(text: str) -> bool:
    """雨が降ったら, 早く終われば: what follows may never be. 終わったら only says when."""
    return bool(_CONDITION.search(text))


def is_of_a_group(text: str) -> bool:
    """大阪支店は停電で, 課の人が半分: no one person's whereabouts."""
    return bool(_GROUP.search(text))
