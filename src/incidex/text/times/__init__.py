"""Finds times and durations and works out which dates they mean."""
