"""Finds times and durations, and works out what they stand for."""
