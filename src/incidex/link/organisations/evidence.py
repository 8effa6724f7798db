"""
Says which runs of capitalised words name organisations, and what those are, by the words in them and around them.

Strong evidence is said of the name itself ("the retailer Ostrel", "Ordway Holdings"). Weak evidence holds for people as
well ("Ostrel said"), and counts only where nothing says that the name is a person's, a place's or a product's.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from incidex.link.organisations.lexicon import class_of_end, class_of_noun, known, listed
from incidex.link.organisations.words import Run, Word
from incidex.records import Span

# How far in front of "for" a role stands, and behind a comma the noun that says what something is.
_ROLE_REACH = 5
_APPOSITION = 9
_DETERMINERS = frozenset(("a", "an", "the", "one", "another"))
_PLACED = frozenset(("of", "for", "at", "with", "from"))
_BEHIND = frozenset(("party", "movement", "newspaper"))
_CALLED = frozenset(("called", "named", "dubbed"))


@dataclass(slots=True)
class Name:
    """
    A name that the text writes in one way.

    Attributes:
        parts: Its words.
        runs: Where it is written.
        kinds: What the text says that its bearer is: "company", "agency"; see organisations.yaml.
        strong: Whether something says that it names an organisation.
        weak: Whether something says so that would hold for a person as well.
        argued: Whether an event says so.
    """

    parts: tuple[str, ...]
    runs: list[Run] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    strong: bool = False
    weak: bool = False
    argued: bool = False


def names_of(runs: Sequence[Run], lowered: Collection[str], organisations: Iterable[Span]) -> dict[str, Name]:
    """
    Return the names of organisations among `runs`, by their words.

    Args:
        runs: Capitalised words.
        lowered: The words that the article writes in small letters, too.
        organisations: Where an event has an organisation.
    """
    ends = {span.end: span.start for span in organisations}
    found: dict[str, Name] = {}
    for run in runs:
        name = found.setdefault(" ".join(run.parts), Name(run.parts))
        name.runs.append(run)
        _weigh(name, run, ends)
    people = _people(list(found.values()))
    for name in found.values():
        ordinary = (
            len(name.parts) == 1 and name.parts[0].lower() in lowered and all(run.first == 0 for run in name.runs)
        )
        name.weak = name.weak and not ordinary and name.parts[-1] not in people
        name.strong = name.strong and not ordinary
    return {key: name for key, name in found.items() if (name.strong or name.weak) and not is_other(name.parts)}


def is_other(parts: Sequence[str]) -> bool:
    """Return whether words name a product or a place rather than an organisation."""
    lower = [part.lower() for part in parts]
    if " ".join(parts) in known():
        return False
    if lower[0] in listed("products") or lower[-1] in listed("product_ends"):
        return True
    if len(lower) == 1 and lower[0] in listed("no_short"):
        return True
    return all(word in listed("places") or word in listed("starters") for word in lower)


def people_in(runs: Iterable[Run]) -> set[str]:
    """Return the surnames of people: those behind a title, "Mr Macron", and the last of two or three words."""
    return {
        run.parts[-1] for run in runs if _is_titled(run) or (len(run.parts) in (2, 3) and _by_form(run.parts) is None)
    }


def _weigh(name: Name, run: Run, ends: dict[int, int]) -> None:
    """Note what the words in and around a run say of its name."""
    said = (_by_form(run.parts), _before(run), _behind(run), _noun_behind(run), _joined(run))
    kinds = {kind for kind in said if kind is not None}
    # "He told The Star": names with an article are newspapers'.
    name.kinds |= kinds - {""} or ({"media"} if run.article else set())
    start = ends.get(run.span.end, ends.get(run.span.end + 2))
    argued = start is not None and start <= run.span.start
    name.argued = name.argued or argued
    if not _is_titled(run):
        name.strong = name.strong or bool(kinds) or run.article or _of_role(run) or _has_role(run)
        name.weak = name.weak or argued or (len(run.parts) == 1 and _acts(run)) or _owns(run)


def _by_form(parts: Sequence[str]) -> str | None:
    """Return what the words of a name say that it is, empty for some organisation, None for nothing."""
    if entry := known().get(" ".join(parts)):
        return entry[0]
    lower = [part.lower() for part in parts]
    if len(parts) < 2 or lower[0] in listed("products"):
        return None
    # "Department of Transportation", "Office for Rail Safety"
    institution = listed("before_of")
    joints = (
        i for i in range(1, len(lower)) if lower[i] == "of" or (lower[i] == "for" and lower[i - 1] in institution)
    )
    joint = next(joints, 0)
    head = lower[joint - 1]
    if lower[-1] in listed("product_ends") and not joint:
        return None
    nouns = class_of_end()
    if joint and head in institution:
        return nouns.get(head, "")
    if lower[-1] in listed("legal"):
        return "company"
    if head not in listed("ends") or (head in listed("weak_ends") and len(parts) == 2 and _is_plain(lower[0])):
        return None
    kinds = (nouns.get(word) or nouns.get(word.removesuffix("s")) for word in reversed(lower))
    return next((kind for kind in kinds if kind), "")


def _is_plain(word: str) -> bool:
    return word in listed("no_short") or word in listed("starters") or word in listed("places")


def _before(run: Run) -> str | None:
    """Return what a noun in front says that a name is: "the retailer Ostrel", "a company called Ostrel"."""
    word = run.before()
    if word and word.lower in _CALLED:
        word = run.before(2)
    first = run.words[run.first]
    if word is None or word.owner or first.gap not in (" ", ' "', " “", " '"):
        return None
    kind = class_of_noun().get(word.lower)
    return None if word.lower in listed("persons_too") else kind


def _behind(run: Run) -> str | None:
    """Return what the words in apposition behind say that a name is: ", a chain of chemists"."""
    first = run.behind()
    if first is None or first.gap != ", " or first.lower not in _DETERMINERS or run.owner:
        return None
    for distance in range(1, _APPOSITION):
        word = run.behind(distance)
        if word is None or word.gap not in (" ", "-", ", ") or word.lower in listed("joins") - {"of"}:
            return None
        if word.lower in listed("roles") or (word.lower == "of" and first.lower != "one"):
            return None
        kind = class_of_noun().get(word.lower) or class_of_noun().get(word.lower.removesuffix("s"))
        after = run.behind(distance + 1)
        if kind and not word.owner and not _goes_on(after):
            return kind
    return None


def _noun_behind(run: Run) -> str | None:
    """Return what a noun right behind says that a name is: "the En Marche! party"."""
    word = run.behind()
    if word is None or run.owner or word.gap not in (" ", "! ") or word.lower not in _BEHIND:
        return None
    return class_of_noun()[word.lower]


def _joined(run: Run) -> str | None:
    """Return that names joined by "&" are a company's."""
    inside = run.words[run.first + 1 : run.last]
    several = any(word.gap == " & " and len(word.text) > 1 for word in inside)
    return "company" if several and run.parts[0].lower() not in listed("products") else None


def _goes_on(word: Word | None) -> bool:
    """Return whether a word goes on with a description, so that the noun in front is not what it is about."""
    return word is not None and word.gap == " " and word.lower not in listed("joins")


def _of_role(run: Run) -> bool:
    """Return whether a role in front belongs to an organisation: "a researcher at Ostrel", "the CEO of Ostrel"."""
    place = 2 if (word := run.before()) and word.lower == "the" else 1
    joint = run.before(place)
    if joint is None or joint.lower not in _PLACED or run.parts[-1].lower() in listed("places"):
        return False
    wanted = listed("top_roles") if joint.lower in ("of", "from") else listed("roles")
    for distance in range(place + 1, place + 1 + _ROLE_REACH):
        word = run.before(distance)
        if word is None:
            return False
        if word.lower in wanted:
            return not (joint.lower in ("with", "from") and distance > place + 3)
    return False


def _has_role(run: Run) -> bool:
    """Return whether a role behind belongs to an organisation: "Ostrel researchers", "Ostrel's chief executive"."""
    word, ahead = run.behind(), run.behind(1)
    if word is None or word.gap != " " and not run.owner or len(run.parts) > 4:
        return False
    if run.parts[-1].lower() in listed("places") or run.parts[0].lower() in listed("starters"):
        return False
    if word.text.isupper() or not run.owner:
        return word.lower in listed("top_roles") and word.gap == " "
    return word.lower in listed("top_roles") or bool(ahead and ahead.lower in ("executive", "ceo", "spokesman"))


def _acts(run: Run) -> bool:
    """Return whether the words around a name say that it is somebody's, a person's or an organisation's."""
    word = run.before()
    called = word is not None and word.lower in listed("persons_too") and run.words[run.first].gap == " "
    return called or _speaks(run) or _is_object(run)


def _speaks(run: Run) -> bool:
    """Return whether a verb follows that organisations and people say something with."""
    for distance in range(3):
        word = run.behind(distance)
        if word is None or word.gap != " " or run.owner:
            return False
        if word.lower in listed("verbs"):
            return True
        if word.lower not in listed("helpers"):
            return False
    return False


def _is_object(run: Run) -> bool:
    """Return whether a verb stands in front that something is done to, or by, organisations and people with."""
    word, before = run.before(), run.before(2)
    if word is None or run.words[run.first].gap != " ":
        return False
    if word.lower == "by":
        return before is not None and before.lower in listed("by")
    return word.lower in listed("takes") or (word.lower == "to" and before is not None and before.lower == "according")


def _owns(run: Run) -> bool:
    """Return whether something follows that organisations have: "Ostrel's shares"."""
    word, ahead = run.behind(), run.behind(1)
    if not run.owner or word is None or len(run.parts) > 2:
        return False
    return word.lower in listed("owned") or bool(ahead and ahead.gap == " " and ahead.lower in listed("owned"))


def _is_titled(run: Run) -> bool:
    word = run.before()
    return word is not None and word.lower in listed("titles") and word.text[0].isupper()


def _people(names: Collection[Name]) -> set[str]:
    """Return the last words of names that look like people's, and single words that do."""
    people = {name.parts[0] for name in names if len(name.parts) == 1 and _is_handle(name.parts[0])}
    for name in names:
        titled = any(map(_is_titled, name.runs))
        whole = len(name.parts) in (2, 3) and not name.strong and not name.argued
        roles = any((word := run.before()) and word.lower in listed("roles") and not word.owner for run in name.runs)
        if titled or whole or roles or any(map(_has_role_beside, name.runs)):
            people.add(name.parts[-1])
    return people


def _is_handle(word: str) -> bool:
    """Return whether a word is a family name that many have, or looks like what people call themselves: "SunTzu583"."""
    return word.lower() in listed("surnames") or (word[-3:].isdigit() and word[0].isalpha())


def _has_role_beside(run: Run) -> bool:
    """Return whether a role stands in apposition: "Will Strafach, CEO of"."""
    word = run.behind()
    return word is not None and word.gap == ", " and word.lower in listed("roles") and not run.owner
