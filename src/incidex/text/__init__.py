"""Divides a text into blocks and sentences and finds times and quantities; every part has its span in the text."""
