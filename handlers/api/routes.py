"""The API's routes, from its table of operations."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.services import Services
from handlers.api.door import Door
from handlers.api.errors import ApiError
from handlers.api.openapi import document
from handlers.api.operations import Operation
from handlers.api.table import OPERATIONS
from handlers.turns import Turns

_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]


def api_routes(services: Services) -> list[Route]:
    """Every path of the API, its description, and a 404 in JSON for any other path beside them."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = operation

    async def describe(_request: Request) -> Response:
        return JSONResponse(document(services.settings.base_url))

    turns = Turns()
    return [
        *(Route(path, Door(services, methods, turns), methods=_METHODS) for path, methods in paths.items()),
        Route("/openapi.json", describe, methods=["GET"]),
        Route("/api/{rest:path}", _nowhere, methods=_METHODS),
    ]


async def _nowhere(_request: Request) -> Response:
    error = ApiError(404, "not_found", "there is no such path; see /openapi.json")
    return JSONResponse(error.as_json(), error.status)
