"""Reads marked-up text: Markdown, AsciiDoc, reStructuredText. The text stays as it is; mark-up is marked, not cut."""
