"""The pictures of digests, fetched by LINE's clients: their address is all the right that is needed."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.digests.pictures import picture_of
from bot.services import Services
from bot.store.store import StoreBusyError

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_HEADERS = {"Cache-Control": "private, max-age=86400, immutable", "X-Robots-Tag": "noindex"}


def picture_routes(services: Services) -> list[Route]:
    """`GET /line/pictures/{token}.png`."""

    async def picture(request: Request) -> Response:
        token = request.path_params["token"]
        if not _TOKEN.fullmatch(token):
            return Response(status_code=404)
        try:
            png = await services.store.read(picture_of, token)
        except StoreBusyError:
            return Response(status_code=503, headers={"Retry-After": "2"})
        if png is None:
            return Response(status_code=404)
        return Response(png, media_type="image/png", headers=_HEADERS)

    return [Route("/line/pictures/{token}.png", picture, methods=["GET"])]
