"""Incidex reads reports of cyber attacks and vulnerabilities and says what happened."""
