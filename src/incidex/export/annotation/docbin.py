"""
Writes analyses as a DocBin, the file that spaCy trains from.

Needs the extra 'spacy'. No model is loaded: words are divided by the rules of `spacy.blank("en")`, and further wherever
a mark begins or ends within one, so that every span is exact.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from incidex.export.formats import demand
from incidex.export.labelled import shown
from incidex.ingest.decode import replace_surrogates
from incidex.labels import scheme
from incidex.records import Analysis, EventMention, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Under which keys of `Doc.spans` and of `Doc.user_data` things are.
SENTENCES, TRIGGERS, ARGUMENTS, ENTITIES = "sentences", "triggers", "arguments", "entities"
DATA = "incidex"

# The name of an event mention, the number of its event, and the mention itself.
_Mention = tuple[str, int, EventMention]


def to_docbin(analyses: Iterable[Analysis]) -> bytes:
    """
    Return a DocBin with a document for each analysis; its text is that of the document unchanged.

    `Doc.spans` has "sentences" (a span for each label, or `O`), "triggers" (the label is the event type, the id E1, E2
    ... is that of the mention), "arguments" (the label is the role, the id that of the mention) and "entities" (the
    label is the entity type). `Doc.user_data["incidex"]` has the document's id, source and title, and of each mention
    its realis and the number of its event.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    demand("docbin")
    import spacy
    from spacy.tokens import DocBin

    language = spacy.blank("en")
    # A blank language splits words and does nothing else, so that long texts need no more memory than short ones.
    language.max_length = 1 << 60
    packed = DocBin(store_user_data=True)
    for analysis in analyses:
        packed.add(_doc(analysis, language))
    content: bytes = packed.to_bytes()
    return content


def _doc(analysis: Analysis, language: "Language") -> "Doc":
    mentions = _mentions(analysis)
    marks = _marks(analysis, mentions)
    doc = _divided(analysis.document.text, [span for spans in marks.values() for span, _, _ in spans], language)
    for key, spans in marks.items():
        found = (doc.char_span(span.start, span.end, label=label, span_id=name) for span, label, name in spans)
        doc.spans[key] = [span for span in found if span is not None]
    document = analysis.document
    doc.user_data[DATA] = {
        "id": document.id,
        "source": replace_surrogates(document.source).text,
        "title": document.title,
        "model": analysis.model,
        "mentions": {name: {"event": number, "realis": mention.realis.value} for name, number, mention in mentions},
    }
    return doc


def _marks(analysis: Analysis, mentions: Sequence[_Mention]) -> dict[str, list[tuple[Span, str, str]]]:
    """Return the place, label and id of each span, by the keys of `Doc.spans`."""
    sentences = shown(analysis, everything=False)
    arguments = [(argument, name) for name, _, mention in mentions for argument in mention.arguments]
    entities = dict.fromkeys((argument.span, argument.entity_type) for argument, _ in arguments)
    return {
        SENTENCES: [(one.span, label, "") for one in sentences for label in one.labels or (scheme().none,)],
        TRIGGERS: [(mention.trigger, mention.event_type, name) for name, _, mention in mentions],
        ARGUMENTS: [(argument.span, argument.role, name) for argument, name in arguments],
        ENTITIES: [(span, kind, "") for span, kind in entities],
    }


def _mentions(analysis: Analysis) -> list[_Mention]:
    numbered = ((number, mention) for number, event in enumerate(analysis.events) for mention in event.mentions)
    return [(f"E{place}", number, mention) for place, (number, mention) in enumerate(numbered, 1)]


def _divided(text: str, marks: Sequence[Span], language: "Language") -> "Doc":
    """Return `text` in words, none of which crosses the beginning or end of a mark."""
    from spacy.tokens import Doc

    starts, ends = {mark.start for mark in marks}, {mark.end for mark in marks}
    cuts = sorted(starts | ends)
    words: list[str] = []
    spaces: list[bool] = []
    place = 0
    for token in language.make_doc(text):
        begin, end = token.idx, token.idx + len(token)
        while place < len(cuts) and cuts[place] <= begin:
            place += 1
        while place < len(cuts) and cuts[place] < end:
            words.append(text[begin : cuts[place]])
            spaces.append(False)
            begin, place = cuts[place], place + 1
        words.append(text[begin:end])
        # The blank behind a word is a word of its own where a mark begins or ends with it.
        alone = bool(token.whitespace_) and (end in starts or end + 1 in ends)
        spaces.append(bool(token.whitespace_) and not alone)
        if alone:
            words.append(" ")
            spaces.append(False)
    return Doc(language.vocab, words=words, spaces=spaces)
