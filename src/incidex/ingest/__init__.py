"""Turns what the world holds (files, pages, PDFs, e-mails, standard input) into documents."""

from incidex.ingest.plain import from_text
from incidex.ingest.read import read

__all__ = ["from_text", "read"]
