"""The queue: what is least certain in all reports, to be decided one by one or several at once."""

from fastapi import APIRouter


def router() -> APIRouter:
    """Return the routes."""
    return APIRouter()
