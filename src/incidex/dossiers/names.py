"""Groups the names of one thing across reports: "Kestrel", "Kestrel Ferries", "the group Grey Heron"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from incidex.english import lexicon
from incidex.english.names import without_introduction, without_possessive
from incidex.english.tokens import Token
from incidex.matching.frequencies import is_ordinary_word
from incidex.matching.words import has_capital, may_be_name, words

Key = tuple[str, ...]

# Longer runs of words are not names, and are not compared.
_LONGEST_NAME = 8


@lru_cache(maxsize=20_000)
def name_key(written: str) -> Key:
    """
    Return the words of a name in lower case, without what surrounds it; empty if it is no name: "the company".

    Words before the first capital are dropped ("the group Grey Heron"), and so are legal forms. "Phone giant" is no
    name: its capital may be that of the beginning of a sentence.
    """
    told = words(_after_kind(written[:200]))
    while told and (not has_capital(told[0]) or told[0].lower in lexicon.words("determiner")):
        told.pop(0)
    # "FBI Officially Blames": a headline has capitals everywhere.
    while told and told[-1].lower in lexicon.words("legal_form", "verb_group.adverb"):
        told.pop()
    if len(told) > _LONGEST_NAME or not any(has_capital(word) and may_be_name(word.lower) for word in told):
        return ()
    return () if _is_description(told) else tuple(word.lower for word in told)


class Names:
    """
    All names in the reports of one incident.

    A name is grouped with longer ones that begin or end with it. A single word joins only the most frequent of these,
    and does not connect them: "Macron" is Emmanuel Macron, who is not Macron Industries.
    """

    def __init__(self, written: Iterable[str]) -> None:
        """Take every name as often as it occurs."""
        self._forms: dict[Key, Counter[str]] = defaultdict(Counter)
        for name in written:
            if key := name_key(name):
                self._forms[key][_plain(name)] += 1
        self._parents: dict[Key, Key] = {}
        longer = self._longer()
        for key in sorted(longer, key=lambda key: (-len(key), key)):
            others = longer[key]
            for other in others if len(key) > 1 else [max(others, key=self._weight)]:
                self._join(key, other)
        self._shown = self._display()

    def canonical(self, written: str) -> str:
        """Return the form to show for a name, or for words that are no name: "the company", "analysts"."""
        key = name_key(written)
        if key in self._forms:
            return self._shown[self._root(key)]
        line = " ".join(written[:200].split()).strip(" ,;:")
        has_article = line.partition(" ")[0].lower() in lexicon.words("determiner")
        return _plain(line) if key else f"{line[:1].lower()}{line[1:]}" if has_article else line

    def _longer(self) -> dict[Key, list[Key]]:
        """Return, for each name, the names that begin or end with it."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in self._forms:
            for length in range(1, len(key)):
                for part in {key[:length], key[-length:]}:
                    if part in self._forms and not _is_place(part):
                        found[part].append(key)
        return found

    def _weight(self, key: Key) -> tuple[int, int, Key]:
        return sum(self._forms[key].values()), -len(key), key

    def _root(self, key: Key) -> Key:
        root = key
        while root in self._parents:
            root = self._parents[root]
        while key != root:  # the next time the way is short
            self._parents[key], key = root, self._parents[key]
        return root

    def _join(self, one: Key, other: Key) -> None:
        root, target = self._root(one), self._root(other)
        if root != target:
            self._parents[root] = target

    def _display(self) -> dict[Key, str]:
        """Return the most frequent form of each group; a single word only if there is nothing else."""
        counts: dict[Key, Counter[str]] = defaultdict(Counter)
        for key, forms in self._forms.items():
            counts[self._root(key)].update(forms)
        return {root: _best(forms) for root, forms in counts.items()}


def _best(forms: Counter[str]) -> str:
    """Return the most frequent form; without the noun before it if it also stands alone: "Lender Florrit"."""
    best = min(forms, key=lambda form: (len(name_key(form)) < 2, -forms[form], len(form), form))
    first, _, rest = best.partition(" ")
    return rest if rest in forms and first.lower() in _kinds() - lexicon.words("outlet") else best


def _is_place(key: Key) -> bool:
    """Return whether a name is that of a state: "U.S. universities" are not the U.S."""
    places = lexicon.words("place", "country")
    return all(word in places or f"{word}." in places for word in key)


def _is_description(told: Sequence[Token]) -> bool:
    """
    Return whether the capital of the first word is only that of a sentence.

    "Officials" and "Phone giant" are so, and "Ferry firm", as a name goes on with a capital: "Kestrel Ferries".
    """
    if any(has_capital(word) for word in told[1:]):
        return False
    general = lexicon.words("general_organisation", "vague_organisation", "human") - lexicon.words("political_noun")
    described = len(told) > 1 and told[-1].lower in general
    return described or is_ordinary_word(told[0].lower) or told[0].lower in _kinds()


def _after_kind(written: str) -> str:
    """Return a name without what it is in front: "Ferry operator Kestrel Ferries"."""
    first, *after = written.split(" ")
    kinds = sum(1 for _ in takewhile(lambda word: word.lower() in _kinds() and word.islower(), after))
    name = " ".join(after[kinds:])
    return name if kinds and name and not name.islower() else written


@cache
def _kinds() -> frozenset[str]:
    """Return the nouns that say what bears the name after them."""
    return lexicon.words("organisation", "human", "job_title", "unnamed_actor")


def _plain(name: str) -> str:
    """Return a name on one line, without possessive and without the words before its first capital letter."""
    line = _after_kind(" ".join(name[:200].split()))
    return without_possessive(" ".join(without_introduction(line.split())).strip(' ,;:"“”‘'))
