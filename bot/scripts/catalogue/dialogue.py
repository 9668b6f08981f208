"""What the dialogue asks and answers besides: questions, corrections, whom to choose."""

from bot.scripts.model import Script

SCRIPTS: tuple[Script, ...] = ()
