"""The label scheme knows its event types by their names."""

import pytest

from incidex.errors import FormatError
from incidex.labels import scheme


def test_event_types_are_known_by_their_names() -> None:
    assert [scheme().event_type(name).name for name in scheme().names] == list(scheme().names)
    assert scheme().event_type("AttackRansom").casie == ("Attack", "Ransom")


def test_another_name_is_no_event_type() -> None:
    with pytest.raises(FormatError, match="'AttackFlood' is not an event type"):
        scheme().event_type("AttackFlood")
