"""The one home for English: words with their classes and forms, tokens, names and patterns made of words."""
