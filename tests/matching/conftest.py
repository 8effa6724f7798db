"""Makes analyses of short texts without a model."""

from collections.abc import Callable

import pytest
from merging import analysed, reported

from incidex.records import Analysis


@pytest.fixture
def analyse() -> Callable[..., Analysis]:
    """Return `analysed`."""
    return analysed


@pytest.fixture
def article() -> Callable[..., Analysis]:
    """Return `reported`."""
    return reported
