"""Arguments come to the trigger that they belong to, in a role that its event type has."""

import numpy as np
import pytest

from incidex.encoder.output import Decoding
from incidex.events.assemble import find_mentions, licences
from incidex.labels import scheme
from incidex.records import Realis, Span

HALF = Decoding(trigger=0.5, argument=0.5, same=0.0)
TRIGGERS = {0: {"AttackRansom": 0.9}, 4: {"PatchVulnerability": 0.8}}


def mentions(window_output):
    return [found.mention for found in find_mentions(window_output, HALF)]


def test_an_argument_goes_to_the_best_linked_trigger(window_output):
    made = window_output([0] * 5, TRIGGERS, {2: {"Time": 0.9}}, links={(2, 0): 1.0, (2, 4): 2.0})
    ransom, patch = mentions(made)
    assert ransom.arguments == ()
    assert [(argument.span, argument.role) for argument in patch.arguments] == [(Span(4, 5), "Time")]


def test_but_only_to_one_that_has_a_role_for_it(window_output):
    made = window_output([0] * 5, TRIGGERS, {2: {"Money": 0.9}}, links={(2, 4): 9.0})
    ransom, patch = mentions(made)
    assert patch.arguments == ()
    assert [argument.entity_type for argument in ransom.arguments] == ["Money"]


def test_an_argument_that_no_trigger_takes_is_left_out(window_output):
    made = window_output([0] * 5, {0: TRIGGERS[0]}, {2: {"CVE": 0.9}})
    assert mentions(made)[0].arguments == ()


def test_an_argument_belongs_to_a_trigger_of_its_own_sentence(window_output):
    made = window_output([0, 0, 0, 1, 1], TRIGGERS, {2: {"Time": 0.9}}, links={(2, 0): 1.0, (2, 4): 2.0})
    ransom, patch = mentions(made)
    assert [argument.entity_type for argument in ransom.arguments] == ["Time"]
    assert patch.arguments == ()


def test_a_type_that_no_trigger_of_the_sentence_takes_gives_way_to_one_that_it_takes(window_output):
    made = window_output([0] * 5, {0: TRIGGERS[0]}, {2: {"CVE": 0.6, "Malware": 0.3}})
    assert [argument.entity_type for argument in mentions(made)[0].arguments] == ["Malware"]


def test_arguments_without_trigger_are_no_event(window_output):
    assert mentions(window_output([0] * 5, {}, {2: {"Time": 0.9}})) == []


def test_the_role_is_the_likeliest_that_is_licensed(window_output):
    roles = {2: {"Victim": 1.0, "Attacker": 2.0, "Releaser": 5.0}}
    made = window_output([0] * 5, {0: TRIGGERS[0]}, {2: {"Person": 0.9}}, roles)
    (argument,) = mentions(made)[0].arguments
    assert argument.role == "Attacker"
    assert argument.score == pytest.approx(0.9 / (1 + np.exp(-1)), abs=1e-4)


def test_realis_is_that_of_all_tokens_of_the_trigger(window_output):
    triggers = {0: {"AttackRansom": 0.9}, 1: {"+AttackRansom": 0.9}}
    made = window_output([0] * 3, triggers, realis={0: (0.5, 0.1, 0.4), 1: (0.1, 0.1, 0.8)})
    assert [mention.realis for mention in mentions(made)] == [Realis.OTHER]


def test_licences_are_those_of_the_scheme():
    taken = {
        (event.name, entity, role)
        for event in scheme().event_types
        for role, entities in event.roles.items()
        for entity in entities
    }
    assert licences().sum() == len(taken)
    assert licences()[
        scheme().names.index("AttackRansom"), scheme().entity_types.index("Money"), scheme().roles.index("Price")
    ]
    assert not licences()[scheme().names.index("PatchVulnerability"), scheme().entity_types.index("Money")].any()
