"""Reads files, web pages, PDFs, e-mails and standard input into documents."""

from incidex.ingest.plain import from_text
from incidex.ingest.read import read

__all__ = ["from_text", "read"]
