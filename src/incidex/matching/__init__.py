"""Decides which documents report the same incident, by functions that read and write nothing."""
