"""The history of the store's tables, one file for each change."""
