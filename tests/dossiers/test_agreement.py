"""Verbs agree with those who speak."""

import pytest

from incidex.dossiers.agreement import agreeing


@pytest.mark.parametrize(
    ("subject", "verb", "said"),
    [
        ("Kestrel Ferries", "says", "says"),
        ("Reuters", "confirms it", "confirms it"),
        ("an unnamed source", "denies", "denies"),
        ("the campus", "says so", "says so"),
        ("officials", "denies it, or part of it", "deny it, or part of it"),
        ("Researchers at Acme", "says", "say"),
        ("two people close to the bank", "says", "say"),
        ("sources", "accuses", "accuse"),
        ("police in Port Alder", "claims responsibility", "claim responsibility"),
        ("Ann Lee and Jo Doe", "leaves open", "leave open"),
    ],
)
def test_verbs(subject: str, verb: str, said: str) -> None:
    assert agreeing(verb, subject) == said
