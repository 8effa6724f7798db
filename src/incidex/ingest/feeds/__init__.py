"""Reads feeds (RSS, Atom, RDF, JSON Feed), whose items are articles, and lists of feeds (OPML)."""
