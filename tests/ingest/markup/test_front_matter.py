"""Front matter gives title, date and author, and is no article."""

import pytest

from incidex.ingest.markup.front_matter import date_in_path, read_front_matter
from incidex.ingest.plain import from_text

BODY = "\n\nAttackers phished four accounts of the index on Monday.\n"
YAML = (
    '---\ntitle: "Index: an incident"\nauthors:\n  - Ada Finch\n  - name: Joan Pell\ndate: 2025-07-31\ntags: [a]\n---'
)
TOML = (
    '+++\npath = "2025/09/24/packages"\ntitle = "Index: an incident"\nauthors = ["Ada Finch", "Joan Pell"]\n'
    '\n[extra]\nteam = "the team"\n+++'
)


@pytest.mark.parametrize(
    ("front", "date"),
    [
        pytest.param(YAML, "2025-07-31", id="YAML"),
        pytest.param(YAML.replace("\n", "\r\n"), "2025-07-31", id="YAML with line ends of Windows"),
        pytest.param(TOML, "2025-09-24", id="TOML, date in the path"),
        pytest.param(
            YAML.replace("date: 2025-07-31", "date: 2025-07-31T10:30:00Z"), "2025-07-31T10:30+00:00", id="time"
        ),
        pytest.param(YAML.replace("date:", "updated:"), None, id="the date of an update is none"),
    ],
)
def test_metadata(front: str, date: str | None) -> None:
    document = from_text(front + BODY)
    assert document.format == "markdown"
    assert document.title == "Index: an incident"
    assert document.author == "Ada Finch, Joan Pell"
    assert (document.published_at or "").replace(":00+", "+") == (date or "").replace(":00+", "+")
    assert [block.span.of(document.text) for block in document.blocks if block.kind.in_article] == [BODY.strip()]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\nJust a ruler above\n---\n\nText.", id="no fields"),
        pytest.param("---\na: &a [1]\nb: [*a, *a]\n---\nText.", id="references"),
        pytest.param("---\na: [\n---\nText.", id="broken"),
        pytest.param("---\ntitle: never closed\n\nText.", id="open"),
        pytest.param("Text\n---\ntitle: x\n---\n", id="not at the top"),
        pytest.param("---\n" + "[" * 5000 + "\n---\n", id="deeply nested"),
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert read_front_matter(text) is None


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("_posts/2025-09-24-malicious-packages.md", "2025-09-24"),
        ("2025/09/24/packages/index.md", "2025-09-24"),
        ("report-2025.md", None),
        ("2025-13-40-x.md", None),
        ("-", None),
    ],
)
def test_date_in_path(path: str, date: str | None) -> None:
    assert date_in_path(path) == date
