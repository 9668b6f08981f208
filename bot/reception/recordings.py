"""Recordings lie at Twilio: those that are kept no more, or never were, are to be deleted there."""

from bot.store.outbox import enqueue
from bot.store.transaction import Transaction

DELETE = "recording.delete"
"""Outbox kind: a recording is to be deleted at Twilio."""


def delete_recording(tx: Transaction, organization: str, address: str) -> None:
    """Have the recording at an address deleted; one that is gone already is fine."""
    sid = address.rstrip("/").rpartition("/")[2].partition(".")[0]
    enqueue(tx, organization, DELETE, {"recording": sid})
