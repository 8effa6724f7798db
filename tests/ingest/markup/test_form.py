"""Markdown and AsciiDoc are told from plain text, which may contain a mark or two."""

import pytest

from incidex.ingest.kind import kind_of
from incidex.ingest.load import Raw
from incidex.ingest.markup.form import form_of


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("# A\n\nText with [a link](https://a.example).", "markdown", id="heading and link"),
        pytest.param("# A\n\n## B\n\nText.", "markdown", id="two levels"),
        pytest.param("---\ntitle: A\n---\n\nText.", "markdown", id="front matter"),
        pytest.param("= A\n\n== B\n\nText.", "asciidoc", id="AsciiDoc headings"),
        pytest.param("Text about it.\n\n|===\n|a\n|===\n\n== B\n", "asciidoc", id="AsciiDoc table"),
        pytest.param("Port hit\n\n# 3 on the list\n\nText.", "text", id="a number sign"),
        pytest.param("**Port hit**\n\nText.", "text", id="only emphasis"),
        pytest.param("Port hit\n========\n\nText.", "text", id="underlined"),
        pytest.param("Subject: a\n---\nText: b\n---", "text", id="rulers"),
        pytest.param("#ransomware #leak are trending.", "text", id="tags"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    ("source", "kind"),
    [("a.md", "markdown"), ("a.MARKDOWN", "markdown"), ("a.adoc", "asciidoc"), ("a.rst", "rst"), ("a.txt", "text")],
)
def test_form_by_name(source: str, kind: str) -> None:
    assert kind_of(Raw(b"Text.", source)) == kind
