"""Every operation of the API."""

from handlers.api import exports, people, records, transfers

OPERATIONS = (*people.OPERATIONS, *transfers.OPERATIONS, *records.OPERATIONS, *exports.OPERATIONS)
