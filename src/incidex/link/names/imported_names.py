"""
Keeps imported names from turning organisations into actors.

Whoever writes a STIX file can put any name into it: "Microsoft", or the firm that wrote the report. Such a name is used
only where a noun beside it says that attackers or software are meant, or where the text does not show an organisation.
"""

from collections.abc import Sequence

from incidex.link.names.mentions import Mention, is_imported
from incidex.link.organisations.capitalised import runs, words_of
from incidex.link.organisations.evidence import names_of
from incidex.link.organisations.known import known_organisations
from incidex.records import Span


def without_organisations(mentions: Sequence[Mention], text: str, sentences: Sequence[Span]) -> Sequence[Mention]:
    """Return `mentions` without imported names that `text` shows to be those of organisations, by name."""
    doubtful = {one.place.name.key for one in mentions if is_imported(one.place)}
    doubtful -= {one.place.name.key for one in mentions if one.has_noun}
    if not doubtful:
        return mentions
    taken = _organisations(text, sentences)
    meant = {one.place.name.key for one in mentions if _is_organisation(one, text, taken)} & doubtful
    return [one for one in mentions if one.place.name.key not in meant]


def _is_organisation(mention: Mention, text: str, taken: Sequence[Span]) -> bool:
    span = mention.place.span
    known = span.of(text) in known_organisations()
    return known or any(one.start <= span.start and span.end <= one.end for one in taken)


def _organisations(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return where the text names organisations, by evidence that does not hold for attackers."""
    read = [words_of(text, span) for span in sentences]
    found = [run for number, sentence in enumerate(read) for run in runs(sentence, number)]
    lowered = {token.lower for sentence in read for token in sentence.tokens if token.lower == token.text}
    return [run.span for name in names_of(found, lowered, ()).values() if name.strong for run in name.runs]
