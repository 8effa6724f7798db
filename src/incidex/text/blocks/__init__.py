"""Divides a text into blocks and tells the article from the boilerplate around it."""
