"""The nearest word before four numbers says whether they are an address or a version."""

import pytest

from incidex.link.indicators.finder import find_forms
from incidex.records import Span


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        pytest.param("The server version is 10.2.1.4 now", None, id="version is nearer than server"),
        pytest.param("The old version used the server 192.0.2.7 then", True, id="server is nearer than version"),
        pytest.param("The server 192.0.2.7 was updated", True, id="a word about versions behind it"),
        pytest.param("The server 10.2.1.4 and earlier", None, id="and earlier"),
        pytest.param("It is Kestrel Web Server 10.2.1.4 that", None, id="a name with the word server"),
        pytest.param("It talked to the C2 Server 192.0.2.7 then", True, id="no name with the word server"),
        pytest.param("It was in Kestrel 10.2.1.4 then", None, id="a name just before"),
        pytest.param("It saw the panel at 192.0.2.7 then", True, id="at"),
        pytest.param("Update now. The server 192.0.2.7 fell", True, id="the sentence before"),
        pytest.param("Servers: 192.0.2.7, 192.0.2.8", True, id="a list"),
        pytest.param("it saw 192.0.2.7 there", False, id="no word"),
    ],
)
def test_four_numbers(text: str, certain: bool | None) -> None:
    found = find_forms(text, Span(0, len(text)))
    assert [one.certain for one in found] == ([] if certain is None else [certain] * len(found))
    assert bool(found) is (certain is not None)
