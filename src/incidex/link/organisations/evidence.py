"""
Says which runs of capitalised words name organisations, and what those are, by the words in them and around them.

Strong evidence is about the name itself ("the retailer Ostrel", "Ordway Holdings"). Weak evidence holds for people as
well ("Ostrel said"), and counts only if nothing says that the name is that of a person, a place or a product.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from incidex.english.lexicon import subclasses, words
from incidex.link.organisations.capitalised import Run, jobs, kinds_of_nouns, sentence_starts, titles
from incidex.link.organisations.known import known_organisations
from incidex.link.organisations.look_alikes import begins_with_product, is_other, names_technique
from incidex.records import Span

# How many words a job title may be in front of "for", and the noun that says what something is behind a comma.
_JOB_REACH = 5
_APPOSITION = 9


@dataclass(slots=True)
class Name:
    """
    A name that the text writes in one way.

    Attributes:
        parts: Its words.
        runs: Where it is written.
        kinds: What the text says that its bearer is: "company", "agency"; the parts of the class `organisation`.
        strong: Whether there is evidence that it names an organisation.
        weak: Whether there is evidence that would hold for a person as well.
        argued: Whether an argument of an event says so.
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
        lowered: The words that the article also writes in small letters.
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
        ordinary = ordinary or _looks_like_adjective(name)
        name.weak = name.weak and not ordinary and name.parts[-1] not in people
        name.strong = name.strong and not ordinary
    return {key: name for key, name in found.items() if (name.strong or name.weak) and not is_other(name.parts)}


def _looks_like_adjective(name: Name) -> bool:
    """Return whether a name is one word that only begins sentences and ends as adjectives do: "Effective analysts"."""
    plain = len(name.parts) == 1 and name.parts[0].istitle() and name.parts[0] not in known_organisations()
    return plain and name.parts[0].endswith(_adjective_endings()) and all(run.first == 0 for run in name.runs)


@cache
def _adjective_endings() -> tuple[str, ...]:
    return tuple(words("adjective_ending"))


def people_in(runs: Iterable[Run]) -> set[str]:
    """Return the surnames of people: those behind a title, "Mr Macron", and the last of two or three words."""
    return {
        run.parts[-1]
        for run in runs
        if _is_titled(run) or (_is_written_like_person(run) and _by_form(run.parts) is None)
    }


def _is_written_like_person(run: Run) -> bool:
    """Return whether a run is two or three words such as people's names have; "Operation Tin Roof" is a campaign's."""
    if len(run.parts) not in (2, 3) or run.parts[0].lower() in words("campaign_word"):
        return False
    return all(part.isalpha() and not part.isupper() for part in run.parts) and _by_form(run.parts) is None


def _weigh(name: Name, run: Run, ends: dict[int, int]) -> None:
    """Record what the words in and around a run say about its name."""
    found = (_by_form(run.parts), _before(run), _behind(run), _noun_behind(run), _joined(run))
    kinds = {kind for kind in found if kind is not None}
    # "He told The Star": names with an article are those of newspapers.
    name.kinds |= kinds - {""} or ({"media"} if run.article else set())
    start = ends.get(run.span.end, ends.get(run.span.end + 2))
    argued = start is not None and start <= run.span.start
    name.argued = name.argued or argued
    if not _is_titled(run):
        name.strong = name.strong or bool(kinds) or run.article or _behind_job(run) or _before_job(run)
        name.strong = name.strong or (len(run.parts) > 1 and not _has_job(run) and _has_customers(run))
        name.weak = name.weak or argued or (_is_single(run.parts) and _acts(run)) or _owns(run)


def _is_single(parts: Sequence[str]) -> bool:
    """Return whether a name is one word, perhaps with a number, or begins with a known one: "McAfee ATR"."""
    return len(parts) == 1 or parts[1:] == (parts[-1],) and parts[-1].isdigit() or parts[0] in known_organisations()


def _by_form(parts: Sequence[str]) -> str | None:
    """Return what the words of a name say that it is; empty for an organisation of any kind, None for nothing."""
    if entry := known_organisations().get(" ".join(parts)):
        return entry[0]
    lower = [part.lower() for part in parts]
    if len(parts) < 2 or begins_with_product(lower) or names_technique(lower):
        return None
    if unit_of := _unit_of(parts):
        return unit_of
    if parts[-1].isdigit():
        return "" if lower[-2] in words("numbered_organisation", forms=("singular",)) else None
    # "Department of Transportation", "Office for Rail Safety"
    institution = words("institution", forms=("singular",))
    joints = (
        i for i in range(1, len(lower)) if lower[i] == "of" or (lower[i] == "for" and lower[i - 1] in institution)
    )
    joint = next(joints, 0)
    if joint and lower[joint - 1] in institution:
        return _kinds_in_names().get(lower[joint - 1], "")
    if lower[-1] in words("product_ending") and not joint:
        return None
    return _by_ending(lower, lower[joint - 1])


def _by_ending(lower: Sequence[str], head: str) -> str | None:
    """Return what the last word of a name, or that before "of", says that it is: "Ordway Holdings"."""
    if lower[-1] in words("legal_form"):
        return "company"
    if head not in words("name_ending"):
        return None
    if head in words("name_ending.weak") and len(lower) == 2 and _is_plain(lower[0]):
        return None
    if all(word in words("plain_in_names", "name_ending.weak") for word in lower):
        return None
    nouns = _kinds_in_names()
    kinds = (nouns.get(word) or nouns.get(word.removesuffix("s")) for word in reversed(lower))
    return next((kind for kind in kinds if kind), "")


def _unit_of(parts: Sequence[str]) -> str | None:
    """Return what the organisation is whose unit a name is, by its first words: "Microsoft Security Response Team"."""
    if parts[-1].lower() not in words("organisation_unit"):
        return None
    entry = known_organisations().get(parts[0]) or known_organisations().get(" ".join(parts[:2]))
    return entry[0] if entry else None


def _is_plain(word: str) -> bool:
    return word in words("common_in_names", "geographic_name") or word in sentence_starts()


@cache
def _kinds_in_names() -> Mapping[str, str]:
    """Return what a word of a name says that an organisation is: "Health" says "hospital"."""
    return {**subclasses("name_kind"), **subclasses("organisation", forms=("singular",))}


def _before(run: Run) -> str | None:
    """Return what a noun in front says that a name is: "the retailer Ostrel", "a company called Ostrel"."""
    word = run.before()
    distance = 2 if word and word.lower in words("naming_participle") else 1
    word = run.before(distance)
    if word is None or run.words.possessive[run.first - distance] or run.gap_before not in (" ", ' "', " “", " '"):
        return None
    if word.lower in words("person_or_organisation", forms=("singular",)):
        return None
    return kinds_of_nouns().get(word.lower)


def _behind(run: Run) -> str | None:
    """Return what the words in apposition behind say that a name is: ", a chain of chemists"."""
    first = run.behind()
    if first is None or run.gap_behind != ", " or run.possessive:
        return None
    if first.lower not in words("apposition_opening"):
        return None
    for place in range(run.last + 1, min(run.last + _APPOSITION, len(run.words))):
        word = run.words[place].lower
        if run.words.gaps[place] not in (" ", "-", ", ") or word in words("description_break") - {"of"}:
            return None
        if word in jobs() or (word == "of" and first.lower != "one"):
            return None
        kind = kinds_of_nouns().get(word) or kinds_of_nouns().get(word.removesuffix("s"))
        if kind and not run.words.possessive[place] and not _goes_on(run, place + 1):
            return kind
    return None


def _noun_behind(run: Run) -> str | None:
    """Return what a noun right behind says that a name is: "the En Marche! party"."""
    word = run.behind()
    if word is None or run.possessive or run.gap_behind not in (" ", "! "):
        return None
    return kinds_of_nouns().get(word.lower) if word.lower in words("kind_behind_name", forms=("singular",)) else None


def _joined(run: Run) -> str | None:
    """Return "company" for names joined by "&"."""
    inside = range(run.first + 1, run.last)
    several = any(run.words.gaps[place] == " & " and len(run.words[place].text) > 1 for place in inside)
    plain = words("product", "plain_in_names", "common_in_names", "geographic_name")
    named = all(part.isalpha() for part in (run.parts[0], run.parts[-1]))
    return "company" if several and named and plain.isdisjoint((run.parts[0].lower(), run.parts[-1].lower())) else None


def _goes_on(run: Run, place: int) -> bool:
    """Return whether the word at a place goes on with a description, so that the noun in front is not its head."""
    if place >= len(run.words) or run.words.gaps[place] != " ":
        return False
    return run.words[place].lower not in words("description_break")


def _behind_job(run: Run) -> bool:
    """Return whether a job in front is at an organisation: "a researcher at Ostrel", "the CEO of Ostrel"."""
    place = 2 if (word := run.before()) and word.lower == "the" else 1
    joint = run.before(place)
    if joint is None or joint.lower not in words("before_employer"):
        return False
    if run.parts[-1].lower() in words("geographic_name"):
        return False
    wanted = jobs(corporate=True) if joint.lower in ("of", "from") else jobs()
    for distance in range(place + 1, place + 1 + _JOB_REACH):
        word = run.before(distance)
        if word is None:
            return False
        if word.lower in wanted:
            return not (joint.lower in ("with", "from") and distance > place + 3)
    return False


def _before_job(run: Run) -> bool:
    """Return whether a job behind is at an organisation: "Ostrel researchers", "Ostrel's chief executive"."""
    word, ahead = run.behind(), run.behind(1)
    if word is None or (run.gap_behind != " " and not run.possessive) or len(run.parts) > 4:
        return False
    if run.parts[-1].lower() in words("geographic_name"):
        return False
    if run.parts[0].lower() in sentence_starts():
        return False
    corporate = word.lower in jobs(corporate=True) or _is_officer(run)
    if word.text.isupper() or not run.possessive:
        return corporate and run.gap_behind == " "
    return corporate or bool(ahead and ahead.lower in words("end_of_job_title", forms=("singular",)))


def _is_officer(run: Run) -> bool:
    """Return whether the title of an officer follows: "EMC chief security officer"."""
    ends = words("end_of_job_title", forms=("singular",))
    chief = run.behind()
    return (
        chief is not None
        and chief.lower == "chief"
        and any((w := run.behind(n)) and w.lower in ends for n in (1, 2, 3))
    )


def _acts(run: Run) -> bool:
    """Return whether the words around a name say that a person or an organisation bears it."""
    word = run.before()
    persons = words("person_or_organisation", forms=("singular",))
    called = word is not None and word.lower in persons and run.gap_before == " "
    return called or _speaks(run) or _is_object(run)


def _speaks(run: Run) -> bool:
    """Return whether a verb follows for what organisations and people say or do."""
    for place in range(run.last, min(run.last + 3, len(run.words))):
        word = run.words[place].lower
        if run.words.gaps[place] != " " or run.possessive:
            return False
        if word in _acts_of_organisations() or (word in _finds() and _has_object(run, place)):
            return True
        if word not in words("before_act"):
            return False
    return False


def _has_object(run: Run, place: int) -> bool:
    """Return whether an object follows the verb at `place`: "Ostrel found it", and not "Ostrel found in May"."""
    word = run.words.get(place + 1)
    return word is not None and run.words.gaps[place + 1] == " " and word.lower in words("determiner", "vague_number")


@cache
def _finds() -> frozenset[str]:
    return words("organisation_finds", forms=("past",))


@cache
def _acts_of_organisations() -> frozenset[str]:
    """Return verbs in the forms in which reports use them of organisations: "patched", while a product "patches"."""
    past, present = words("organisation_act_past", forms=("past",)), words("organisation_act_present", forms=("s",))
    return words("organisation_act", forms=("s", "past", "only")) | past | present


def _is_object(run: Run) -> bool:
    """Return whether a verb precedes for what is done to, or by, organisations and people."""
    word, before = run.before(), run.before(2)
    if word is None or run.gap_before != " ":
        return False
    if word.lower == "by":
        return before is not None and before.lower in words("done_by_organisation", forms=("participle",))
    if word.lower == "to":
        return before is not None and before.lower == "according"
    return word.lower in words("done_to_organisation", forms=("past",))


def _owns(run: Run) -> bool:
    """Return whether something follows that organisations have: "Ostrel's shares"."""
    word, ahead = run.behind(), run.behind(1)
    if not run.possessive or word is None or len(run.parts) > 2:
        return False
    owned = words("owned_by_organisation")
    return word.lower in owned or bool(ahead and run.words.gaps[run.last + 1] == " " and ahead.lower in owned)


def _has_customers(run: Run) -> bool:
    """Return whether what follows belongs to no person: "Solway Court's subscribers", "Solway Court customers"."""
    word = run.behind()
    if word is None or run.gap_behind != " " and not run.possessive or len(run.parts) > 3:
        return False
    if run.parts[-1].lower() in words("geographic_name", "month", "weekday"):
        return False
    # "Bracken EX customers" have a product of Bracken, and those of a "Digital Ledger" one of whoever speaks.
    if not run.possessive:
        plain = words("plain_in_names", "common_in_names")
        named = run.parts[0] not in known_organisations() and plain.isdisjoint(part.lower() for part in run.parts)
        return named and word.lower in words("customer_noun", forms=("plural",))
    return word.lower in words("owned_by_organisation.only")


def _is_titled(run: Run) -> bool:
    word = run.before()
    return word is not None and word.lower in titles() and word.text[0].isupper()


def _people(names: Collection[Name]) -> set[str]:
    """Return the last words of names that look like those of people, and single words that do."""
    people = {name.parts[0] for name in names if len(name.parts) == 1 and _is_handle(name.parts[0])}
    for name in names:
        titled = any(map(_is_titled, name.runs))
        whole = len(name.parts) in (2, 3) and not name.strong and not name.argued and not _is_single(name.parts)
        if titled or whole or any(map(_has_job, name.runs)):
            people.add(name.parts[-1])
    return people


def _is_handle(word: str) -> bool:
    """Return whether a word is a family name that many have, or looks like what people call themselves: "SunTzu583"."""
    return word.lower() in words("surname") or (word[-3:].isdigit() and word[0].isalpha())


def _has_job(run: Run) -> bool:
    """Return whether a job title is in front or in apposition: "engineer Jane Roe", "Jane Roe, CEO of"."""
    before, behind = run.before(), run.behind()
    # "Researcher Jan Roe": a first name that is also a month.
    if before and before.text.istitle() and before.lower in words("month") and run.gap_before == " ":
        before = run.before(2)
    if before and before.lower in jobs() and not run.words.possessive[run.first - 1]:
        return True
    return bool(behind and run.gap_behind == ", " and behind.lower in jobs() and not run.possessive)
