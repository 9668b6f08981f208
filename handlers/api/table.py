"""Every operation of the API."""

from handlers.api import people, records, transfers

OPERATIONS = (*people.OPERATIONS, *transfers.OPERATIONS, *records.OPERATIONS)
