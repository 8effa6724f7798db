"""Addresses within the desk."""

from incidex.records import Evidence


def report_path(id: str) -> str:
    """Return the address of a report."""
    return f"/reports/{id}"


def incident_path(id: str) -> str:
    """Return the address of an incident."""
    return f"/incidents/{id}"


def place_path(one: Evidence) -> str:
    """Return the address of words in a report."""
    return f"{report_path(one.document)}#at-{one.span.start}"


def own_path(path: str) -> str:
    """Return an address to go back to if it is one of the desk, else that of the inbox: no form leads elsewhere."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_ours else "/"
