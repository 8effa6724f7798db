"""Turns records into text: one file per format."""
