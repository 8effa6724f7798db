"""Brings the namings of who was hit, and of what was weak, to one plain form."""

import re

from incidex.matching.words import is_word, may_be_name, words

_LEGAL = re.compile(r"(?:,? (?:inc|ltd|llc|corp|corporation|plc|gmbh|co|limited|company)\b\.?)+$")
_DETERMINER = re.compile(r"^(?:the|a|an|its|their|his|her|our|this|that) ")


def plain_name(written: str) -> str:
    """
    Return a name in lower case, without determiner and legal form; empty for what is no name: "the company", "users".
    """
    told = list(words(written[:80]))
    if not any(word.capital and may_be_name(word.text) and not is_word(word.text) for word in told):
        return ""
    return _LEGAL.sub("", _DETERMINER.sub("", " ".join(word.text for word in told)))
