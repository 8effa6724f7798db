"""
Finds which name of the article a host imitates: with words added, a letter changed, a letter that looks the same, or
as a subdomain of another domain.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from incidex.english.lexicon import words
from incidex.english.names import name_key, without_determiner, without_possessive
from incidex.link.indicators.known import look_alike_letters
from incidex.link.indicators.suffixes import owned_name, shown
from incidex.records import Argument, Block, Imitation, Span

_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w&’'-]{1,40}(?:[ ](?:de |la )?[^\W\d_a-zß-öø-ÿ][\w&’'-]{1,40}){0,3}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"”’')]*)\s*[\"“‘'(]?$")
_PARTS = re.compile(r"[.-]")
# Letters without an accent to remove, and how domains write them.
_STROKES = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_LEAST_LETTERS = 4
_NAMES = frozenset(("Organization", "Website", "Person"))
_ATTACKED = frozenset(("Victim", "Vulnerable_System_Owner"))
_MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name in the article that a host can imitate.

    Attributes:
        span: Its words in `Document.text`.
        key: Its letters and digits, in lower case and without accents.
        attacked: Whether an event says that whoever bears it was attacked.
        attacking: Whether an event says that whoever bears it attacked.
    """

    span: Span
    key: str
    attacked: bool = False
    attacking: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """
    The parts of a host that can imitate a name, in letters and digits alone.

    Attributes:
        whole: The label that somebody owns.
        skeleton: That with the same letter for all that look the same.
        runs: Its parts between hyphens, and all neighbouring ones together.
        skeletons: Those of its single parts.
        before: The labels before it.
    """

    whole: str
    skeleton: str
    runs: frozenset[str]
    skeletons: frozenset[str]
    before: frozenset[str]


def names_of(
    text: str, blocks: Iterable[Block], organisations: Sequence[Argument], mentions: Sequence[Span] = ()
) -> tuple[Name, ...]:
    """
    Return the names in an article: first those of the arguments of its events and of the `mentions` of organisations,
    then capitalised words inside sentences.
    """
    found: dict[str, Name] = {}
    for argument in organisations:
        if argument.entity_type in _NAMES:
            key = name_key(_without_determiner(argument.span.of(text)))
            name = Name(argument.span, key, argument.role in _ATTACKED, argument.role == "Attacker")
            if key not in found or name.attacked:
                found[key] = name
    for span in mentions[:_MOST_NAMES]:
        key = name_key(_without_determiner(span.of(text)))
        if text[span.start].isupper() and key not in found:  # Not "the company".
            found[key] = Name(span, key)
    for block in blocks:
        for match in _CAPITALISED.finditer(text, block.span.start, block.span.end):
            if len(found) >= _MOST_NAMES:
                break
            key = name_key(without_possessive(match[0]))
            if key not in found and not _begins_sentence(text, match, block):
                found[key] = Name(Span(*match.span()), key)
    ordinary = words("ordinary_in_names", "month", "weekday")
    names = [name for name in found.values() if len(name.key) >= _LEAST_LETTERS and name.key not in ordinary]
    plain = [replace(name, key=name.key.translate(_STROKES)) for name in names if not name.key.isascii()]
    return (*names, *(name for name in plain if name.key not in found))


def by_label(owned_names: Iterable[str]) -> dict[str, set[str]]:
    """Return the domains of an article by their label before the public suffix, as `imitation` takes them."""
    found: dict[str, set[str]] = {}
    for name in owned_names:
        found.setdefault(name.partition(".")[0], set()).add(name)
    return found


def imitation(host: str, names: Iterable[Name], owned_names: Mapping[str, set[str]] | None = None) -> Imitation | None:
    """
    Return which of `names` a lower-case host imitates, None for none; the longest name wins.

    A host that is a name itself ("acme.example" for Acme) imitates nobody, unless the article has it under another
    top-level domain as well: `owned_names` are the domains of the article, from `by_label`.
    """
    owned = owned_name(host)
    if owned is None:
        return None
    written = owned.partition(".")[0]
    ordered = sorted(names, key=lambda name: -len(name.key))
    if not ordered:
        return None
    label = _label(shown(written), host[: -len(owned)].rstrip("."))
    own = (label.whole, name_key(owned))
    bearer = next((name for name in ordered if name.key in own), None)
    if bearer:
        twin = owned_names and owned_names.get(written, set()) - {owned}
        return Imitation(bearer.span, "other top-level domain") if twin else None
    for name in ordered:
        how = _how(label, name.key)
        if how:
            return Imitation(name.span, how)
    return None


def _label(written: str, before: str) -> _Label:
    parts = _PARTS.split(written)
    plain = [name_key(part) for part in parts]
    return _Label(
        whole=name_key(written),
        skeleton=_skeleton(written),
        runs=frozenset("".join(plain[i:j]) for i in range(len(plain)) for j in range(i + 1, len(plain) + 1)),
        skeletons=frozenset(map(_skeleton, parts)),
        before=frozenset(map(name_key, before.split("."))),
    )


def _how(label: _Label, name: str) -> str:
    skeleton = _skeleton(name)
    if label.skeleton == skeleton:
        return "homoglyph"
    if len(name) >= 5 and abs(len(label.whole) - len(name)) <= 1 and _is_typo(label.whole, name):
        return "typo"
    # With words added: between hyphens, or without if the name is long.
    if name in label.runs or (len(name) >= 6 and (label.whole.startswith(name) or label.whole.endswith(name))):
        return "affix"
    if name in label.before:
        return "subdomain"
    # "paypa1-login": a letter that looks the same, and words added.
    return "homoglyph" if skeleton in label.skeletons else ""


def _is_typo(written: str, name: str) -> bool:
    """Return whether one letter is missing, added or changed, or two have changed places."""
    start = next(
        (place for place, (a, b) in enumerate(zip(written, name, strict=False)) if a != b), min(len(written), len(name))
    )
    a, b = written[start:], name[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@lru_cache(maxsize=1024)
def _skeleton(name: str) -> str:
    """Return a name with one letter for all that look the same; pairs that look like one letter are replaced first."""
    return name_key(name.replace("rn", "m").replace("vv", "w").translate(look_alike_letters()))


def _without_determiner(name: str) -> str:
    return " ".join(without_determiner(name.split()))


def _begins_sentence(text: str, match: re.Match[str], block: Block) -> bool:
    """Return whether a single capitalised word begins a sentence, where any word is capitalised."""
    before = text[max(block.span.start, match.start() - 6) : match.start()]
    return " " not in match[0] and _SENTENCE_START.search(before) is not None
