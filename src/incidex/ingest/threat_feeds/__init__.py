"""Reads what other threat intelligence tools publish: STIX bundles and MISP events."""
