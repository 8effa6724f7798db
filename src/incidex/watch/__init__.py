"""Keeps a store up to date from feeds, folders and mailboxes, and says what is new in it."""
