"""
Writes all articles of a corpus in the formats of other tools, checks each file, and prints what was valid.

    python benchmarks/exchange.py                 all articles of CASIE
    python benchmarks/exchange.py --every 20      each twentieth
    python benchmarks/exchange.py --large 500     also one file of 500 reports of one incident

Needs the extra 'test', which brings the OASIS validator, `stix2`, PyMISP, jsonschema and pyarrow. Layers are given to
MITRE's own library where the extra 'readers' is there. CASIE is sought in --corpus, by default `shared/corpus` beside
the checkout. The pages in docs/reference/formats show the figures.
"""

import argparse
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import Any

from incidex.dossiers.build import document_dossier
from incidex.export.csv.parquet import to_parquet
from incidex.export.csv.rows import findings
from incidex.export.jsonl.analysis import to_jsonl
from incidex.export.misp.write import event_of, to_misp
from incidex.export.navigator import to_navigator
from incidex.export.schema import schema
from incidex.export.stix.write import bundled, to_stix
from incidex.export.veris import to_veris
from incidex.ingest import read
from incidex.pipeline import analyse
from incidex.records import Analysis, Dossier

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def main() -> int:
    """Measure, and return 1 if a file is not valid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=_CORPUS, metavar="FOLDER", help="the research corpora")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth article")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="write one file of N reports, too")
    options = parser.parse_args()
    paths = sorted((options.corpus / "casie").rglob("*.json"))[:: options.every]
    if not paths:
        raise SystemExit(f"There are no articles in {options.corpus / 'casie'}. Name the corpora with --corpus.")
    counts: Counter[str] = Counter()
    for path in paths:
        _check(path.stem, analyse(read(path)), counts)
    counts["articles"] = len(paths)
    for what in ("articles", *(f"{form} valid" for form in _FORMS), *sorted(counts)):
        if what in counts:
            print(f"{what:40}{counts.pop(what):8}")
    if options.large:
        _large([document_dossier(analyse(read(path))) for path in paths[:50]], options.large)
    return 0


def stix_faults(bundle: str) -> list[str]:
    """Return what the OASIS validator and `stix2` find wrong in a bundle. Ids from content are allowed, as in 2.9."""
    import stix2
    from stix2validator import ValidationOptions, validate_string

    found = validate_string(bundle, ValidationOptions(version="2.1", disabled="uuid-check"))
    faults = [str(error) for error in found.errors] if not found.is_valid else []
    objects = stix2.parse(bundle, version="2.1").objects
    ids = Counter(one["id"] for one in objects)
    faults += [f"{name} is there {count} times" for name, count in ids.items() if count > 1]
    return faults + [f"{name} is not there" for name in sorted(_referred(json.loads(bundle)) - set(ids))]


def misp_faults(event: str) -> list[str]:
    """Return what PyMISP loses of an event, or adds to it."""
    from pymisp import MISPEvent

    loaded = MISPEvent()
    loaded.load(event)
    lost: list[str] = []
    _compare(json.loads(event)["Event"], json.loads(loaded.to_json()), "Event", lost)
    return lost


def schema_faults(name: str, text: str) -> list[str]:
    """Return what is wrong in JSON by one of the schemas that ship with the package."""
    return [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(json.loads(text))]


def navigator_faults(layer: str) -> list[str]:
    """Return what the library of MITRE finds wrong in a layer, or loses of it; nothing where it is not installed."""
    if find_spec("mitreattack") is None:
        return []
    from mitreattack.navlayers.core import Layer

    # What it loads it gives back, except for empty lists and the links of a whole layer.
    told = {name: value for name, value in json.loads(layer).items() if value and name != "links"}
    lost: list[str] = []
    _compare(told, Layer(layer).to_dict(), "layer", lost)
    return lost


def parquet_faults(table: bytes, analysis: Analysis) -> list[str]:
    """Return what a table of one document does not give back."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(io.BytesIO(table)).to_pylist()
    expected = list(findings(analysis))
    if len(rows) != len(expected):
        return [f"There are {len(rows)} rows for {len(expected)} findings."]
    lost: list[str] = []
    for row, finding in zip(rows, expected, strict=True):
        _compare({name: cell for name, cell in finding.items() if cell != ""}, row, "row", lost)
    return lost


@cache
def _validator(name: str) -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(json.loads(schema(name)))


def _referred(value: Any) -> set[str]:
    """Return the ids that objects of a bundle refer to."""
    if isinstance(value, list):
        return set().union(*map(_referred, value))
    if not isinstance(value, dict):
        return set()
    single = {part for name, part in value.items() if name.endswith("_ref")}
    several = {part for name, parts in value.items() if name.endswith("_refs") for part in parts}
    return single | several | set().union(*map(_referred, value.values()))


def _compare(ours: Any, theirs: Any, place: str, lost: list[str]) -> None:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name, value in ours.items():
            _compare(value, theirs.get(name), f"{place}.{name}", lost)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for one, other in zip(ours, theirs, strict=True):
            _compare(one, other, place, lost)
    elif ours != theirs:
        lost.append(f"{place}: {ours!r:.200} became {theirs!r:.200}")


def _check(name: str, analysis: Analysis, counts: Counter[str]) -> None:
    files = {form: write(analysis) for form, (write, _) in _FORMS.items()}
    for form, (_, faults_in) in _FORMS.items():
        faults = faults_in(files[form], analysis)
        counts[f"{form} valid"] += not faults
        for fault in faults[:3]:
            print(f"{name}, {form}: {fault}", file=sys.stderr)
    for one in json.loads(files["STIX compat"])["objects"]:
        counts[f"  STIX {one['type']}"] += 1
    counts["  Navigator techniques"] += len(json.loads(files["Navigator"])["techniques"])
    for record in json.loads(files["VERIS"]):
        counts["  VERIS records"] += 1
        counts[f"  VERIS records, {record['security_incident'].lower()}"] += 1
        for action in record["action"]:
            counts[f"  VERIS records with action.{action}"] += 1


# How each form is written, and how what was written is checked.
_FORMS: dict[str, tuple[Callable[[Analysis], Any], Callable[[Any, Analysis], list[str]]]] = {
    "STIX compat": (to_stix, lambda bundle, _: stix_faults(bundle)),
    "STIX full": (lambda analysis: to_stix(analysis, profile="full"), lambda bundle, _: stix_faults(bundle)),
    "MISP": (to_misp, lambda event, _: misp_faults(event)),
    "JSON Lines": (to_jsonl, lambda line, _: schema_faults("document", line)),
    "Parquet": (lambda analysis: to_parquet([analysis]), parquet_faults),
    "Navigator": (to_navigator, lambda layer, _: navigator_faults(layer)),
    "VERIS": (to_veris, lambda records, _: schema_faults("veris", records)),
}


def _large(dossiers: Sequence[Dossier], size: int) -> None:
    """Write one file of `size` reports: all claims about the first attack, under new ids where articles recur."""
    attack = next(one.attacks[0] for one in dossiers if one.attacks)
    copies = [(one, f"{one.id} {number}") for number, one in zip(range(size), cycle(dossiers), strict=False)]
    whole = replace(
        dossiers[0],
        articles=tuple(replace(one.articles[0], id=name) for one, name in copies),
        attacks=(attack,),
        entities=tuple({(entity.name, entity.kind): entity for one in dossiers for entity in one.entities}.values()),
        observables=tuple({(value.kind, value.value): value for one in dossiers for value in one.observables}.values()),
        claims=tuple(
            replace(claim, id=f"{claim.id} {name}", article=name, attack=attack.id)
            for one, name in copies
            for claim in one.claims
        ),
    )
    for form, write in {"STIX": bundled, "MISP": event_of}.items():
        started = time.perf_counter()
        text = json.dumps(write(whole))
        spent = time.perf_counter() - started
        print(f"{size} reports with {len(whole.claims)} claims as {form}: {len(text) / 1e6:.1f} MB in {spent:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
