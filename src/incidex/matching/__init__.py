"""Decides which documents report the same incident. Pure functions: nothing is read or written."""
