"""Makes verbs agree with those who speak: "Kestrel Ferries says", "officials say", "police say"."""

import re

from incidex.english import lexicon

# What follows these says more about the head of a noun phrase: "officials in Port Alder".
_HEAD = re.compile(r" (?:at|of|from|in|for|with|who|close|familiar)\b.*", re.DOTALL)


def agreeing(verb: str, subject: str) -> str:
    """Return a verb in the third person singular, or words that begin with one, as `subject` needs it."""
    if not is_plural(subject):
        return verb
    first, space, rest = verb.partition(" ")
    plain = f"{first[:-3]}y" if first.endswith("ies") else first.removesuffix("s")
    return f"{plain}{space}{rest}"


def is_plural(subject: str) -> bool:
    """Return whether words mean several: "officials", "two people". Names in capitals are one: "Kestrel Ferries"."""
    if " and " in subject:
        return True
    head = _HEAD.sub("", subject[:300])
    last = head.rpartition(" ")[2]
    ends_like_plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s"))
    plurals = lexicon.words("plural_without_s", forms=("plural", "only"))
    if last.lower() in plurals or (last.islower() and ends_like_plural):
        return True
    # "Researchers at Acme" have their capital from the beginning of a sentence.
    return " " not in head and last.lower() in lexicon.words("human", forms=("plural",))
