"""Guesses from the verbs around a time whether it is still to come."""

import re
from functools import cache

from incidex.tables import table

# How far the verbs may stand from the time, in characters.
_REACH = 120
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[A-Z\"“‘'(])|[\n;]")


def looks_ahead(text: str, start: int, end: int) -> bool | None:
    """
    Say whether the sentence speaks of a time in the future at `text[start:end]`; None if no verb tells.

    The nearest verb before the time counts, as in "it will ship on Friday"; where there is none, the first one behind.
    """
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    cues = list(_cues().finditer(before))
    found = cues[-1] if cues else None
    if found is None:
        after = _SENTENCE_END.split(text[end : end + _REACH], maxsplit=1)[0]
        found = _cues().search(after)
    return None if found is None else found["future"] is not None


@cache
def _cues() -> re.Pattern[str]:
    words = table("incidex.text.times", "times")
    future, past = ("|".join(map(re.escape, words[name])) for name in ("future", "past"))
    given = r"(?:gave|given|gives?|extended|postponed|delayed|adjourned|suspended)(?= [^.]{0,40}\b(?:until|till)\b)"
    # "Ordered agencies to patch it by Friday"; not "had ordered", which may be over.
    until = r"(?= [^.;]{0,80}\bto [^.;]{1,60}\bby (?:the end of )?$)"
    ordered = rf"(?<!had )(?:order|direct|instruct|urge?|ask|require?|tell|told)(?:s|d|ed|ing)?{until}"
    # "What it alleged to be user data" lies in the past.
    said = "".join(f"(?<!{word} )" for word in words["said_to_be"])
    # The participle behind "will be" or "to be" says nothing about the past.
    return re.compile(
        rf"(?P<future>(?<!\w)(?:{given}|{ordered}|{said}(?:{future})(?!\s(?:also\s)?have\s)(?:\s(?:not|also|then|only|soon))?(?:\sbe\s\w{{2,20}}ed)?)(?!\w))"
        rf"|(?<!\w)(?:{past}|(?<!to )\w{{2,20}}ed)(?!\w)",
        re.IGNORECASE,
    )
