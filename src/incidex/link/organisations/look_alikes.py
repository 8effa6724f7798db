"""Says which capitalised words name a product, a place, a technique or a technology rather than an organisation."""

from collections.abc import Sequence

from incidex.english.lexicon import words
from incidex.link.organisations.capitalised import Run, sentence_starts
from incidex.link.organisations.known import known_organisations, named_with_article, techniques


def is_other(parts: Sequence[str]) -> bool:
    """Return whether words name a product or a place rather than an organisation."""
    lower = [part.lower() for part in parts]
    if " ".join(parts) in known_organisations():
        return False
    if begins_with_product(lower) or lower[-1] in words("product_ending"):
        return True
    if len(lower) == 1 and lower[0] in words("common_in_names"):
        return True
    plain = words("plain_in_names")
    if (
        len(lower) > 1
        and not plain.isdisjoint(lower)
        and plain | words("name_ending.weak", "common_in_names") >= set(lower)
    ):
        return True
    return all(word in words("geographic_name") or word in sentence_starts() for word in lower)


def names_technology(run: Run) -> bool:
    """Return whether the words behind a name show that it is one of technology: "Mozilla/5.0", "RSA public key"."""
    word, ahead = run.behind(), run.behind(1)
    if word is None:
        return False
    if run.gap_behind == "/" and word.text[0].isdigit():
        return True
    near = {word.lower} | ({ahead.lower} if ahead and word.lower in words("common_in_names") else set())
    return run.gap_behind == " " and not run.possessive and not near.isdisjoint(words("technical_noun"))


def lacks_article(run: Run) -> bool:
    """Return whether "the" is missing in front of a name that is an ordinary word without it: "three Times"."""
    if len(run.parts) > 1 or run.parts[0] not in named_with_article() or run.article:
        return False
    word = run.before()
    return word is None or word.lower != "the"


def names_itself(run: Run) -> bool:
    """Return whether a name needs no text around it: a known one, or one with a legal form, "Ordway Holdings Ltd"."""
    return " ".join(run.parts) in known_organisations() or run.parts[-1].lower() in words("legal_form")


def begins_with_product(lower: Sequence[str]) -> bool:
    """Return whether a name is that of a product by its first word; "Linux Foundation" and "Office of ..." are not."""
    if lower[0] not in words("product"):
        return False
    body = lower[0] in words("institution", forms=("singular",)) and lower[1:2] == ["of"]
    return not body and lower[-1] not in words("name_ending") - words("name_ending.weak", "common_in_names")


def names_technique(lower: Sequence[str]) -> bool:
    """Return whether words are the name of a tactic or technique of attackers: "Remote Services"."""
    return " ".join(lower) in techniques()
