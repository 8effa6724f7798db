"""Applies an edit to what was found in a document: one file for each kind of thing."""
