"""Which LINE channel a webhook comes from: the one whose secret signed it.

The bot that a body names says whose keys to try first, and nothing else before one of them fits.
"""

import re

from bot.office.line_channels import LineChannel, own_channel, own_secrets, shared_channel
from bot.office.model import Office
from bot.office.roster import roster_of
from bot.store.transaction import Transaction
from handlers.signatures import line_signature_fits

_DESTINATION = re.compile(rb'"destination"\s*:\s*"(U[0-9a-f]{32})"')


def who_signed(
    tx: Transaction, shared_secret: str, body: bytes, signature: str | None
) -> tuple[str, ...] | None:
    """The offices whose own secret signed `body`: none of them where the shared one did.

    None where it is no secret of ours.
    """
    found = _DESTINATION.search(body)
    destination = found[1].decode() if found else None
    for named in (True, False):
        secrets = own_secrets(tx, destination, named=named)
        own = tuple(one for one, secret in secrets.items() if line_signature_fits(secret, body, signature))
        if own:
            return own
    return () if line_signature_fits(shared_secret, body, signature) else None


def addressed(
    tx: Transaction, signed_by: tuple[str, ...], destination: str
) -> tuple[LineChannel, Office] | None:
    """The channel of a webhook that is proven, by the bot that was written to, and one of its offices."""
    channel = own_channel(tx, signed_by, destination) if signed_by else shared_channel(tx, destination)
    return (channel, roster_of(tx, channel.first).office) if channel else None
