"""Finds the names of actors, malware and tools, and links them to published lists."""
