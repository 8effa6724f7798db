"""The routes of the TAXII server."""

from fastapi import APIRouter


def router() -> APIRouter:
    """Return the routes."""
    return APIRouter()
