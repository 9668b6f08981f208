"""The values that sentences may contain, with what they look like when they are spoken.

One name means the same thing in every sentence. The examples fill a sentence for previews and for
the check of an office's own templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.scripts.model import Language


@dataclass(frozen=True, slots=True)
class Value:
    """What a value is (Japanese, for offices) and a long but usual example in each language."""

    meaning: str
    ja: str
    en: str

    def example(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


VALUES: Mapping[str, Value] = MappingProxyType(
    {
        "organization": Value(
            "会社名（どの文でも使えます）", "スマイルコーポレーション", "Smile Corporation"
        ),
        "person": Value("担当者。役職が名前の前、敬称なし", "課長の栗本", "Taro Kurimoto"),
        "other": Value("別の担当者（代理・後任・引き受けた人）", "主任の佐藤", "Hanako Sato"),
        "people": Value(
            "候補の担当者の並び", "営業の佐藤、または総務の佐藤", "Sato in sales or Sato in accounting"
        ),
        "department": Value("部署名", "営業部", "sales"),
        "departments": Value("部署名の並び", "営業部、総務部、技術部", "sales, accounting and engineering"),
        "caller": Value(
            "お客様の会社名とお名前、敬称つき", "スマイル企画の江川様", "Mr. Egawa of Smile Planning"
        ),
        "company": Value("お客様の会社名", "スマイル企画", "Smile Planning"),
        "purpose": Value("ご用件", "お見積もりの件", "about the estimate"),
        "back": Value("戻り・終わり・出社の日時", "明日の15時30分", "at 3:30 PM tomorrow"),
        "day": Value("日", "来週の木曜日", "Thursday"),
        "hours": Value("営業時間", "平日の9時から18時まで", "9 AM to 6 PM, Monday to Friday"),
        "opening": Value("次に営業を始める日時", "来週の月曜日の9時", "at 9 AM on Monday"),
        "minutes": Value("分（数字）", "30", "30"),
        "number": Value(
            "電話番号の読み上げ",
            "0 9 0、1 2 3 4、5 6 7 8",
            "zero nine zero, one two three four, five six seven eight",
        ),
        "mail": Value(
            "メールアドレスの読み上げ",
            "クリモト、アットマーク、スマイルコープ、ドット、コム",
            "kurimoto, at, smilecorp, dot, com",
        ),
        "choices": Value("キーとその意味の並び", "営業は1、総務は2", "1 for sales, 2 for accounting"),
        "address": Value("メールアドレス（文字）", "kurimoto@smilecorp.com", "kurimoto@smilecorp.com"),
    }
)
