"""`/toritsugi say NAME`: a named sentence as callers hear it, for managers."""

import difflib

from bot.office.plans import Feature, allowed
from bot.platforms.cards import Card, Fact
from bot.scripts import CATALOGUE, preview
from handlers.chat.reply import Reply
from handlers.chat.talk import Talk

_LIKE = 5


def said(talk: Talk, words: str) -> Reply:
    """The sentence with usual values filled in, in the languages that the office has."""
    name = words.partition(" ")[0]
    script = CATALOGUE.get(name)
    if script is None:
        near = difflib.get_close_matches(name, CATALOGUE, n=_LIKE, cutoff=0.3) or list(CATALOGUE)[:_LIKE]
        start = f"「{name[:40]}」という文はありません。" if name else "文の名前を続けて送ってください。"
        return Reply(
            Card(text=f"{start}たとえば: {'、'.join(near)}", small=("一覧は docs/scripts.md にあります。",))
        )
    office = talk.roster.office
    facts = [Fact("日本語", preview(office, name, "ja"))]
    if allowed(office, Feature.ENGLISH):
        facts.append(Fact("英語", preview(office, name, "en")))
    own = name in office.scripts and allowed(office, Feature.SCRIPTS)
    return Reply(
        Card(
            title=f"文「{name}」",
            facts=tuple(facts),
            small=(script.purpose, "この会社の文です" if own else "標準の文です"),
        )
    )
