"""Politeness towards hosts: robots.txt, rest after errors, an end that does not wait."""

from threading import Event
from types import ModuleType

import pytest

from incidex.errors import FetchError
from incidex.watch.polite import Client, Refused


def test_robots_txt_is_obeyed_for_pages_and_asked_once(server: ModuleType) -> None:
    site = server.Site()
    with server.serving(site) as address:
        client = Client(allow_private=True, pause=0.0)
        with pytest.raises(Refused, match=r"robots\.txt of the site asks programs not to fetch it"):
            client.page(f"{address}/page/forbidden/1?token=secret")
        assert client.page(f"{address}/page/summaries/2").status == 200
        assert (site.requests["/robots.txt"], site.requests["/page/forbidden/1"]) == (1, 0)


def test_a_host_that_fails_gets_rest_from_pages(server: ModuleType) -> None:
    site = server.Site()
    with server.serving(site) as address:
        client = Client(allow_private=True, pause=0.0)
        client.page(f"{address}/page/summaries/2")
        for _ in range(3):
            with pytest.raises(FetchError):
                client.page(f"{address}/loop.xml")
        with pytest.raises(FetchError, match="has just failed several times"):
            client.page(f"{address}/page/summaries/3")
        assert site.requests["/page/summaries/3"] == 0


def test_private_addresses_are_refused_unless_allowed(server: ModuleType) -> None:
    site = server.Site()
    with server.serving(site) as address:
        with pytest.raises(FetchError, match="is not a public address"):
            Client(pause=0.0).feed(f"{address}/grow.xml", {})
        assert not site.requests


def test_nothing_is_fetched_once_the_end_has_come(server: ModuleType) -> None:
    site, stop = server.Site(), Event()
    stop.set()
    with server.serving(site) as address:
        with pytest.raises(FetchError, match="the program is ending"):
            Client(allow_private=True, stop=stop).feed(f"{address}/grow.xml", {})
        assert not site.requests
