"""Known hosts and look-alike letters."""

from incidex.link.indicators.known import known_hosts, listed, look_alike_letters


def test_letters_that_look_alike_become_latin() -> None:
    # All but "1" are Cyrillic.
    assert "раура1".translate(look_alike_letters()) == "paypal".translate(look_alike_letters())


def test_lists_are_lower_case() -> None:
    for role in ("benign", "reference"):
        assert known_hosts(role)
        assert all(host == host.lower() for host in known_hosts(role))
    assert all(word == word.lower() for word in listed("file_endings"))
