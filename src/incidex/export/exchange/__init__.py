"""What STIX and MISP have in common: the things that documents name, apart from how either format writes them."""

from incidex.export.exchange.from_analysis import facts_of as facts_of
from incidex.export.exchange.incident import facts_of_incident as facts_of_incident
