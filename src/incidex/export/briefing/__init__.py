"""Writes a dossier as a text to publish from: Markdown and Word, from a template that the user can change."""
