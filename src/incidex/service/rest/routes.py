"""The routes of the REST interface."""

from fastapi import APIRouter


def router() -> APIRouter:
    """Return the routes."""
    return APIRouter()
