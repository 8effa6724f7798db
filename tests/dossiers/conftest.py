"""Makes analyses of short texts without a model, and dossiers of them."""

from collections.abc import Callable

import dossier_case
import exchange_case
import pytest
from merging import analysed, reported

from incidex.dossiers.build import dossier
from incidex.records import Analysis, Dossier, Incident


@pytest.fixture
def analyse() -> Callable[..., Analysis]:
    """Return `analysed`."""
    return analysed


@pytest.fixture
def article() -> Callable[..., Analysis]:
    """Return `reported`."""
    return reported


@pytest.fixture
def dossier_of() -> Callable[..., Dossier]:
    """Return a function from analyses to the dossier of the incident that all of them are about."""

    def made(*analyses: Analysis, types: tuple[str, ...] = ("AttackDatabreach",), title: str = "") -> Dossier:
        days = sorted(a.document.published_at[:10] for a in analyses if a.document.published_at)
        documents = tuple(analysis.document.id for analysis in analyses)
        first, last = (days[0], days[-1]) if days else (None, None)
        incident = Incident("made-1", title, types, first, last, (), documents)
        return dossier(incident, analyses, ())

    return made


@pytest.fixture
def made() -> Dossier:
    """Return a dossier of three reports, one of them a copy, with something in each field that people read."""
    return dossier_case.made()


@pytest.fixture
def told() -> Analysis:
    """Return an analysis that has everything that other tools are told of."""
    return exchange_case.told()
