"""Prepares a profile for being compared many times."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from incidex.english import lexicon
from incidex.matching.frequencies import is_ordinary_word, name_rarity
from incidex.matching.words import announces_another, stem
from incidex.records import Profile, Weighted

# So many names are the subjects of a report.
_SUBJECTS = 6
_FLAWS = frozenset({"DiscoverVulnerability", "PatchVulnerability"})
_EXTORTION = frozenset({"AttackRansom"})
# Few reports have a name this rare.
_RARE = 0.85
# A word that so few reports have as a name names its bearer: "Moorcroft", not "Clinic".
_NAMING = 0.6
# A name with at least this share of the weight of the heaviest name is in focus, too.
_IN_FOCUS = 0.5
_LONGEST_PERIOD = timedelta(100)
# A CVE number, malware or victim of this weight is a main topic: it is in the headline or the first sentences.
MAIN = 0.3


@dataclass(frozen=True, slots=True)
class Comparable:
    """
    A profile as dictionaries and sets.

    Attributes:
        norm: The square root of the sum of the squares of all weights in `names`.
        subjects: The heaviest names.
        gangs: The names of those who extort, in a report of extortion: they do so to victim after victim.
        foci: The weight of each name relative to the greatest, 0..1, without words that are mostly written small, and
            without `gangs`.
        in_focus: The heaviest of `foci`.
        rare: The single words among the names that few reports have.
        days: The days on which it says something happened, ISO 8601.
        stated_days: Those of them that the words give in full, with the year.
        periods: The periods of at most a hundred days in which it says something happened.
        about_flaw: Whether it is mainly about a vulnerability or its patch.
        of_outbreak: Whether it speaks of malware that hits very many at once, or names such.
        announces_another: Whether its headline says that the incident is not the first of its kind.
        organisation_words: The words in the names of organisations that are in its headline or first sentences, or
            that are victims there.
        headline_words: Those of them that few reports have: of the headline, else of the victims.
    """

    profile: Profile
    words: dict[str, float]
    title: dict[str, float]
    names: dict[str, float]
    norm: float
    subjects: tuple[Weighted, ...]
    gangs: frozenset[str]
    foci: dict[str, float]
    in_focus: tuple[Weighted, ...]
    rare: frozenset[str]
    victims: dict[str, float]
    cves: dict[str, float]
    software: dict[str, float]
    actors: dict[str, float]
    amounts: frozenset[str]
    days: frozenset[str]
    stated_days: frozenset[str]
    periods: tuple[tuple[date, date], ...]
    published: date | None
    about_flaw: bool
    of_outbreak: bool
    announces_another: bool
    organisation_words: frozenset[str]
    headline_words: frozenset[str]

    def has_word(self, word: str) -> bool:
        """Return whether a word is among the names or words of the profile."""
        return word in self.names or word in self.organisation_words or stem(word) in self.words


def comparable(profile: Profile) -> Comparable:
    """Return the profile in the form that `compare` takes."""
    names = dict(profile.names)
    of_outbreak = _is_of_outbreak(profile)
    gangs = frozenset() if of_outbreak else frozenset(_gangs(profile))
    proper = {
        name: weight
        for name, weight in profile.names
        if name not in gangs and (" " in name or not is_ordinary_word(name))
    }
    heaviest = max(proper.values(), default=1.0)
    foci = {name: weight / heaviest for name, weight in proper.items()}
    dates = ((_day(period.begins), _day(period.ends)) for period in profile.periods)
    periods = [(begins, ends) for begins, ends in dates if begins and ends]
    title, organisations = dict(profile.title_words), frozenset(_organisation_words(profile))
    days = frozenset(begins.isoformat() for begins, ends in periods if ends - begins <= timedelta(1))
    return Comparable(
        profile=profile,
        words=dict(profile.words),
        title=title,
        names=names,
        norm=sum(weight**2 for weight in names.values()) ** 0.5 or 1.0,
        subjects=profile.names[:_SUBJECTS],
        gangs=gangs,
        foci=foci,
        in_focus=tuple((name, weight) for name, weight in foci.items() if weight >= _IN_FOCUS),
        rare=frozenset(name for name in names if " " not in name and name_rarity(name) >= _RARE),
        victims=dict(profile.victims),
        cves=dict(profile.cves),
        software=dict(profile.software),
        actors=dict(profile.actors),
        amounts=frozenset(profile.amounts),
        days=days,
        stated_days=frozenset(period.begins for period in profile.periods if period.stated) & days,
        periods=tuple((begins, ends) for begins, ends in periods if ends - begins <= _LONGEST_PERIOD),
        published=_day(profile.published_at),
        about_flaw=bool(profile.types) and profile.types[0] in _FLAWS,
        of_outbreak=of_outbreak,
        announces_another=announces_another(profile.title),
        organisation_words=organisations,
        headline_words=_headline_words(profile, organisations, title),
    )


def _is_of_outbreak(profile: Profile) -> bool:
    software, written = dict(profile.software), dict(profile.words)
    return any(word in software or stem(word) in written for word in lexicon.words("outbreak"))


def _gangs(profile: Profile) -> Iterator[str]:
    if profile.types and profile.types[0] in _EXTORTION:
        for name, _ in profile.actors:
            yield from (name, *name.split(" "))


def _headline_words(profile: Profile, organisations: Iterable[str], title: Mapping[str, float]) -> frozenset[str]:
    of_victims = (word for name, weight in profile.victims if weight >= MAIN for word in name.split(" "))
    found = [word for word in organisations if stem(word) in title] or of_victims
    return frozenset(word for word in found if name_rarity(word) > _NAMING)


def _organisation_words(profile: Profile) -> Iterator[str]:
    victims = (name for name, weight in profile.victims if weight >= MAIN)
    for name in (*profile.organisations, *victims):
        yield from (word for word in name.split(" ") if len(word) > 1)


def _day(written: str | None) -> date | None:
    """Return the day that an ISO 8601 date gives, the first of a month or year; None where there is none."""
    if not written:
        return None
    try:
        return date.fromisoformat((written + "-01-01")[:10] if len(written) < 10 else written[:10])
    except ValueError:
        return None
