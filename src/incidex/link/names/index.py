"""The index of known names: which entries of which sources a spelling may stand for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Protocol

from incidex.english.lexicon import words
from incidex.english.names import Spelling, spelling, without_remark
from incidex.link.names.knowledge import Knowledge, Source
from incidex.records import EntityKind, Entry
from incidex.tables import table

_TOOLS = "MISP galaxy: Tool "


@dataclass(frozen=True, slots=True)
class Known:
    """
    One entry that has a name.

    Attributes:
        source: The source and its version.
        entry: The entry.
        alias: The name, as the source writes it.
        cluster: The key of the source, such as "misp-ransomware".
        dropped: The generic word of `alias` that the text need not write: "rat" of "Ghost RAT"; empty if there is none.
        rank: The number of the entry among all, in the order of the sources.
    """

    source: str
    entry: Entry
    alias: str
    rank: int = 0
    cluster: str = ""
    dropped: str = ""


@dataclass(slots=True)
class Name:
    """
    A name in all its spellings.

    Attributes:
        key: See `Spelling`.
        cuts: Where one of its spellings may be divided; see `Spelling`.
        known: What it may stand for, in the order of the sources.
        mixed: Whether that is actors and software.
        whole: Whether a source has the name without a noun for software behind it (not only "Meduza Stealer").
    """

    key: str
    cuts: frozenset[int]
    known: list[Known] = field(default_factory=list)
    mixed: bool = False
    whole: bool = False


class ImportedNames(Protocol):
    """Names that are looked up when a text may write them; `incidex.link.names.imported_index` has one."""

    ordinary: frozenset[str]

    def find(self, key: str) -> Name | None:
        """Return the name with a key."""

    def longest(self, word: str) -> int:
        """Return how many words the longest name that begins with `word` has; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Names:
    """
    All known names.

    Attributes:
        by_key: Each published name by its key, with all that it may stand for.
        starts: The first word that a text may write of a name, and how many words the longest such name has.
        ordinary: Words that are not a name by themselves, in lower case.
        frequent: Those of them that often begin a sentence.
        imported: Further names.
    """

    by_key: dict[str, Name]
    starts: dict[str, int]
    ordinary: frozenset[str]
    frequent: frozenset[str]
    imported: ImportedNames | None = None

    def find(self, key: str) -> Name | None:
        """Return the name with a key, and what it is likely to stand for; None if there is none."""
        name = self.by_key.get(key)
        more = self.imported.find(key) if self.imported else None
        if name and more:
            name = replace(
                name, cuts=name.cuts | more.cuts, known=name.known + more.known, whole=name.whole or more.whole
            )
        name = name or more
        if name is None:
            return None
        known = _without_abbreviated(_without_named_tools(name.known), key in self.ordinary)
        mixed = len({item.entry.kind is EntityKind.INTRUSION_SET for item in known}) > 1
        return replace(name, known=known, mixed=mixed)

    def longest(self, word: str) -> int:
        """Return how many words the longest name that begins with `word` has; 0 if no name does."""
        longest = self.starts.get(word, 0)
        return max(longest, self.imported.longest(word)) if self.imported else longest


@lru_cache(maxsize=2)
def index(known: Knowledge, imported: ImportedNames | None = None) -> Names:
    """Return the index of the names of `known`, and of imported ones. It is built once."""
    by_key, starts = names_of(known.sources)
    frequent = known.ordinary | imported.ordinary if imported else known.ordinary
    return Names(by_key, starts, frequent | ambiguous_names("ordinary", "shared"), frequent, imported)


def names_of(sources: Iterable[Source]) -> tuple[dict[str, Name], dict[str, int]]:
    """Return the names of `sources` by key, and the first words of names with the most words of such a name."""
    by_key: dict[str, Name] = {}
    starts: dict[str, int] = {}
    for item, form in _forms_of_names(sources):
        name = by_key.get(form.key)
        if name is None:
            name = by_key[form.key] = Name(form.key, form.cuts)
        name.cuts |= form.cuts
        name.whole = name.whole or item.entry.kind is EntityKind.INTRUSION_SET or _is_whole(item.alias, form)
        # The forms of an entry's names stand together.
        if not name.known or name.known[-1].entry is not item.entry:
            name.known.append(item)
        for cut in form.cuts:
            start = form.key[:cut]
            starts[start] = max(starts.get(start, 0), len(form.cuts))
    return by_key, starts


def says_ransomware(item: Known) -> bool:
    """Return whether a source says that an entry is a ransomware."""
    return item.cluster == "misp-ransomware" or item.dropped == "ransomware"


@cache
def ambiguous_names(*lists: str) -> frozenset[str]:
    """Return lists of ambiguous_names.yaml: "ordinary", "shared", "guarded", "never" or "numbered"."""
    content = table("incidex.link.names", "ambiguous_names")
    return frozenset(word for name in lists for word in content[name].split())


def _forms_of_names(sources: Iterable[Source]) -> Iterator[tuple[Known, Spelling]]:
    never = ambiguous_names("never")
    rank = 0
    for source in sources:
        label = f"{source.name} {source.version}"
        for entry in source.entries:
            rank += 1
            for alias in (entry.name, *entry.aliases):
                for form, dropped in _forms(alias):
                    if form.key not in never:
                        yield Known(label, entry, alias, rank, source.key, dropped), form


def _is_whole(alias: str, form: Spelling) -> bool:
    return without_remark(alias).casefold().endswith(form.words[-1])


def _without_named_tools(known: list[Known]) -> list[Known]:
    """Leave out what only the cluster of tools has as software where another source has an actor: it mixes the two."""
    sure = [item for item in known if not item.source.startswith(_TOOLS)]
    return sure if sure and all(item.entry.kind is EntityKind.INTRUSION_SET for item in sure) else known


def _without_abbreviated(known: list[Known], ordinary: bool) -> list[Known]:
    """
    Leave out actors that are not meant without the generic word of their names.

    An ordinary word that is the name of a ransomware is no other name of an actor: Royal is not "Royal APT" (APT15).
    """
    if ordinary and any(says_ransomware(item) for item in known):
        return [item for item in known if not (item.dropped and item.entry.kind is EntityKind.INTRUSION_SET)]
    return known


def _forms(alias: str) -> Iterator[tuple[Spelling, str]]:
    """
    Yield the forms of a name, each with the generic word that it leaves out.

    "Locky ransomware" is also "Locky", "Lazarus Group" is "Lazarus", "The Shadow Brokers" is "Shadow Brokers".
    """
    form, dropped = spelling(alias), ""
    while form:
        short = _without_last(form)
        if short is None or form.words[-1] not in words("dropped_from_name.always", forms=("singular",)):
            yield form, dropped
            if form.parts[0] == "the" and len(form.parts) > 2:
                cuts = frozenset(cut - 3 for cut in form.cuts if cut > 3)
                yield Spelling(form.key[3:], form.words, form.parts[1:], cuts), dropped
        dropped = form.words[-1]
        form = short


def _without_last(form: Spelling) -> Spelling | None:
    """Return the spelling without a noun at its end; None if there is no such noun, or little else."""
    if len(form.words) < 2 or form.words[-1] not in words("dropped_from_name", forms=("singular", "only")):
        return None
    key = form.key[: -len(form.words[-1])]
    if len(key) < 3 or key.isdigit():
        return None
    return Spelling(key, form.words[:-1], form.parts, frozenset(cut for cut in form.cuts if cut <= len(key)))
