"""Puts the application together: pages, REST and TAXII on one desk."""

from fastapi import FastAPI

from incidex.service import operations
from incidex.service.desk import Desk
from incidex.service.pages import routes as pages
from incidex.service.rest import routes as rest
from incidex.service.taxii import routes as taxii


def create_app(desk: Desk) -> FastAPI:
    """Return the application that serves `desk`, which the caller closes."""
    app = FastAPI(title="Incidex", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = desk
    app.include_router(rest.router(), prefix="/api")
    app.include_router(taxii.router(), prefix="/taxii2")
    app.include_router(operations.router())
    app.include_router(pages.router())
    return app
