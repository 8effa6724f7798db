"""Technical values as observables and patterns."""

from typing import Any

import pytest
from stix2patterns.validator import validate

from incidex.export.stix.values import observables, pattern, uri
from incidex.records import IndicatorKind, Observable


@pytest.mark.parametrize(
    ("kind", "value", "properties", "rule"),
    [
        ("domain", "a.example", {"value": "a.example"}, "[domain-name:value = 'a.example']"),
        ("ipv4", "192.0.2.1", {"value": "192.0.2.1"}, "[ipv4-addr:value = '192.0.2.1']"),
        ("ipv6", "2001:db8::1", {"value": "2001:db8::1"}, "[ipv6-addr:value = '2001:db8::1']"),
        ("email", "a@b.example", {"value": "a@b.example"}, "[email-addr:value = 'a@b.example']"),
        ("url", "http://a.example/ü", {"value": "http://a.example/%C3%BC"}, "[url:value = 'http://a.example/ü']"),
        ("md5", "0" * 32, {"hashes": {"MD5": "0" * 32}}, f"[file:hashes.'MD5' = '{'0' * 32}']"),
        ("sha256", "0" * 64, {"hashes": {"SHA-256": "0" * 64}}, f"[file:hashes.'SHA-256' = '{'0' * 64}']"),
        ("file-name", "it's.exe", {"name": "it's.exe"}, "[file:name = 'it\\'s.exe']"),
        (
            "registry-key",
            "HKEY_USERS\\a",
            {"key": "HKEY_USERS\\a"},
            "[windows-registry-key:key = 'HKEY_USERS\\\\a']",
        ),
        ("path", "/tmp/", {"path": "/tmp"}, "[directory:path = '/tmp']"),
        (
            "path",
            "C:\\a\\b.exe",
            {"name": "b.exe", "parent_directory_ref": "that of the folder"},
            "[file:name = 'b.exe' AND file:parent_directory_ref.path = 'C:\\\\a']",
        ),
    ],
)
def test_values(kind: str, value: str, properties: dict[str, Any], rule: str) -> None:
    found_value = Observable(IndicatorKind(kind), value, True, "")
    written = observables(found_value)[-1]
    found = {name: part for name, part in written.items() if name not in ("type", "spec_version", "id")}
    if "parent_directory_ref" in found:
        properties = {**properties, "parent_directory_ref": observables(found_value)[0]["id"]}
    assert found == properties
    assert pattern(found_value) == rule
    assert validate(rule)


def test_an_address_without_a_scheme_is_matched_with_any() -> None:
    found_value = Observable(IndicatorKind.URL, "a.example/login", True, "")
    assert observables(found_value) == ()
    assert pattern(found_value) == "[url:value LIKE '%://a.example/login']"


@pytest.mark.parametrize("kind", ["handle", "hashtag", "crypto-address", "attack-id", "cve"])
def test_what_stix_has_no_type_for(kind: str) -> None:
    found_value = Observable(IndicatorKind(kind), "x", True, "")
    assert (observables(found_value), pattern(found_value)) == ((), None)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://[::1]:80/a[1]?q=%zz#f#g", "https://[::1]:80/a%5B1%5D?q=%25zz#f%23g"),
        ("http://a.example/a b", "http://a.example/a%20b"),
        ("a.example/login", None),
        ("http:///x", None),
    ],
)
def test_addresses(address: str, written: str | None) -> None:
    assert uri(address) == written
