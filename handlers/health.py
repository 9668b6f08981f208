"""What operators and load balancers ask: alive, ready, and the figures."""

from datetime import timedelta

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.delivery.queue import backlog
from bot.services import Services
from bot.store.store import StoreBusyError
from handlers.metrics import figures, show

_TOO_OLD = timedelta(minutes=5)


def health_routes(services: Services) -> list[Route]:
    """`/healthz`, `/readyz` and `/metrics`."""

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        try:
            _, oldest = await services.store.read(backlog)
        except StoreBusyError:
            return JSONResponse({"status": "unready", "why": "the database does not answer"}, 503)
        if oldest and services.clock.now() - oldest > _TOO_OLD:
            return JSONResponse({"status": "degraded", "why": "deliveries are behind"})
        return JSONResponse({"status": "ready"})

    async def metrics(_request: Request) -> Response:
        try:
            show(await services.store.read(figures))
        except StoreBusyError:
            return Response(status_code=503)
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]
