"""Ids that depend on nothing but what they are: our own and, for observables, those of the specification."""

import uuid

import pytest
import stix2

from incidex.export.stix.bundle import Bundle, identifier, observable


def test_the_same_key_has_the_same_id_and_no_uuid_serves_two_types() -> None:
    one, other = identifier("malware", "x"), identifier("tool", "x")
    assert one == identifier("malware", "x")
    assert one.partition("--")[2] != other.partition("--")[2]
    assert uuid.UUID(one.partition("--")[2]).version == 5


def test_keys_do_not_run_together() -> None:
    assert identifier("tool", "a b", "c") != identifier("tool", "a", "b c")


@pytest.mark.parametrize(
    ("kind", "contributing"),
    [
        ("domain-name", {"value": "bücher.example"}),
        ("url", {"value": "http://a.example/?a=\"b\"&c='d'\\"}),
        ("ipv4-addr", {"value": "192.0.2.1"}),
        ("file", {"name": "a\nb.exe"}),
        ("file", {"hashes": {"SHA-256": "ab" * 32}}),
        ("directory", {"path": "C:\\Windows"}),
        ("windows-registry-key", {"key": "HKEY_LOCAL_MACHINE\\a"}),
    ],
)
def test_observables_have_the_ids_that_stix2_gives_them(kind: str, contributing: dict[str, object]) -> None:
    ours = observable(kind, contributing)
    theirs = stix2.parse({"type": kind, "spec_version": "2.1", **contributing})
    assert ours["id"] == theirs["id"]


def test_the_same_object_is_there_once_and_empty_properties_are_not() -> None:
    objects = Bundle(tlp="green", modified="2026-01-01T00:00:00.000Z")
    before = len(objects.ids())
    assert objects.add("tool", ("x",), name="X", aliases=[], description=None) == objects.add("tool", ("x",), name="X")
    assert len(objects.ids()) == before + 1
    assert "aliases" not in objects.written("b")["objects"][-1]


def test_what_never_changes_has_no_later_version() -> None:
    objects = Bundle(tlp="green", modified="2026-01-01T00:00:00.000Z")
    objects.add("vulnerability", ("CVE-1",), fixed=True, name="CVE-1")
    objects.add("tool", ("x",), name="X")
    fixed, moving = objects.written("b")["objects"][-2:]
    assert fixed["modified"] == fixed["created"] == moving["created"]
    assert moving["modified"] == "2026-01-01T00:00:00.000Z"
