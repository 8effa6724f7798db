"""The routes of the REST interface."""

from fastapi import APIRouter

from incidex.service.rest import decisions, documents, incidents, other, queue


def router() -> APIRouter:
    """Return the routes."""
    routes = APIRouter()
    for part in (documents, incidents, decisions, queue, other):
        routes.include_router(part.router())
    return routes
