"""The JSON API for other programs: docs/api.md, and `/openapi.json` made from the same table."""
