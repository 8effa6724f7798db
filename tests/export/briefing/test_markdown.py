"""The briefing: what it says, what a template may ask for, and that nothing in a page becomes markup."""

from dataclasses import replace

import dossier_case
import pytest

from incidex.errors import InputError
from incidex.export.briefing.markdown import PLACES, default_template, plain, to_markdown


def test_it_says_what_happened_with_the_numbers_of_the_sources() -> None:
    text = to_markdown(dossier_case.made())
    assert text.startswith("# Data breach: Acme Foods\n\nDisputed: Acme says so; Night Ledger denies it.\n")
    assert r"- people (reports differ): 9,000 customers, according to Acme \[1\], 1 report, 1 source" in text
    assert r"- \[1\] Harbour Post, 7 May 2024: [Acme hit](<https://post.example/1>)" in text
    assert r"Counted together with \[1\]: A copy of Harbour Post" in text


def test_a_denial_is_written_as_one() -> None:
    assert "- Night Ledger denies “it was behind the theft”" in to_markdown(dossier_case.made())


def test_a_template_of_the_user_decides_what_is_in_it() -> None:
    text = to_markdown(dossier_case.made(), template="$title, $first_seen: $$5\n\n")
    assert text == "Data breach: Acme Foods, 7 May 2024: $5\n"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        pytest.param("$titel", r"has the place \$titel, which is unknown", id="misspelt"),
        pytest.param("It cost $5.", r"a lone \$ that names no place", id="lone dollar"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(template: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        to_markdown(dossier_case.made(), template=template)


def test_every_place_can_be_filled() -> None:
    text = to_markdown(dossier_case.made(), template="\n".join(f"${name}" for name in PLACES))
    assert "Data breach: Acme Foods" in text
    assert "$" not in text


@pytest.mark.parametrize("words", ["# Fine", "<script>", "[a](b)", "*x*", "a|b", "`code`", "![x](y)"])
def test_words_of_a_page_are_no_markup(words: str) -> None:
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark", {"html": False}).render(f"- {plain(words)}")
    assert all(tag not in shown for tag in ("<script", "<a ", "<em>", "<code>", "<h1>", "<img"))
    assert to_markdown(replace(dossier_case.made(), title=words)).startswith(f"# {plain(words)}\n")


def test_the_template_of_the_package_has_a_place_for_the_sources() -> None:
    assert "$sources" in default_template()
