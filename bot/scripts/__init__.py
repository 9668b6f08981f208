"""The named sentences that callers and staff hear, in both languages (docs/scripts.md)."""

from bot.scripts.catalogue import CATALOGUE
from bot.scripts.model import Language, Script
from bot.scripts.render import check_script, preview, render

__all__ = ["CATALOGUE", "Language", "Script", "check_script", "preview", "render"]
