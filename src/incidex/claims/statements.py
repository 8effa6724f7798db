"""Finds where a sentence reports what somebody says: who, with which reporting words, and which part of it is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.claims import disclosure_rules as disclosures
from incidex.claims import statement_rules as rules
from incidex.claims.reporting_verbs import Verb, reporting_verbs
from incidex.claims.reporting_words import ReportingWord, Statement, Use
from incidex.claims.verb_groups import VerbGroup, has_particle, is_heading, verb_group
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind, Span

# In tokens.
_FARTHEST_ISSUED = 6
# "According to" and "found no evidence" state something, whatever comes after.
_STATES = Verb(ClaimKind.STATES, "only", needs_clause=False, with_as=False, particle="")


@dataclass(frozen=True, slots=True)
class StatementRule:
    """
    A rule for who says what.

    Attributes:
        name: What `Claim.rule` says of the claims that it finds.
        example: A sentence that it reads and the other rules do not.
        use: How the reporting word has to be used.
        read: Returns the statement, or None where the rule does not apply.
    """

    name: str
    example: str
    use: Use
    read: Callable[[ReportingWord], Statement | None]


# The first rule for the use of a reporting word that has an answer reads it.
STATEMENT_RULES = (
    StatementRule("according to X", "According to Acme, thieves stole the records.", "according", rules.according_to),
    StatementRule(
        "found no evidence",
        "Acme has found no evidence that records were stolen.",
        "finding no",
        rules.found_no_evidence,
    ),
    StatementRule(
        "is not aware of", "Acme is not aware of any theft of records.", "not aware", disclosures.not_aware_of
    ),
    StatementRule(
        "issued a statement that",
        "Acme issued a statement that records were stolen.",
        "issuing",
        disclosures.issued_that,
    ),
    StatementRule("said by X", "The flaw was described by Acme as a mistake.", "passive", rules.said_by),
    StatementRule("is believed", "Thieves are believed to have stolen the records.", "passive", rules.is_believed),
    StatementRule(
        "adding that", "The company apologised, adding that records were stolen.", "participle", rules.adding_that
    ),
    StatementRule(
        "to confirm that",
        "The company went on to say that records were stolen.",
        "infinitive",
        rules.to_confirm_that,
    ),
    StatementRule("is believed", "Thieves, thought to be foreign, stole the records.", "finite", rules.thought_to),
    StatementRule("disclosed a breach", "Acme has disclosed a data breach.", "finite", disclosures.disclosed),
    StatementRule(
        "an accusation that X denied",
        "It was a theft by Acme, an accusation that Foxglove denied.",
        "finite",
        disclosures.accusation_denied,
    ),
    StatementRule("..., said X", "“Thieves stole the records,” said Jane Roe.", "finite", rules.said_x),
    StatementRule("..., X said", "Thieves stole the records, Acme said.", "finite", rules.x_said_after),
    StatementRule("X said", "Acme said that thieves stole the records.", "finite", rules.x_said),
)


def statements(tokens: Sequence[Token]) -> list[Statement]:
    """Return the statements of a sentence in the order of their reporting words."""
    found: list[Statement] = []
    reporting_words = _reporting_words()
    for index, token in enumerate(tokens):
        if token.lower in reporting_words:
            word = _reporting_word(tokens, index, found[-1] if found else None)
            statement = read_statement(word) if word else None
            found += [statement] if statement else []
    if len(found) < 2:
        return found
    return [_with_outer_speaker(one, found, tokens) for one in found if not _is_told(one, found)]


def _is_told(statement: Statement, found: Sequence[Statement]) -> bool:
    """Whether somebody else says who is not aware of it: "Acme said the company is not aware of any theft"."""
    if statement.rule != "is not aware of":
        return False
    return any(_part_with(one, statement.cue.start) for one in found if one is not statement and one.speaker)


def read_statement(word: ReportingWord) -> Statement | None:
    """Return the statement that the first rule for a reporting word finds."""
    for rule in STATEMENT_RULES:
        statement = rule.read(word) if rule.use == word.use else None
        if statement:
            return replace(statement, rule=rule.name)
    return None


@cache
def _reporting_words() -> frozenset[str]:
    forms = ("base", "s", "past", "participle")
    others = words("issuing", forms=forms) | words("awareness") | {"according"}
    return frozenset(reporting_verbs()) | _finding_verbs() | others


@cache
def _finding_verbs() -> frozenset[str]:
    return words("finding_nothing", forms=("base", "s", "past", "participle", "only"))


def _reporting_word(tokens: Sequence[Token], index: int, earlier: Statement | None) -> ReportingWord | None:
    lower = tokens[index].lower
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if lower == "according" and after == "to":
        group = VerbGroup(index, index, index + 2, passive=False, negated=False, infinitive=False)
        return ReportingWord(tokens, "according", _STATES, group, earlier)
    if after == "no" and lower in _finding_verbs():
        group = replace(verb_group(tokens, index - (lower == "of" and index > 0)), last=index + 1, negated=False)
        return ReportingWord(tokens, "finding no", _STATES, group, earlier)
    if lower in words("awareness"):
        return _unawareness(tokens, index, earlier)
    issued = _issued_text(tokens, index)
    if issued:
        group = replace(verb_group(tokens, index), last=issued + 1)
        return None if group.passive else ReportingWord(tokens, "issuing", _STATES, group, earlier)
    return _reporting_verb(tokens, index, earlier)


def _unawareness(tokens: Sequence[Token], index: int, earlier: Statement | None) -> ReportingWord | None:
    """Return "is not aware" or "is unaware" at `index` if "of" follows."""
    group = verb_group(tokens, index)
    unaware = group.negated or tokens[index].lower in words("negation.event")
    if not unaware or index + 1 == len(tokens) or tokens[index + 1].lower != "of":
        return None
    return ReportingWord(tokens, "not aware", _STATES, replace(group, negated=False, passive=False), earlier)


def _issued_text(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the noun in "issued a statement that", where the verb is at `index`."""
    if tokens[index].lower not in words("issuing", forms=("base", "s", "past", "participle")):
        return None
    nouns = (i for i in range(index + 1, min(len(tokens) - 1, index + _FARTHEST_ISSUED)))
    noun = next((i for i in nouns if tokens[i].lower in words("assurance")), None)
    return noun if noun and tokens[noun + 1].lower == "that" else None


def _reporting_verb(tokens: Sequence[Token], index: int, earlier: Statement | None) -> ReportingWord | None:
    verb = reporting_verbs().get(tokens[index].lower)
    if verb is None or not has_particle(tokens, index, verb) or is_heading(tokens, index):
        return None
    group = verb_group(tokens, index)
    if verb.form == "ing" and index > 1 and tokens[index - 1].lower in words("beginning"):
        # "Began notifying customers"
        group = replace(verb_group(tokens, index - 1), last=group.last)
        return ReportingWord(tokens, "finite", verb, group, earlier)
    use = _use(tokens, verb, group)
    return ReportingWord(tokens, use, verb, group, earlier) if use else None


def _use(tokens: Sequence[Token], verb: Verb, group: VerbGroup) -> Use | None:
    if group.passive:
        return "passive"
    if verb.form == "ing":
        progressive = any(token.lower in words("auxiliary.be") for token in tokens[group.first : group.last - 1])
        return "finite" if progressive else "participle"
    if verb.form == "participle" or (verb.form == "base" and group.infinitive and not group.negated):
        return "infinitive"
    after = [token.lower for token in tokens[group.last : group.last + 2]]
    # "Tweeted to confirm that": the second verb says it.
    return None if len(after) == 2 and after[0] == "to" and after[1] in reporting_verbs() else "finite"


def _with_outer_speaker(statement: Statement, found: Sequence[Statement], tokens: Sequence[Token]) -> Statement:
    """
    Return a statement by nobody, or by "his analysis", as one by whoever says it.

    "X said his analysis indicated that ..." is a statement by X.
    """
    if statement.speaker and tokens[statement.speaker.last - 1].lower not in words("analysis"):
        return statement
    for other in found:
        outer = _part_with(other, statement.cue.start)
        if outer and other is not statement and other.speaker:
            first = statement.contents[0]
            clipped = Span(max(first.start, outer.start), min(first.end, outer.end))
            return replace(statement, speaker=other.speaker, contents=(clipped,))
    return statement


def _part_with(statement: Statement, position: int) -> Span | None:
    return next((span for span in statement.contents if span.start <= position < span.end), None)
