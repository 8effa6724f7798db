"""Tells a denial by somebody who is accused, "Russia denied any involvement", from one that an attack happened."""

import re
from functools import cache

from incidex.claims.speeches import Speech
from incidex.english.lexicon import words
from incidex.english.patterns import alternatives
from incidex.records import ClaimKind

# In characters: what is denied is named first.
_FARTHEST = 80


def denies_own_deed(text: str, speech: Speech) -> bool:
    """
    Whether a claimant denies to have done it themselves, so that the attack is not in doubt.

    "Any involvement", "responsibility", "hacking the firm", "that it had hacked the firm" and "accusations that it was
    behind the hack" are denied so; "that hackers stole the records" is not.
    """
    if speech.kind is not ClaimKind.DENIES or speech.claimant is None or not speech.contents:
        return False
    start = speech.contents[0].start
    return _own_deed().match(text, start, min(speech.contents[0].end, start + _FARTHEST)) is not None


@cache
def _own_deed() -> re.Pattern[str]:
    """Return a pattern for the beginning of such a denial."""
    part, doing = alternatives(words("own_part")), alternatives(words("attacking", forms=("ing",)))
    doers = alternatives(words("pronoun.subject") - words("pronoun.first_or_second"))
    have, be = alternatives(words("auxiliary.have")), alternatives(words("auxiliary.be"))
    did = alternatives(words("attacking", forms=("past", "participle")))
    behind = alternatives(words("attribution.behind"))
    accusations = alternatives(words("reported_thing", "event_reference"))
    own = rf"(?:\w{{2,12}}\s){{0,2}}?(?:{part})\b|(?:having\s)?(?:\w{{2,12}}ly\s)?(?:{doing})\b|being\s(?:{behind})\b"
    accused = rf"(?:(?:\w{{2,12}}\s){{0,2}}?(?:{accusations})\s(?:that\s|of\s)?)?(?:that\s)?"
    # "It had hacked the firm", but not "it was hacked".
    deed = rf"(?:{doers})\s(?:(?:(?:{have})\s)?(?:\w{{2,12}}ly\s)?(?:{did})|(?:{be})\s(?:\w{{2,10}}\s)?(?:{behind}))\b"
    return re.compile(rf"{own}|{accused}(?:{deed}|{own})", re.IGNORECASE)
