"""The tree of a page keeps its text and stays within bounds."""

import pytest

from incidex.errors import UnreadableSource
from incidex.ingest.html_tree import MOST_ELEMENTS, parse_html


def text(html: str) -> str:
    return "|".join("".join(parse_html(html, name="a.html")[0].itertext()).split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>One<p>two", "Onetwo", id="text"),
        pytest.param("<p>a<script>b</script>c<style>d</style><svg><g>e</g></svg>f", "acf", id="what is left out"),
        pytest.param("<p>a<noscript><p>b</noscript>c", "ac", id="left out with something inside"),
        pytest.param("<p>a\x00\x08b", "ab", id="control characters"),
        pytest.param("<x:y @click=1 é=2>a</x:y>", "a", id="names that XML does not know"),
        pytest.param("plain", "plain", id="no tag"),
    ],
)
def test_text_is_kept(html: str, expected: str) -> None:
    assert text(html) == expected


def test_json_ld_is_kept_apart() -> None:
    html = '<p>a</p><script type="application/ld+json">{"a": "<b>"}</script><script>c</script>'
    assert parse_html(html, name="a.html")[1] == ('{"a": "<b>"}',)


def test_what_is_too_deep_becomes_neighbours() -> None:
    tree, _ = parse_html("<div>" * 1000 + "<p>a</p><p>b</p>", name="a.html")
    assert [element.text for element in tree.iter("p")] == ["a", "b"]
    assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter()) < 200


def test_attributes_are_bounded() -> None:
    tree, _ = parse_html(f"<p {' '.join(f'a{n}=1' for n in range(1000))} z='{'x' * 50_000}'>a", name="a.html")
    element = next(tree.iter("p"))
    assert len(element.attrib) == 100
    assert all(len(value) <= 10_000 for value in element.attrib.values())


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(UnreadableSource, match=f"the limit is {MOST_ELEMENTS}"):
        parse_html("<br>" * (MOST_ELEMENTS + 1), name="a.html")
