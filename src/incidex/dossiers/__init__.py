"""Builds dossiers: what all reports of one incident say, with the places that say so."""
