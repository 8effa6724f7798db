"""Writes technical values as STIX observables and patterns."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import quote

from incidex.export.stix.bundle import Object, observable
from incidex.records import IndicatorKind, Observable

_VALUES = {
    IndicatorKind.DOMAIN: "domain-name",
    IndicatorKind.URL: "url",
    IndicatorKind.IPV4: "ipv4-addr",
    IndicatorKind.IPV6: "ipv6-addr",
    IndicatorKind.EMAIL: "email-addr",
}
_HASHES = {
    IndicatorKind.MD5: "MD5",
    IndicatorKind.SHA1: "SHA-1",
    IndicatorKind.SHA256: "SHA-256",
    IndicatorKind.SHA512: "SHA-512",
}
# Scheme, host, path with query, fragment.
_ADDRESS = re.compile(
    r"([A-Za-z][A-Za-z0-9+.\-]*://)"
    r"((?:[^/?#@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]]+)(?::[0-9]*)?)"
    r"([^#]*)(?:#(.*))?",
    re.DOTALL,
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_FORMS = {
    IndicatorKind.DOMAIN: re.compile(rf"(?:{_LABEL}\.)+{_LABEL}"),
    IndicatorKind.EMAIL: re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?:{_LABEL}\.)+{_LABEL}"),
    IndicatorKind.MD5: re.compile(r"[0-9A-Fa-f]{32}"),
    IndicatorKind.SHA1: re.compile(r"[0-9A-Fa-f]{40}"),
    IndicatorKind.SHA256: re.compile(r"[0-9A-Fa-f]{64}"),
    IndicatorKind.SHA512: re.compile(r"[0-9A-Fa-f]{128}"),
    IndicatorKind.REGISTRY_KEY: re.compile(r"HKEY_[A-Z_]+(?:\\.*)?", re.DOTALL),
}
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "%/:?@!$&'()*+,;=-._~[]"
_FOLDER = re.compile(r"(?P<folder>.*[/\\])(?P<name>[^/\\]*)", re.DOTALL)


def uri(address: str) -> str | None:
    """
    Return an address in the characters that RFC 3986 allows, all others percent-encoded.

    None if it has no scheme ("evil.example/login") or no host.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    host, path, fragment = (quote(_PERCENT.sub("%25", part or ""), safe=_SAFE) for part in match.group(2, 3, 4))
    path = path.replace("[", "%5B").replace("]", "%5D")
    fragment = fragment.replace("[", "%5B").replace("]", "%5D")
    return f"{match[1]}{host}{path}{f'#{fragment}' if match[4] is not None else ''}"


def observables(value: Observable) -> tuple[Object, ...]:
    """Return the observable of a value, preceded by what it refers to; none if STIX has no type for it."""
    if value.kind is IndicatorKind.URL:
        address = uri(value.value)
        return (observable("url", {"value": address}),) if address else ()
    if not _is_sound(value):
        return ()
    if value.kind in _VALUES:
        return (observable(_VALUES[value.kind], {"value": value.value}),)
    if value.kind in _HASHES:
        return (observable("file", {"hashes": {_HASHES[value.kind]: value.value}}),)
    makers: dict[IndicatorKind, Callable[[str], tuple[Object, ...]]] = {
        IndicatorKind.FILE_NAME: lambda name: (observable("file", {"name": name}),),
        IndicatorKind.PATH: _path,
        IndicatorKind.REGISTRY_KEY: lambda key: (observable("windows-registry-key", {"key": key}),),
    }
    return makers[value.kind](value.value) if value.kind in makers else ()


def pattern(value: Observable) -> str | None:
    """Return the pattern that matches a value; None if STIX has no type for it."""
    if value.kind is IndicatorKind.URL and uri(value.value) is None:
        return f"[url:value LIKE {_quoted(f'%://{value.value}')}]"
    if not _is_sound(value):
        return None
    if value.kind in _VALUES:
        return f"[{_VALUES[value.kind]}:value = {_quoted(value.value)}]"
    if value.kind in _HASHES:
        return f"[file:hashes.'{_HASHES[value.kind]}' = {_quoted(value.value)}]"
    if value.kind is IndicatorKind.FILE_NAME:
        return f"[file:name = {_quoted(value.value)}]"
    if value.kind is IndicatorKind.REGISTRY_KEY:
        return f"[windows-registry-key:key = {_quoted(value.value)}]"
    if value.kind is IndicatorKind.PATH:
        folder, name = _parts(value.value)
        if not name:
            return f"[directory:path = {_quoted(folder)}]"
        inside = f" AND file:parent_directory_ref.path = {_quoted(folder)}" if folder else ""
        return f"[file:name = {_quoted(name)}{inside}]"
    return None


def _is_sound(value: Observable) -> bool:
    """Return whether a value has the form that the specification requires for its type."""
    if value.kind in (IndicatorKind.IPV4, IndicatorKind.IPV6):
        try:
            return ip_network(value.value, strict=False).version == (4 if value.kind is IndicatorKind.IPV4 else 6)
        except ValueError:
            return False
    if value.kind is IndicatorKind.DOMAIN and "xn--" in value.value.lower():
        try:
            value.value.encode().decode("idna")
        except UnicodeError:
            return False
    form = _FORMS.get(value.kind)
    return form is None or form.fullmatch(value.value) is not None


def _path(path: str) -> tuple[Object, ...]:
    folder, name = _parts(path)
    if not folder:
        return (observable("file", {"name": name}),)
    directory = observable("directory", {"path": folder})
    if not name:
        return (directory,)
    return directory, observable("file", {"name": name, "parent_directory_ref": directory["id"]})


def _parts(path: str) -> tuple[str, str]:
    """Return folder and file name of a path, either of which may be empty; the folder without a slash at its end."""
    match = _FOLDER.fullmatch(path)
    if not match:
        return "", path
    return match["folder"].rstrip("/\\") or match["folder"], match["name"]


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
