"""MISP events."""

from incidex.export.misp.write import to_misp as to_misp
