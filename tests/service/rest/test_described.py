"""The description of the interface (OpenAPI 3.1): whatever is made up from it, the desk never fails."""

from pathlib import Path
from typing import Any, cast

import pytest
import schemathesis
from desks import ADDRESS, FERRY, HOSPITAL, open_desk
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from incidex.service.app import create_app

# Its answer never ends.
_ENDLESS = "/api/jobs/events"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return an application with two reports and a decision."""
    folder: Path = tmp_path_factory.mktemp("described")
    with open_desk(folder, FERRY, HOSPITAL) as desk:
        desk.store.ignore("Acme News", author="mora")
        yield create_app(desk)


@pytest.mark.slow
def test_nothing_that_fits_the_description_makes_the_desk_fail(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    operations: list[Any] = [cast("Any", found).ok() for found in schema.exclude(path=_ENDLESS).get_all_operations()]
    assert len(operations) > 30
    for operation in operations:
        _try(operation)


def _try(operation: Any) -> None:
    @given(operation.as_strategy())
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        if "wait" in (case.query or {}):
            case.query["wait"] = 0
        answer = case.call(base_url=ADDRESS, headers={"Host": "127.0.0.1:8000"})
        assert answer.status_code != 421
        case.validate_response(answer, checks=[schemathesis.checks.not_a_server_error])

    check()


def test_the_description_is_openapi_3_1_with_words_for_every_operation(app: FastAPI) -> None:
    description = app.openapi()
    assert description["openapi"].startswith("3.1")
    operations = [one for path in description["paths"].values() for one in path.values()]
    assert len(operations) > 30
    assert [one for one in operations if not one["summary"].endswith(".") or not one["tags"]] == []
