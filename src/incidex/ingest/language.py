"""Detects the language of a text, cheaply if it is English, and warns if it is not."""

import re
from dataclasses import replace
from functools import cache
from typing import Any

from incidex.records import Document
from incidex.tables import table

# Enough characters to detect a language; more would only take time.
_SAMPLE = 6_000
# A text with less is too short. Chinese and Japanese do not use spaces, so letters count as well as words.
_FEWEST_WORDS = 8
_FEWEST_LETTERS = 40
# The ranges of Unicode with Latin letters.
_LATIN = ((0x0, 0x24F), (0x1E00, 0x1EFF))
# The minimum probability for a language to be reported.
_CERTAIN = 0.9
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# URLs and the like are not in any language.
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")


def with_language(document: Document) -> Document:
    """Return `document` with the language of its article, and a warning if that is not English."""
    article = "\n".join(block.span.of(document.text) for block in document.blocks if block.kind.in_article)
    language = find_language(article or document.text)
    warning = language_warning(language) if language else _script_warning(article or document.text)
    return replace(document, language=language, warnings=document.warnings + ((warning,) if warning else ()))


def find_language(text: str) -> str | None:
    """Return the language of `text` as ISO 639-1, such as "en"; None if it is too short or too mixed to tell."""
    sample = _ADDRESS.sub(" ", text[:_SAMPLE])
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEWEST_WORDS and sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    english, least = _english()
    if sum(word in english for word in words) >= least * len(words):
        return "en"
    return _by_model(" ".join(words))


def language_warning(language: str | None) -> str | None:
    """Return a warning about a text in `language`; None for English or an unknown language."""
    if language in (None, "en"):
        return None
    name = table("incidex.ingest", "languages").get(language, f"the language “{language}”")
    return f"The text seems to be {name}; the model knows only English, so the labels are unreliable."


def _script_warning(text: str) -> str | None:
    """Return a warning if most letters of a text, however short, are not Latin."""
    letters = [ord(sign) for sign in text[:_SAMPLE] if sign.isalpha()]
    latin = sum(1 for letter in letters if any(first <= letter <= last for first, last in _LATIN))
    if 2 * latin >= len(letters):
        return None
    return "The text is not in Latin script; the model knows only English, so the labels are unreliable."


def _by_model(sample: str) -> str | None:
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _CERTAIN else None


@cache
def _english() -> tuple[frozenset[str], float]:
    content = table("incidex.ingest", "words")
    return frozenset(content["english"]), float(content["english_share"])


@cache
def _identifier() -> Any:
    """Load the language model of py3langid, which takes about a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
