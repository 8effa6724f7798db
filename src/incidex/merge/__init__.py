"""Puts together what several documents report about one happening. Pure functions; nothing is read or written."""

from incidex.merge.profiles import profiles as profiles
