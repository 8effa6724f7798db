"""Scores sentences and tokens: the model bundle, the windows that it reads, and the session that runs it."""
