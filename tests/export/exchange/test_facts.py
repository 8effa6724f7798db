"""Names and values are there once, however often and however they are written."""

from incidex.export.exchange.facts import Named, Sighted, names_once, values_once
from incidex.records import EntityKind, IndicatorKind


def test_a_name_is_there_once_for_each_kind() -> None:
    actor, again = Named("Grey Heron", EntityKind.INTRUSION_SET), Named("GREY HERON", EntityKind.INTRUSION_SET)
    software = Named("Grey Heron", EntityKind.MALWARE)
    assert names_once([actor, software, again]) == (again, software)


def test_a_value_is_malicious_if_it_is_so_anywhere() -> None:
    cited, evil, later = (
        Sighted(IndicatorKind.DOMAIN, "a.example", malicious, reason)
        for malicious, reason in ((False, "cited"), (True, "called evil"), (True, "called evil again"))
    )
    other = Sighted(IndicatorKind.URL, "a.example", False, "cited")
    assert values_once([cited, other, evil, later]) == (evil, other)
