"""Turns names and values of a document into what they stand for in the world."""
