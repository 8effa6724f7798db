"""
The JSON Schemas (draft 2020-12) of the JSON that Incidex writes, one file each.

The number at the end of a schema's `$id` is its version. Later releases may add fields under the same version, but
never remove one or change its meaning.
"""

from importlib.resources import files

SCHEMAS = ("document", "dossier", "incidents", "veris")


def schema(name: str) -> str:
    """
    Return a JSON Schema as text.

    Args:
        name: "document" for a line of JSON Lines, "dossier" for `incidex show --json`, "incidents" for `incidex
            incidents --json`, "veris" for the part of VERIS that `--format veris` writes.
    """
    return files("incidex.export.schema").joinpath(f"{name}.json").read_text("utf-8")
