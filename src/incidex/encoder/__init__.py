"""Sentences in, scores out: the model bundle, the windows it sees, and the session that runs it."""
