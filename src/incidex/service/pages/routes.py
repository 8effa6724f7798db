"""The routes of the pages."""

from fastapi import APIRouter, Depends

from incidex.service.accounts import reader
from incidex.service.pages import assets, decisions, dossiers, inbox, incidents, panel, reports, review, search


def router() -> APIRouter:
    """Return the routes."""
    made = APIRouter(include_in_schema=False)
    made.include_router(assets.router())
    for module in (inbox, panel, reports, review, incidents, dossiers, search, decisions):
        made.include_router(module.router(), dependencies=[Depends(reader)])
    return made
