"""Checks that each rule for claims reads its example, which no other rule reads in its place."""

import pytest

from incidex.claims import accusation_claims, speech_index
from incidex.claims import attributions as attribution_table
from incidex.claims import statements as statement_table
from incidex.claims.attributions import ATTRIBUTION_RULES, AttributionRule, attributions
from incidex.claims.responsibility import ResponsibilityRule, responsibility_claims, responsibility_rules
from incidex.claims.statements import STATEMENT_RULES, StatementRule, statements
from incidex.english.tokens import tokenise


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.read.__name__) for rule in STATEMENT_RULES])
def test_a_rule_for_statements_reads_its_example(rule: StatementRule, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = tokenise(rule.example)
    assert [statement.rule for statement in statements(tokens)] == [rule.name]
    others = tuple(other for other in STATEMENT_RULES if other is not rule)
    monkeypatch.setattr(statement_table, "STATEMENT_RULES", others)
    assert rule.name not in [statement.rule for statement in statements(tokens)]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.read.__name__) for rule in ATTRIBUTION_RULES])
def test_a_rule_for_attributions_reads_its_example(rule: AttributionRule, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = tokenise(rule.example)
    assert [one.rule for one in attributions(tokens, rule.example)] == [rule.name]
    others = tuple(other for other in ATTRIBUTION_RULES if other is not rule)
    monkeypatch.setattr(attribution_table, "ATTRIBUTION_RULES", others)
    assert rule.name not in [one.rule for one in attributions(tokens, rule.example)]


def test_rules_that_are_treated_apart_exist() -> None:
    names = {rule.name for rule in ATTRIBUTION_RULES}
    assert names >= accusation_claims.DESCRIBING_RULES
    assert names >= speech_index.BLAMING_RULES


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in responsibility_rules()])
def test_a_rule_for_responsibility_reads_its_example(rule: ResponsibilityRule) -> None:
    found = list(responsibility_claims(tokenise(rule.example), rule.example))
    assert [one.rule for one in found] == [rule.name]
