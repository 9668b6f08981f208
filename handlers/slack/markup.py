"""Slack's markup as plain text: mentions, channels, links, and the three escaped letters.

Source: docs.slack.dev/messaging/formatting-message-text ("Retrieving formatted messages").
"""

import re

from bot.office.roster import Roster

_MARKED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>(\w?)")
_HONORIFIC = re.compile(r"[さくクサ君様氏殿ち]")
_LETTERS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain_text(text: str, roster: Roster, bot_user: str | None = None) -> str:
    """The text as its writer sees it.

    Staff are `@` and their staff id, so that nobody is confused with a namesake; a mention of
    ourselves (`bot_user`), of everybody or of a group of users is left out: it says whom to tell.
    """

    def shown(found: re.Match[str]) -> str:
        sigil, target, label, following = found.groups()
        return _shown(roster, bot_user, sigil, target, label) + _apart(sigil, following) + following

    text = _MARKED.sub(shown, text)
    for escaped, letter in _LETTERS:
        text = text.replace(escaped, letter)
    return text.strip()


def _shown(roster: Roster, bot_user: str | None, sigil: str, target: str, label: str | None) -> str:
    if sigil == "@":
        person = roster.by_slack(target)
        return "" if target == bot_user else f"@{person.id if person else label or target}"
    if sigil == "#":
        return f"#{label or target}"
    if sigil == "!":  # a date has its words; everybody here, or a group of users, is only called
        return (label or "") if target.startswith("date^") else ""
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def _apart(sigil: str, following: str) -> str:
    """A mention stands apart from the words after it, but for さん and its like."""
    return " " if sigil == "@" and following and not _HONORIFIC.match(following) else ""
