"""Keeps a store up to date from feeds, mail and folders."""
