"""Prepares a profile for being compared many times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from incidex.matching.words import is_another, is_word, name_rarity, stem
from incidex.records import Profile, Weighted

# The names that a report is most about.
_SUBJECTS = 6
_FLAWS = frozenset({"DiscoverVulnerability", "PatchVulnerability"})
# A name this rare is known to few.
_RARE = 0.85
# A name with this share of the weight of the name that a report is most about is in focus, too.
_IN_FOCUS = 0.5
# A CVE number, a malware or a victim with this weight is what a report is about: it is in the headline, or at the
# beginning.
MAIN = 0.3


@dataclass(frozen=True, slots=True)
class Sketch:
    """
    A profile as dictionaries and sets.

    Attributes:
        norm: The square root of the sum of the squares of all weights in `names`.
        subjects: The names that it is most about.
        foci: The weight of each name relative to the greatest, 0..1, without words that are mostly written small.
        in_focus: Those of them that it is most about.
        rare: Single words among the names that few reports have.
        days: The days that it says something happened on, ISO 8601.
        stated: Those of them that the words say in full, with the year.
        spans: The periods of at most a hundred days in which it says that something happened.
        flaw: Whether it is, first of all, about a weakness or its repair.
        again: Whether its headline says that it is another one.
        parties: The words of the names of organisations that its headline or first sentences name, or that were hit by
            what stands there.
    """

    profile: Profile
    words: dict[str, float]
    title: dict[str, float]
    names: dict[str, float]
    norm: float
    subjects: tuple[Weighted, ...]
    foci: dict[str, float]
    in_focus: tuple[Weighted, ...]
    rare: frozenset[str]
    victims: dict[str, float]
    cves: dict[str, float]
    software: dict[str, float]
    actors: dict[str, float]
    amounts: frozenset[str]
    days: frozenset[str]
    stated: frozenset[str]
    spans: tuple[tuple[date, date], ...]
    published: date | None
    flaw: bool
    again: bool
    parties: frozenset[str]

    def mentions(self, word: str) -> bool:
        """Return whether a word is among the names or the words that the profile keeps."""
        return word in self.names or word in self.parties or stem(word) in self.words


def sketch(profile: Profile) -> Sketch:
    """Return the profile in the form that comparing takes."""
    names = dict(profile.names)
    proper = {name: weight for name, weight in profile.names if " " in name or not is_word(name)}
    most = max(proper.values(), default=1.0)
    foci = {name: weight / most for name, weight in proper.items()}
    spans = [(_day(p.begins), _day(p.ends)) for p in profile.periods]
    told = [(begins, ends) for begins, ends in spans if begins and ends]
    days = frozenset(begins.isoformat() for begins, ends in told if ends - begins <= timedelta(1))
    return Sketch(
        profile=profile,
        words=dict(profile.words),
        title=dict(profile.title_words),
        names=names,
        norm=sum(weight**2 for weight in names.values()) ** 0.5 or 1.0,
        subjects=profile.names[:_SUBJECTS],
        foci=foci,
        in_focus=tuple((name, weight) for name, weight in foci.items() if weight >= _IN_FOCUS),
        rare=frozenset(name for name in names if " " not in name and name_rarity(name) >= _RARE),
        victims=dict(profile.victims),
        cves=dict(profile.cves),
        software=dict(profile.software),
        actors=dict(profile.actors),
        amounts=frozenset(profile.amounts),
        days=days,
        stated=frozenset(p.begins for p in profile.periods if p.stated) & days,
        spans=tuple((begins, ends) for begins, ends in told if ends - begins <= timedelta(100)),
        published=_day(profile.published_at),
        flaw=bool(profile.types) and profile.types[0] in _FLAWS,
        again=is_another(profile.title),
        parties=frozenset(_parties(profile)),
    )


def _parties(profile: Profile) -> Iterator[str]:
    hit = (name for name, weight in profile.victims if weight >= MAIN)
    for name in (*profile.organisations, *hit):
        yield from (word for word in name.split(" ") if len(word) > 1)


def _day(written: str | None) -> date | None:
    """Return the day that ISO 8601 gives, the first of a month or year; None where there is none."""
    if not written:
        return None
    try:
        return date.fromisoformat((written + "-01-01")[:10] if len(written) < 10 else written[:10])
    except ValueError:
        return None
