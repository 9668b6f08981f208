"""The conversation with staff, the same for every chat: a text or a tap in, a card out.

`answer_text` and `answer_command` take words, `answer_button` a tap, `stranger` meets those whom
the office does not know. Each is a function of one transaction and sends nothing itself.
"""

from handlers.chat.buttons import answer_button
from handlers.chat.overview import stranger
from handlers.chat.reply import Reply
from handlers.chat.texts import answer_command, answer_text

__all__ = ["Reply", "answer_button", "answer_command", "answer_text", "stranger"]
