"""Finds where a sentence reports what somebody says: who, with which reporting words, and which part of it is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from incidex.claims import statement_rules as rules
from incidex.claims.reporting_verbs import Verb, reporting_verbs
from incidex.claims.reporting_words import ReportingWord, Statement, Use
from incidex.claims.verb_groups import VerbGroup, has_particle, is_heading, verb_group
from incidex.english.lexicon import words
from incidex.english.tokens import Token
from incidex.records import ClaimKind, Span

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
    return [_with_outer_speaker(one, found, tokens) for one in found] if len(found) > 1 else found


def read_statement(word: ReportingWord) -> Statement | None:
    """Return the statement that the first rule for a reporting word finds."""
    for rule in STATEMENT_RULES:
        statement = rule.read(word) if rule.use == word.use else None
        if statement:
            return replace(statement, rule=rule.name)
    return None


@cache
def _reporting_words() -> frozenset[str]:
    return frozenset(reporting_verbs()) | _finding_verbs() | {"according"}


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
    verb = reporting_verbs().get(lower)
    if verb is None or not has_particle(tokens, index, verb) or is_heading(tokens, index):
        return None
    group = verb_group(tokens, index)
    use = _use(tokens, verb, group)
    return ReportingWord(tokens, use, verb, group, earlier) if use else None


def _use(tokens: Sequence[Token], verb: Verb, group: VerbGroup) -> Use | None:
    if group.passive:
        return "passive"
    if verb.form == "ing":
        return "participle"
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
