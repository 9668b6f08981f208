"""All named sentences, gathered from one module for each part of a call."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.scripts.catalogue import (
    answers,
    asking,
    closing,
    dialogue,
    greetings,
    mail,
    message,
    promises,
    staff,
    trouble,
)
from bot.scripts.model import Script


def gather(*parts: Iterable[Script]) -> Mapping[str, Script]:
    """The sentences of the parts by name, in order. Raises `ValueError` where a name is taken twice."""
    found: dict[str, Script] = {}
    for part in parts:
        for script in part:
            if script.name in found:
                raise ValueError(f"two scripts are named {script.name}")
            found[script.name] = script
    return MappingProxyType(found)


CATALOGUE: Mapping[str, Script] = gather(
    greetings.SCRIPTS,
    answers.SCRIPTS,
    promises.SCRIPTS,
    asking.SCRIPTS,
    message.SCRIPTS,
    mail.SCRIPTS,
    closing.SCRIPTS,
    dialogue.SCRIPTS,
    staff.SCRIPTS,
    trouble.SCRIPTS,
)
