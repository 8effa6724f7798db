"""Says whether all is well, for programs that look after others: health as plain values, figures for Prometheus."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from incidex.store import Store
from incidex.watch.timing import moment_of

if TYPE_CHECKING:
    from prometheus_client import Metric

# A feed that was not read for so long is not well.
_STALE = timedelta(days=2)


def health_of(store: Store) -> dict[str, Any]:
    """
    Return the health of a store and of what is watched.

    `status` is "ok", or "degraded" while feeds fail or were not read for two days. No feed is named: health is open to
    more people than what is watched.

    Raises:
        StoreError: The store cannot be read.
    """
    states, now = store.feeds.states(), datetime.now(UTC)
    failing = [one.address for one in states if one.error]
    stale = [one.address for one in states if not one.error and now - moment_of(one.checked_at) > _STALE]
    return {
        "status": "degraded" if failing or stale else "ok",
        "version": version("incidex"),
        "documents": store.count_documents(),
        "feeds": {"watched": len(states), "failing": len(failing), "stale": len(stale)},
        "last_look": max((one.checked_at for one in states), default="") or None,
    }


def metrics_of(store: Store) -> str:
    """
    Return figures about a store and what is watched in the text format of Prometheus.

    Raises:
        StoreError: The store cannot be read.
    """
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(tuple(_figures(store))))
    return generate_latest(registry).decode("utf-8")


class _Figures:
    """What a registry asks for figures, which were taken before."""

    def __init__(self, found: "tuple[Metric, ...]") -> None:
        self._found = found

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures."""
        return iter(self._found)


def _figures(store: Store) -> "Iterator[Metric]":
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily

    yield InfoMetricFamily("incidex", "The version of Incidex.", value={"version": version("incidex")})
    yield GaugeMetricFamily("incidex_documents", "Documents in the store.", value=store.count_documents())
    yield GaugeMetricFamily("incidex_incidents", "Incidents that documents report.", value=store.count_incidents())
    failures = GaugeMetricFamily("incidex_feed_failures", "Errors in a row of a feed.", labels=["feed"])
    well = GaugeMetricFamily(
        "incidex_feed_last_success_timestamp_seconds", "When a feed was last read without an error.", labels=["feed"]
    )
    looked = GaugeMetricFamily(
        "incidex_feed_last_look_timestamp_seconds", "When a feed was last looked at.", labels=["feed"]
    )
    for state in store.feeds.states():
        failures.add_metric([state.address], state.failures)
        for family, stamp in ((well, state.well_at), (looked, state.checked_at)):
            if stamp:
                family.add_metric([state.address], moment_of(stamp).timestamp())
    yield from (failures, well, looked)
    items = CounterMetricFamily(
        "incidex_feed_items", "Items of a feed, by what became of them.", labels=["feed", "outcome"]
    )
    for feed, counts in sorted(store.feeds.counts().items()):
        for outcome, count in sorted(counts.items()):
            items.add_metric([feed, outcome], count)
    yield items
