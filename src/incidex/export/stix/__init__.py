"""STIX 2.1 bundles."""

from incidex.export.stix.write import to_stix as to_stix
