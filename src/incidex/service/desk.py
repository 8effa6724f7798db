"""What every request works with: the store, the reader of untrusted documents, and the model."""

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fastapi import Request

from incidex.ingest.reader import Reader
from incidex.store import Store

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer


class Desk:
    """The parts that all requests share. Thread-safe. Use it as a context manager, or close it."""

    def __init__(self, store: Store, *, reader: Reader | None = None, encoder: "Callable[[], SentenceScorer]") -> None:
        """
        Put the parts together.

        Args:
            store: Closed together with the desk.
            reader: Reads what people upload, within limits; by default one with the usual limits.
            encoder: Called once, when the model is first needed.
        """
        self.store = store
        self.reader = reader or Reader()
        self._open_encoder = encoder
        self._opening = Lock()

    def __enter__(self) -> Self:
        """Return the desk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the desk."""
        self.close()

    def close(self) -> None:
        """End the child processes and close the store."""
        self.reader.close()
        self.store.close()

    @property
    def encoder(self) -> "SentenceScorer":
        """The model, loaded once."""
        with self._opening:
            return self._encoder

    @cached_property
    def _encoder(self) -> "SentenceScorer":
        return self._open_encoder()


def desk_of(request: Request) -> Desk:
    """Return the desk that answers `request`; a FastAPI dependency."""
    desk: Desk = request.app.state.desk
    return desk
