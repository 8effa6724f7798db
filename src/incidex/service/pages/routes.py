"""The routes of the pages."""

from fastapi import APIRouter


def router() -> APIRouter:
    """Return the routes."""
    return APIRouter()
