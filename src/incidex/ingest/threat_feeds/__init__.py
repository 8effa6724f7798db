"""Reads STIX bundles and MISP events published by other threat intelligence tools."""
