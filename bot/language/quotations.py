"""Words that a message only shows: quoted lines, code, what is struck out, sentences of others."""

import re

_MARKED = re.compile("[>`~「『&]")
_SHOWN = re.compile(
    r"(?:^|(?<=[。!])|(?<=です|ます))[ \t\u3000]*(?:>|&gt;)+.*(?:\n|$)"  # Slack's and mail's quotation
    r"|```[\s\S]*?(?:```|\Z)"
    r"|^[ \t]*`[^`\n]+`[ \t]*$"
    r"|(?:^|(?<=\s))~(?=\S)[^~\n]*[^~\s]~(?=\s|$)"  # struck out
    r"|[「『][^「『」』\n]*(?:です|ます|ました|ません)(?:ので|が)?[。!！]?[」』]",
    re.MULTILINE,
)


def unquoted(text: str) -> str:
    """`text` as typed, without what its sender only shows."""
    return _SHOWN.sub("", text) if _MARKED.search(text) else text
