"""Summaries of incidents: kept beside them, made from their dossiers, and listed by what these show."""
