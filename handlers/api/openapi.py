"""`/openapi.json`, made from the table of operations: what it says is what is checked."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handlers.api.keys import HEADER
from handlers.api.models import Error, Nothing
from handlers.api.operations import JSON, Operation
from handlers.api.table import OPERATIONS

_REFERENCE = "#/components/schemas/{model}"
_SECURITY = "token"
_DESCRIPTION = (
    "For other programs and call systems: who is where, asking staff to take a call, filing messages. "
    "A token is made by `toritsugi token NAME --scope SCOPE`; a scope without `:read` also reads. "
    "A token sees its own office only."
)
_ID_OF = {"staff": "The staff id.", "transfers": "The transfer's id.", "callers": "The number."}


@cache
def document(server: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document; `server` is our public address."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Toritsugi", "version": "1", "description": _DESCRIPTION},
        "servers": [{"url": server}],
        "security": [{_SECURITY: []}],
        "paths": paths,
        "components": {
            "securitySchemes": {_SECURITY: {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(OPERATIONS),
        },
    }


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    sent = [(operation.body, "validation") for operation in operations if operation.body]
    answers = (one.answer for one in operations if one.media == JSON)
    answered = [(model, "serialization") for model in (Error, *answers)]
    _, found = models_json_schema([*sent, *answered], ref_template=_REFERENCE)  # type: ignore[list-item]
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.run.__name__,
        "summary": operation.summary,
        "description": f"Scope: {_named(operation)}.",
        "parameters": _parameters(operation),
        "responses": {
            str(operation.status): {
                "description": (operation.answer.__doc__ or "").split("\n", maxsplit=1)[0] or "The answer",
                "content": _content(operation.answer, operation.media),
            },
            **{
                str(status): {"description": said, "content": _content(Error)}
                for status, said in sorted(_refusals(operation).items())
            },
        },
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content(operation.body)}
    return described


def _content(model: type[BaseModel], media: str = JSON) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=model.__name__)} if media == JSON else {"type": "string"}
    return {media: {"schema": schema}}


def _named(operation: Operation) -> str:
    return ", ".join(f"`{scope.value}`" for scope in operation.scopes)


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "{id}" in operation.path:
        noun = operation.path.split("/")[3]
        found.append(
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": _ID_OF[noun],
                "schema": {"type": "string"},
            }
        )
    for name, schema in operation.query.model_json_schema().get("properties", {}).items():
        found.append({"name": name, "in": "query", "required": False, "schema": schema})
    if operation.idempotent_by_key:
        found.append(
            {
                "name": HEADER,
                "in": "header",
                "required": False,
                "description": "Any text of your own for this request. Sent again with it within seven days, "
                "the request does nothing and gets the same answer.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            }
        )
    return found


def _refusals(operation: Operation) -> dict[int, str]:
    said = {
        401: "No valid token.",
        403: f"The token lacks a scope of {_named(operation)}.",
        429: "Too many requests of this office at once; nothing was changed.",
        503: "The database is away. `busy`: nothing was changed. `unknown`: it went away while the request "
        "was recorded; sent again with the same key it counts once.",
    }
    if operation.body or operation.query is not Nothing:
        said |= {
            400: "The body is no JSON, or a header or cursor is garbled.",
            422: "A value is missing or cannot be meant so; `field` names it.",
        }
    if "{id}" in operation.path:
        said[404] = "This office has no such thing."
    if operation.idempotent_by_key:
        said[409] = "The key was sent before with another body."
    return said | dict(operation.refusals or {})
