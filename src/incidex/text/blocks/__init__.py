"""Divides a text into blocks and tells the article from what stands around it."""
