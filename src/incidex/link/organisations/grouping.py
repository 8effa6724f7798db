"""Groups the names in an article that mean one organisation: the full name, short forms and initials."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from incidex.english.lexicon import words
from incidex.english.names import without_legal_form
from incidex.link.organisations.capitalised import Run, Words
from incidex.link.organisations.evidence import Name
from incidex.link.organisations.known import known_organisations
from incidex.link.organisations.look_alikes import is_other
from incidex.records import Span


@dataclass(slots=True)
class Group:
    """
    An organisation of the article.

    Attributes:
        name: Its fullest name.
        kinds: What the text says that it is; see `Name.kinds`.
        places: Where it is mentioned, and in which sentence.
        words: All words of its names, in lower case.
        written: Its names as they are written, word by word.
    """

    name: str
    kinds: set[str] = field(default_factory=set)
    places: dict[Span, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    written: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, run: Run) -> None:
        """Take a run as a name of the organisation."""
        self.places[run.span] = run.sentence
        self.words.update(part.lower() for part in run.parts)
        self.written.add(run.parts)


def grouped(runs: Sequence[Run], names: Mapping[str, Name], text: str) -> list[Group]:
    """Return one group for each organisation in `names`, with all `runs` that name it."""
    groups = _Groups()
    ordered = sorted(names.values(), key=lambda name: (-len(_core(name.parts)), -len(name.parts)))
    initials = _bracketed(runs, names, text)
    for name in ordered:
        if name.parts[0] not in initials or len(name.parts) > 1:
            groups.add(name, text)
    groups.by_initials.update((short, _key(full)) for short, full in initials.items() if _key(full) in groups.by_key)
    taken = {span for group in groups.by_key.values() for span in group.places}
    for run in runs:
        owner = None if run.span in taken else groups.meant(run)
        if owner:
            groups.by_key[owner].add(run)
    return list(groups.by_key.values())


class _Groups:
    """The organisations so far, by the keys of their names, by the beginnings of keys, and by initials."""

    def __init__(self) -> None:
        self.by_key: dict[str, Group] = {}
        self.by_initials: dict[str, str | None] = {}
        # The keys that begin with these words.
        self._by_start: dict[str, list[str]] = {}

    def add(self, name: Name, text: str) -> None:
        """Add a name to the organisation that it also names, or as that of a new one."""
        short = self.by_initials.get(name.parts[0]) if len(name.parts) == 1 and name.parts[0].isupper() else None
        key = short or self.longer(name.parts, before=name.runs[0].span.start) or _key(name.parts)
        if key not in self.by_key:
            self.by_key[key] = Group(name.runs[0].span.of(text))
            self._index(key, _core(name.parts))
        group = self.by_key[key]
        group.kinds |= name.kinds
        for run in name.runs:
            group.add(run)

    def longer(self, parts: Sequence[str], *, before: int) -> str | None:
        """
        Return the key of the longer name that a name is short for: of several, the one that stands before the place.

        Where all or none of several do, it may be short for each of them.
        """
        core = _core(parts)
        start = " ".join(core)
        if all(word.lower() in words("common_in_names", "geographic_name") for word in core):
            return None
        keys = self._by_start.get(start.lower(), [])
        key = _only(keys) or _only([one for one in keys if min(self.by_key[one].places).start < before])
        if key is None:
            return None
        rest = key[len(start) :].split()
        # Cisco is no short form of Cisco Talos.
        own = start in known_organisations() and not words("name_ending").issuperset(rest)
        return None if own else key

    def meant(self, run: Run) -> str | None:
        """Return the key of the name that a run without evidence of its own is short for."""
        key = self.by_initials.get(run.parts[-1])
        if key and self.by_key[key].words.issuperset(part.lower() for part in run.parts[:-1]):
            return key
        key = _key(run.parts)
        if key in self.by_key:
            return key
        return None if is_other(run.parts) else self.longer(run.parts, before=run.span.start)

    def _index(self, key: str, core: Sequence[str]) -> None:
        """Take up the beginnings and the initials of a new key: "WD" for Western Digital."""
        parts = key.split()
        for length in range(1 if not _is_branch(parts) else len(parts), len(parts)):
            start = " ".join(parts[:length])
            self._by_start.setdefault(start, []).append(key)
        short = "".join(part[0] for part in core if part[0].isupper())
        if len(short) > 1 and len(core) > 1 and short not in known_organisations():
            self.by_initials[short] = None if short in self.by_initials else key


def add_titles(groups: Sequence[Group], headlines: Iterable[tuple[int, Words]]) -> None:
    """Add to `groups` where headlines, in which every word has a capital, write one of their names."""
    by_name = {parts: group for group in groups for parts in group.written if not is_other(parts)}
    longest = max(map(len, by_name), default=0)
    for number, headline in headlines:
        _add_title(by_name, longest, headline, number)


def _add_title(by_name: Mapping[tuple[str, ...], Group], longest: int, headline: Words, number: int) -> None:
    place = 0
    while place < len(headline):
        for length in range(min(longest, len(headline) - place), 0, -1):
            inside = headline.tokens[place : place + length]
            group = by_name.get(tuple(token.text for token in inside))
            if group and _is_one_name(headline, place, place + length):
                behind = headline.get(place + length)
                if behind is None or behind.lower not in words("product_ending", "product"):
                    group.places[Span(inside[0].start, inside[-1].end)] = number
                place += length - 1
                break
        place += 1


def _is_one_name(headline: Words, first: int, last: int) -> bool:
    joined = all(gap in (" ", " & ") for gap in headline.gaps[first + 1 : last])
    return joined and all(headline.name_like[first:last])


def _bracketed(runs: Sequence[Run], names: Mapping[str, Name], text: str) -> dict[str, Sequence[str]]:
    """Return the names in front of their initials, by these: "Department of Transportation (DOT)"."""
    found: dict[str, Sequence[str]] = {}
    for left, right in pairwise(runs):
        short = right.parts[0]
        if left.words is not right.words or right.first != left.last or len(right.parts) > 1:
            continue
        closed = right.gap_before == " (" and text[right.span.end : right.span.end + 1] == ")"
        named = closed and short.isupper() and len(short) > 1 and " ".join(left.parts) in names
        if named and (_in_order(short, left.parts) or _is_agency(left.parts, short)):
            found[short] = left.parts
    return found


def _is_agency(parts: Sequence[str], short: str) -> bool:
    """Return whether `short` may be a public body, in the initials of its own language: the BSI, the ANSSI."""
    public = words("institution", "public_body", forms=("singular",))
    body = any(part.lower() in public for part in parts)
    return body and short.lower() not in words("geographic_name", "common_in_names", "product")


def _is_branch(words_of_name: Sequence[str]) -> bool:
    """Return whether a name goes on behind its end, as that of a branch does: "vellum stores eastgate"."""
    ends = [place for place, word in enumerate(words_of_name[1:-1], 1) if word in words("name_ending", "legal_form")]
    return bool(ends) and words_of_name[-1] not in words("name_ending", "legal_form", "institution")


def _only(keys: Sequence[str]) -> str | None:
    return keys[0] if len(keys) == 1 else None


def _key(parts: Sequence[str]) -> str:
    core = " ".join(_core(parts))
    entry = known_organisations().get(core)
    return (entry[1] if entry else core).lower()


def _core(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name without its legal form."""
    return tuple(without_legal_form(parts))


def _in_order(letters: str, parts: Iterable[str]) -> bool:
    """Return whether `letters` are in this order among the first letters of `parts`."""
    firsts = iter(part[0].lower() for part in parts)
    return all(letter.lower() in firsts for letter in letters)
