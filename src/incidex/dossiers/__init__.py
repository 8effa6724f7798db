"""Builds a dossier: what all reports of one incident say, and where each of them says so."""
