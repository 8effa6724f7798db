"""Scores predictions against gold annotations."""
