"""English is told cheaply, other languages are named, and short texts get no verdict."""

import subprocess
import sys

import pytest

from incidex.ingest.language import find_language, language_warning, with_language
from incidex.records import Block, BlockKind, Document, Span

ENGLISH = "The attackers locked the servers of the town and demanded a ransom, which it has not paid."
GERMAN = "Die Angreifer verschlüsselten die Server der Gemeinde und forderten ein Lösegeld, sagte die Behörde."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ENGLISH, "en", id="English"),
        pytest.param(
            "Foo Server 2.1; fixed: 2.2; severity: high. " * 9 + ENGLISH, "en", id="English with many numbers"
        ),
        pytest.param(GERMAN, "de", id="German"),
        pytest.param(
            "De aanvallers versleutelden de servers van de gemeente en eisten losgeld in de nacht.", "nl", id="Dutch"
        ),
        pytest.param(
            "Les pirates ont chiffré les serveurs de la commune et exigé une rançon vendredi.", "fr", id="French"
        ),
        pytest.param(
            "Злоумышленники зашифровали серверы компании и потребовали выкуп в пятницу вечером.", "ru", id="Russian"
        ),
        pytest.param(
            "攻撃者はサーバーを暗号化し、身代金を要求した。会社は金曜日に発表した。顧客のデータが流出した。",
            "ja",
            id="Japanese",
        ),
        pytest.param("Hackers hit bank", None, id="too short"),
        pytest.param("2017 31 4.5 ... 99", None, id="no words"),
        pytest.param("https://a.example/the/and/of/to/for/with " * 9, None, id="only addresses"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert find_language(text) == expected


def test_the_warning_names_the_language() -> None:
    assert language_warning("de") == (
        "The text seems to be German; the model knows only English, so the labels are unreliable."
    )
    assert "“xx”" in (language_warning("xx") or "")
    assert language_warning("en") is None
    assert language_warning(None) is None


def test_the_article_counts_not_what_stands_around_it() -> None:
    notice = " Subscribe to the newsletter and be the first to read what we have to say about it." * 3
    end = len(GERMAN + notice)
    blocks = (Block(Span(0, len(GERMAN)), BlockKind.BODY), Block(Span(len(GERMAN) + 1, end), BlockKind.BOILERPLATE))
    document = with_language(Document(GERMAN + notice, blocks, warnings=("First.",)))
    assert document.language == "de"
    assert [warning.split(";")[0] for warning in document.warnings] == ["First.", "The text seems to be German"]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        pytest.param("تم تسريب بيانات المرضى.", True, id="Arabic, too short to tell"),
        pytest.param("データ流出", True, id="one line of Japanese"),
        pytest.param("Zażółć gęślą jaźń Łódź", False, id="Latin letters with marks"),
        pytest.param("LockHarrow locks Norhaven (локер)", False, id="a foreign word"),
        pytest.param("2017 31 4.5", False, id="no letters"),
    ],
)
def test_other_letters_are_warned_of_even_where_no_language_is_certain(text: str, warned: bool) -> None:
    document = with_language(Document(text))
    assert document.language is None
    assert [warning.split(";")[0] for warning in document.warnings] == ["The text is not in Latin script"] * warned


def test_english_is_told_without_a_language_library() -> None:
    heavy = {"py3langid", "numpy", "httpx", "trafilatura", "pypdfium2", "charset_normalizer"}
    code = f"import sys, incidex.ingest as i; i.from_text({ENGLISH!r}); sys.exit(bool({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
