"""The sections of a dossier on a page that has reports: quotations, sources and related incidents lead there."""

from dataclasses import replace

from dossier_case import made

from incidex.export.html.dossier import Links, Sections
from incidex.export.html.markup import joined

LINKS = Links(
    place=lambda one: f"/reports/{one.document}#at-{one.span.start}",
    report=lambda id: f"/reports/{id}",
    incident=lambda id: f"/incidents/{id}",
)


def test_quotations_lead_to_their_places() -> None:
    page = joined(Sections(made(), {}, links=LINKS).sections())
    assert '<a href="/reports/a#at-0"><q' in page


def test_sources_and_related_incidents_are_links() -> None:
    page = joined(Sections(replace(made(), related=("1234567890",)), {}, links=LINKS).sections())
    assert '<a href="/reports/b">[2] times.txt, May 2024</a>' in page
    assert '<a href="/incidents/1234567890">12345678</a>' in page


def test_a_page_that_stands_alone_has_no_such_links() -> None:
    assert "/reports/" not in joined(Sections(made(), {}).sections())
