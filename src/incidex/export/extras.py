"""Whether that is there which a form needs beyond the base install."""

from importlib.util import find_spec

from incidex.errors import MissingExtra

# The package that a form needs, the extra that brings it, and what cannot be written without.
_NEEDED = {"docbin": ("spacy", "spacy", "A DocBin"), "parquet": ("pyarrow", "parquet", "Parquet")}


def demand(form: str) -> None:
    """
    Do nothing if all is there that `form` needs; most need nothing.

    Raises:
        MissingExtra: It is not.
    """
    if form not in _NEEDED:
        return
    package, extra, what = _NEEDED[form]
    if find_spec(package) is None:
        raise MissingExtra(f'{what} needs a package that is not here.\nInstall it with: pip install "incidex[{extra}]"')
