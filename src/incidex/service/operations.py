"""What programs that look after others ask: `/healthz` and `/metrics`."""

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from incidex.errors import StoreError
from incidex.service.accounts import reader
from incidex.service.desk import Desk, desk_of
from incidex.watch.health import health_of, metrics_of

_PROMETHEUS = "text/plain; version=1.0.0; charset=utf-8"
_DESK = Depends(desk_of)


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/healthz")
    def healthz(desk: Desk = _DESK) -> Response:
        """Return 200 if the store can be read, however feeds are, and 503 if it cannot."""
        try:
            return JSONResponse(health_of(desk.store))
        except StoreError as error:
            return JSONResponse({"status": "failed", "reason": str(error).partition("\n")[0]}, 503)

    @routes.get("/metrics", dependencies=[Depends(reader)])
    def metrics(desk: Desk = _DESK) -> Response:
        """Return figures for Prometheus."""
        return PlainTextResponse(metrics_of(desk.store), media_type=_PROMETHEUS)

    return routes
