"""Marked-up text becomes blocks with kinds and levels, metadata, and mark-up that no sentence contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidex.ingest.markup.read import read_marked_up
from incidex.ingest.plain import from_text
from incidex.records import Document
from incidex.text.readable import readable_text, without_marks
from incidex.text.sentences import document_sentences

REPORT = """# Port hit by ransomware

*By Ann Lee, 12 February 2026*

Attackers broke into the network of
the port of **Brackwater** on Monday,
and [Kestrel Labs](https://kestrel.example/blog/ransomware-gang-strikes) knows who.

## Indicators

| Type | Value |
|------|-------|
| File | `C:\\Temp\\fen_loader.exe` |

```
fen-mail[.]example
```

- one
- two

## References

- [Another attack](https://news.example/phishing-attack)
- Kestrel Labs, https://kestrel.example/fen

## Timeline

The port told the police on Tuesday.
"""


def shown(document: Document) -> list[tuple[str, str]]:
    """Return the kind of each block with its first readable words."""
    text = readable_text(document)
    return [(str(block.kind), " ".join(block.span.of(text).split()[:3])) for block in document.blocks]


def sentences(document: Document) -> list[str]:
    """Return the sentences of the article without mark-up."""
    text = readable_text(document)
    return [" ".join(one.span.of(text).split()) for one in document_sentences(document) if one.kind.in_article]


def test_markdown_report() -> None:
    document = from_text(REPORT)
    assert document.text == REPORT
    assert document.format == "markdown"
    assert (document.title, document.author, document.published_at) == (
        "Port hit by ransomware",
        "Ann Lee",
        "2026-02-12",
    )
    assert shown(document) == [
        ("title", "Port hit by"),
        ("byline", "By Ann Lee,"),
        ("body", "Attackers broke into"),
        ("heading", "Indicators"),
        ("table_row", "Type | Value"),
        ("boilerplate", "|------|-------|"),
        ("table_row", "File | C:\\Temp\\fen_loader.exe"),
        ("code", "fen-mail[.]example"),
        ("list_item", "one"),
        ("list_item", "two"),
        ("heading", "References"),
        ("related", "Another attack"),
        ("related", "Kestrel Labs, https://kestrel.example/fen"),
        ("heading", "Timeline"),
        ("body", "The port told"),
    ]
    assert [block.level for block in document.blocks if block.level] == [1, 2, 2, 2]


def test_no_sentence_contains_the_target_of_a_link() -> None:
    found = sentences(from_text(REPORT))
    assert found[1] == (
        "Attackers broke into the network of the port of Brackwater on Monday, and Kestrel Labs knows who."
    )
    assert not any("gang" in sentence or "phishing" in sentence for sentence in found)


def test_targets_stay_for_indicators_but_marks_do_not() -> None:
    text = without_marks(from_text(REPORT)).text
    assert "https://kestrel.example/blog" in text
    assert "fen_loader.exe " in text
    assert len(text) == len(REPORT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**All is known.** Some of it is old.", ["All is known.", "Some of it is old."], id="bold"),
        pytest.param("_All is known._ Some of it is old.", ["All is known.", "Some of it is old."], id="italics"),
        pytest.param(
            "It began ([source](a.md)). It ended.", ["It began ( source ).", "It ended."], id="link before a full stop"
        ),
        pytest.param("One line,\nand another\nof it. Next.", ["One line, and another of it.", "Next."], id="wrapped"),
        pytest.param("> Quoted words\n> go on.\n\nNot these.", ["Quoted words go on.", "Not these."], id="quotation"),
        pytest.param("1. First thing.\n2. Second thing.", ["First thing.", "Second thing."], id="numbered list"),
        pytest.param("Setext\n======\n\nText.", ["Setext", "Text."], id="underlined heading"),
        pytest.param("![The port](a.png) It stood still.", ["It stood still."], id="image"),
        pytest.param("A <b>bold</b> word<br>here.", ["A bold word here."], id="tags"),
        pytest.param("Closed ##\n\n## Head ##\n\nText.", ["Closed ##", "Head", "Text."], id="closed heading"),
        pytest.param("snake_case_name and 2*3*4 stay.", ["snake_case_name and 2*3*4 stay."], id="no emphasis"),
        pytest.param("evil[.]com and hxxp[:]//a(.)b.", ["evil[.]com and hxxp[:]//a(.)b."], id="defanged is no link"),
    ],
)
def test_sentences_of_markdown(text: str, expected: list[str]) -> None:
    assert sentences(read_marked_up(text, form="markdown")) == expected


ASCIIDOC = """= Fen returns -- Indicators of Compromise

The post on Fen is at
https://quillon.example/fen-ransomware-attack/[the blog of Quillon].

== Files

|===
|SHA-1 |Name
|`69AB6B9906F8DCE03B43BEBB7A07189A69DC5001` |core.dll
|===

[source,bash]
----
curl fen-mail[.]example
----

.A caption
* one
* two
which goes on

// a comment
"""


def test_asciidoc_report() -> None:
    document = from_text(ASCIIDOC)
    assert (document.format, document.text) == ("asciidoc", ASCIIDOC)
    assert document.title == "Fen returns -- Indicators of Compromise"
    assert sentences(document) == [
        "Fen returns -- Indicators of Compromise",
        "The post on Fen is at the blog of Quillon .",
        "Files",
        "SHA-1 |Name",
        "69AB6B9906F8DCE03B43BEBB7A07189A69DC5001 |core.dll",
        "curl fen-mail[.]example",
        "one",
        "two which goes on",
    ]


RST = """==============
Fen returns
==============

:Author: Ann Lee
:Date: 2026-02-12

The loader is back, says `Quillon <https://quillon.example/ransomware>`_,
and **nobody** knows why.

Indicators
----------

.. code-block:: text

   fen-mail[.]example

.. image:: a.png
   :alt: A picture

======  ==========
Type    Value
======  ==========
Domain  reed.example
======  ==========

- one
- two
"""


def test_rst_report() -> None:
    document = read_marked_up(RST, form="rst")
    assert (document.title, document.author, document.published_at) == ("Fen returns", "Ann Lee", "2026-02-12")
    assert [(kind, words) for kind, words in shown(document) if kind != "boilerplate"] == [
        ("title", "Fen returns"),
        ("byline", "Author: Ann Lee"),
        ("date", "Date: 2026-02-12"),
        ("body", "The loader is"),
        ("heading", "Indicators"),
        ("code", "fen-mail[.]example"),
        ("table_row", "Type Value"),
        ("table_row", "Domain reed.example"),
        ("list_item", "one"),
        ("list_item", "two"),
    ]
    assert "The loader is back, says Quillon , and nobody knows why." in sentences(document)


@pytest.mark.parametrize("form", ["markdown", "asciidoc", "rst"])
@given(st.text(alphabet="ab .#=-*_`[](){}<>|!:\\/\n\r\t~+'\"1é\u2028", max_size=200))
def test_blocks_cover_all_words_in_order_and_marks_lie_inside(form: str, text: str) -> None:
    document = read_marked_up(text, form=form)
    end, covered = 0, ""
    for block in document.blocks:
        assert block.span.start >= end
        assert not text[end : block.span.start].strip()
        assert all(block.span.covers(span) for span in block.markup)
        assert all(a.end <= b.start for a, b in zip(block.markup, block.markup[1:], strict=False))
        end = block.span.end
        covered += block.span.of(text)
    assert not text[end:].strip()
    assert len(readable_text(document)) == len(text)
