"""The status language: what staff type about their whereabouts, and what it means."""

from bot.language.calendar import DEFAULT_CALENDAR
from bot.language.describe import describe
from bot.language.parser import parse
from bot.language.result import as_json, encoded

__all__ = ["DEFAULT_CALENDAR", "as_json", "describe", "encoded", "parse"]
