"""Puts together what several documents report about one happening. Pure functions; nothing is read or written."""

import sys
from collections.abc import Iterable
from types import ModuleType

from incidex.incidents import Incident
from incidex.merge.clusters import Cluster as Cluster
from incidex.merge.clusters import Pair
from incidex.merge.clusters import cluster as cluster
from incidex.merge.keys import keys as keys
from incidex.merge.merging import incident as incident
from incidex.merge.merging import merge as merge
from incidex.merge.profiles import profiles as profiles
from incidex.records import Analysis


class _Callable(ModuleType):
    """This package: once it is imported, Python gives it the name of the public function `incidex.merge`."""

    def __call__(
        self, analyses: Iterable[Analysis], *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()
    ) -> tuple[Incident, ...]:
        """Return the incidents that several documents report; see `incidex.merge.merging.merge`."""
        return merge(analyses, must=must, cannot=cannot)


sys.modules[__name__].__class__ = _Callable
