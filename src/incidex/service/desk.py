"""What every request works with: the store, the reader of untrusted documents, and the model."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from fastapi import Request

from incidex.errors import IncidexError
from incidex.ingest.load import Raw, checked
from incidex.ingest.plain import from_text
from incidex.ingest.reader import Reader
from incidex.records import Analysis, Document
from incidex.service.jobs import Jobs
from incidex.store import Store
from incidex.store.results import Added

if TYPE_CHECKING:
    from incidex.pipeline import SentenceScorer

_log = logging.getLogger(__name__)

# Seconds after the start in which somebody sees the first page.
_PATIENCE = 1.0


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
        self.jobs = Jobs(self)
        self._open_encoder = encoder
        self._opening = Lock()
        self.sharing = Lock()  # held by whoever brings what is shared up to date

    def __enter__(self) -> Self:
        """Return the desk."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the desk."""
        self.close()

    def close(self) -> None:
        """Finish what is being read, end the child processes and close the store."""
        self.jobs.close()
        self.reader.close()
        self.store.close()

    @property
    def encoder(self) -> "SentenceScorer":
        """The model, loaded once."""
        with self._opening:
            return self._encoder

    def warm(self) -> None:
        """Soon begin to load the model and what analyses with it, so that the first report need not wait for that."""
        loading = Timer(_PATIENCE, self._warm)  # not at once: that would keep the first page waiting
        loading.daemon = True
        loading.start()

    def read_text(self, text: str, *, source: str = "") -> Document:
        """Return the document with this text, which comes from `source`. Raises UnreadableSource if it is blank."""
        raw = Raw(text.encode("utf-8", "replace"), source or "The text", "text/plain", "utf-8")
        return replace(self.reader.read_bytes(checked(raw)), source=source)

    def analyse(self, document: Document, *, events: bool = True) -> Analysis:
        """Return what is found in `document`."""
        from incidex.pipeline import analyse

        return analyse(document, events=events, encoder=self.encoder)

    def model_info(self) -> dict[str, Any]:
        """Return what the model says of itself: from which data it was made, with which scores."""
        return dict(getattr(self.encoder, "metadata", {}))

    def add(self, read: Callable[[], Document]) -> tuple[Added, tuple[str, ...]]:
        """
        Read a document, analyse it unless it is known, and add it to the store.

        Returns:
            What the store did, and the warnings about what was read.

        Raises:
            IncidexError: The document cannot be read, or the store fails.
        """
        document = read()
        if not self.store.knows(document):
            analysis = self.analyse(document)
            return self.store.add(analysis), analysis.document.warnings
        known = self.store.known(document)
        return known or self.store.add(self.analyse(document)), document.warnings

    def _warm(self) -> None:
        try:
            self.analyse(from_text("Attackers stole files from a server on Monday, its owner said."))
        except IncidexError as error:
            _log.error("The model cannot be used: %s", " ".join(str(error).split()))

    @cached_property
    def _encoder(self) -> "SentenceScorer":
        return self._open_encoder()


def desk_of(request: Request) -> Desk:
    """Return the desk that answers `request`; a FastAPI dependency."""
    desk: Desk = request.app.state.desk
    return desk
