"""What has the form of an indicator, of each kind, and in which order forms are sought."""

import pytest

from incidex.link.indicators.finder import find_forms, is_all_indicators
from incidex.records import Span

MD5 = "9e107d9d372bb6826bd81d3542a419d6"


def forms(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.value) for one in find_forms(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (f"hash {MD5.upper()}.", "md5", MD5),
        (f"hash {MD5}{MD5}", "sha256", MD5 * 2),
        ("CVE–2017–0144 is", "cve", "CVE-2017-0144"),
        ("cve 2017-0144", "cve", "CVE-2017-0144"),
        ("the ATT&CK technique t1566.001 and T1566.001", "attack-id", "T1566.001"),
        (r"in HKLM\Software\Run Once\x.", "registry-key", r"HKEY_LOCAL_MACHINE\Software\Run Once\x"),
        (r"in C:\Program Files\x\run.exe, then", "path", r"C:\Program Files\x\run.exe"),
        ("in /etc/cron.d/x.", "path", "/etc/cron.d/x"),
        ("to 2001:db8::7 on", "ipv6", "2001:db8::7"),
        ("by @salt_marsh on", "handle", "@salt_marsh"),
        ("the #FerryLeak tag", "hashtag", "#FerryLeak"),
    ],
)
def test_kinds(text: str, kind: str, value: str) -> None:
    assert (kind, value) in forms(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (r"It drops C:\Kestrel\k.exe and %TEMP%\a b\k.dll too.", [r"C:\Kestrel\k.exe", r"%TEMP%\a b\k.dll"]),
        (
            r"It adds C:\k.dat, HKCU\Run\k and C:\My Files\k.",
            [r"C:\k.dat", r"HKEY_CURRENT_USER\Run\k", r"C:\My Files\k"],
        ),
    ],
)
def test_a_file_ends_its_path(text: str, values: list[str]) -> None:
    assert [value for _, value in forms(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"commit {MD5}01234567", id="a commit"),
        pytest.param("1" * 32, id="digits alone"),
        pytest.param("ab" * 16, id="two letters"),
        pytest.param("CVE-1817-0144", id="no year of a CVE"),
        pytest.param("std::vector", id="code"),
        pytest.param("we ranked #1", id="a number"),
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert forms(text) == []


def test_a_number_of_attack_is_in_doubt_where_nothing_says_attack() -> None:
    text = "T1566 is a tractor"
    assert [one.certain for one in find_forms(text, Span(0, len(text)))] == [False]


def test_nothing_is_sought_inside_what_was_found() -> None:
    text = f"http://shop.com/{MD5}/run.exe?to=ann@shop.com"
    assert forms(text) == [("url", text)]


def test_only_the_block_is_searched() -> None:
    text = "aa.com bb.com cc.com"
    assert [one.value for one in find_forms(text, Span(7, 13))] == ["bb.com"]


@pytest.mark.parametrize(
    "line",
    [
        "mail.kestrel-login.example",
        "hxxps://kestrel[.]example/login?id=7",
        "- 192.0.2[.]7:8443",
        "17. 192.0.2.7, 192.0.2.8 and 192.0.2.9",
        f"SHA-256: {MD5}{MD5}",
        f"| kestrel-login.example | 192.0.2.7 | {MD5} |",
        "2026-03-01,kestrel-login[.]example,192.0.2.7,443",
        "IP: 192.0.2.7 Port: 443",
        "clerk@kestrel-login.example",
        r"C:\Windows\Temp\k.exe",
        r"HKLM\Software\Kestrel\Run",
        "2001:db8::7",
    ],
)
def test_a_line_of_nothing_but_indicators_is_recognised(line: str) -> None:
    assert is_all_indicators(f"Before. {line}\nAfter", Span(8, 8 + len(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Hackers used 192.0.2.7.",
        "kestrel-login.example (stolen)",
        "Breached: kestrel-login.example",
        "CVE-2026-1234",
        "T1566.001, 192.0.2.7",
        "#FerryLeak",
        "SHA-256",
        "2026-03-01",
        "7",
        "–",
        "Indicators of compromise",
    ],
)
def test_a_line_with_a_word_or_a_number_of_a_flaw_is_none(line: str) -> None:
    assert not is_all_indicators(line, Span(0, len(line)))
