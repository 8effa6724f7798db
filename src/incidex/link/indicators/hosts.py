"""
Reads what contains the name of a host: URLs, e-mail addresses, domains; and file names, which look like domains.

What is defanged, has a scheme or begins with "www." is taken at its word. A bare name has to pass some checks.
"""

import re

from incidex.english.lexicon import words
from incidex.link.indicators.addresses import is_ipv4, is_ipv6
from incidex.link.indicators.forms import DOT, Form, is_defanged, refang
from incidex.link.indicators.known import known_hosts, listed
from incidex.link.indicators.suffixes import owned_name, public_suffix
from incidex.link.indicators.urls import url_end, without_tail
from incidex.records import IndicatorKind, Span

# The part of a host name between two dots.
LABEL = r"\w[\w-]{0,62}"

_WORD = re.compile(r"[\w&]+(?:-[\w&]+)*")
_GLUED = re.compile(rf"(?:{DOT})([A-Z][a-z]+|A|I)$")
_OTHER_DOMAIN = re.compile(r"\w\.[a-z]{2,24}(?:,| and| or|, and|, or) $")
# "shop.example,com" is another domain, defanged.
_COMMA_AS_DOT = re.compile(r",(?:com|net|org|info)(?!\w)")
_DOS = re.compile(r"[\w\s]{0,12}\b(?:DOS|COM) (?:program|file|executable)")
# What stands before and behind a name that a scanner gave to malware: "Win32/Kestrel.CO", "Kestrel.CA!tr".
_DETECTED_BEFORE = re.compile(r"(?:^|[^\w/.-])\w*[A-Z][\w-]{1,20}[/:]$")


def url_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the URL that `match` found, without what follows it."""
    end = url_end(text, match)
    written = text[match.start() : end]
    host = refang(match["host"]).lower()
    value = refang(written).replace("&amp;", "&")
    if end < match.end("host") or "://" not in value:
        return None
    begin = value.index("://") + 3
    if host.startswith("["):
        if not is_ipv6(host[1:-1]):
            return None
    elif not (is_ipv4(host) or _is_domain(host) or host == "localhost" or ("." in host and public_suffix(host))):
        return None
    # Schemes and hosts ignore case, paths do not.
    host_end = value.lower().find(host, begin) + len(host)
    defanged = value.lower() != written.lower().replace("&amp;", "&")
    value = value[:host_end].lower() + value[host_end:]
    return Form(Span(match.start(), end), IndicatorKind.URL, value, host.strip("[]"), defanged)


def email_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the e-mail address that `match` found."""
    written = _without_glue(match[0])
    value = refang(written).lower()
    host = value.rpartition("@")[2]
    if not (_is_domain(host) and len(host) <= 253):
        return None
    span = Span(match.start(), match.start() + len(written))
    return Form(span, IndicatorKind.EMAIL, value, host, value != written.lower())


def host_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the domain or file name that `match` found; a URL where a path follows the domain."""
    start, written = match.start("host"), _without_glue(match["host"])
    rest = match["rest"] or ""
    if written.startswith("_") and not rest and written.endswith("_"):
        # The emphasis of Markdown: "_shop.example_".
        start, written = start + 1, written[1:-1]
    end = start + len(written)
    value = refang(written).lower()
    labels = value.split(".")
    if _is_code(text, start, end) or len(labels) < 2 or all(label.isdecimal() for label in labels):
        return None
    defanged = value != written.lower()
    if _is_file(text, start, end, written, value):
        return _file(Span(start, end), written, defanged=defanged)
    if not _is_domain(value) or (not defanged and _is_detection(text, start, end)):
        return None
    certain = defanged or labels[0] == "www" or _is_bare_domain(text, start, end, written)
    if not certain and (not _is_possible_domain(written) or _COMMA_AS_DOT.match(text, end)):
        return None
    path = without_tail(rest)
    if len(path) > 1 and written == match["host"]:
        whole = value + refang(match["port"] or "") + refang(path)
        whole_end = match.start("rest") + len(path)
        defanged = defanged or whole.lower() != text[start:whole_end].lower()
        return Form(Span(start, whole_end), IndicatorKind.URL, whole, value, defanged, certain)
    return Form(Span(start, end), IndicatorKind.DOMAIN, value, value, defanged, certain)


def _without_glue(written: str) -> str:
    """Return a host without the first word of the next sentence: "shop.example.The" """
    glued = _GLUED.search(written)
    return written[: glued.start()] if glued else written


def _is_code(text: str, start: int, end: int) -> bool:
    """Return whether a dotted name is a function call, a variable, or part of something longer."""
    longer = text[end : end + 1] == "." and text[end + 1 : end + 2].islower()
    return longer or text[end : end + 1] == "(" or text[max(0, start - 1) : start] in ("$", "…")


def _is_domain(host: str) -> bool:
    """Return whether a lower-case host is well formed and ends with a public suffix."""
    owned = owned_name(host)
    return (
        owned is not None
        and "_" not in owned
        and not any(not label or label[-1] == "-" or label[0] == "-" or len(label) > 63 for label in host.split("."))
    )


def _file(span: Span, written: str, *, defanged: bool) -> Form | None:
    name = refang(written) if defanged else written
    stem = name.rpartition(".")[0]
    if name.lower() in listed("not_names") or not any(letter.isalnum() for letter in stem):
        return None
    # "Mirai.bas" may be a file, "3.5.zip" is one, "v2.log" too; "e.g.doc" is none.
    if all(len(label) == 1 and label.isalpha() for label in stem.split(".")) and "." in stem:
        return None
    return Form(span, IndicatorKind.FILE_NAME, name)


def _is_file(text: str, start: int, end: int, written: str, value: str) -> bool:
    """Return whether a dotted name is a file rather than a domain."""
    if value.endswith(".com"):
        return value in listed("old_programs") or _DOS.match(text, end) is not None
    if value.rpartition(".")[2] not in listed("file_endings") or (value.endswith(".rs") and not written.islower()):
        return False
    behind = _WORD.match(text[end : end + 25].lstrip(" ”’)'\"").lower())
    if behind and behind[0] in words("file_word"):
        return True
    return not _is_domain_after_all(text, start, end, value, written)


def _is_domain_after_all(text: str, start: int, end: int, value: str, written: str) -> bool:
    """Return whether a name that ends like a file is nevertheless a domain."""
    if not _is_domain(value) or "_" in value:
        return False
    # An "app" is far more often a site than the folder of a program on a Mac, whose name has a capital.
    if value.startswith("www.") or _is_known(value) or (value.endswith(".app") and written.islower()):
        return True
    if is_defanged(written):
        # "invoice[.]exe" is a file, "shop[.]pl" is not.
        return True
    return written.islower() and _is_called_site(text, start, end, surely=True)


def _is_bare_domain(text: str, start: int, end: int, written: str) -> bool:
    """Return whether a name without defanging is a domain, not a product, code, a detection or a sentence's end."""
    value = written.lower()
    labels, suffix = value.split("."), public_suffix(value)
    if suffix is None or value in listed("not_names") or ".".join(labels[-2:]) in listed("not_names"):
        return False
    if _is_known(value):
        return True
    last = written.rpartition(".")[2]
    if last.isupper() and len(last) == 2 and not written.isupper():
        return False
    if not (last.islower() or last.isupper()) or not any(letter.isalpha() for letter in labels[-2]):
        return False
    label = (owned_name(value) or "").split(".")[0]
    if len(label) < 2 or not any(letter.isalpha() for letter in label):
        return False
    if labels[0] in listed("detection_names") and labels[-1] not in ("com", "net", "org"):
        return False
    if labels[-1] in listed("plain_suffixes") or suffix.count("."):
        return True
    return _OTHER_DOMAIN.search(text, max(0, start - 40), start) is not None or _is_called_site(text, start, end)


def _is_possible_domain(written: str) -> bool:
    """Return whether a bare name would be a domain in a list of indicators: it is none for certain anywhere else."""
    value = written.lower()
    own = (owned_name(value) or "").split(".")[0]
    known = listed("not_names")
    return (
        written in (value, written.upper())
        and len(own) > 2
        and any(letter.isalpha() for letter in own)
        and not known & {value, ".".join(value.split(".")[-2:])}
        and value.split(".")[0] not in listed("detection_names")
    )


def _is_detection(text: str, start: int, end: int) -> bool:
    """Return whether a dotted name is part of the name that a scanner gave to malware."""
    before, behind = text[max(0, start - 24) : start], text[end : end + 2]
    if re.match(r"!\w", behind):
        return True
    found = _DETECTED_BEFORE.search(before)
    return found is not None and text[start].isupper()


def _is_known(host: str) -> bool:
    owned = owned_name(host)
    return any(name in known_hosts(role) for role in ("benign", "reference") for name in (host, owned) if name)


def _is_called_site(text: str, start: int, end: int, *, surely: bool = False) -> bool:
    """Return whether one of the four words before a name or of the two behind it says that it is a site."""
    site, weak = words("site_word"), words("site_word.weak")
    before = _WORD.findall(text[max(0, start - 60) : start].lower())[-4:]
    behind = _WORD.findall(text[end : end + 25].lower())[:2]
    return not (site - weak).isdisjoint([*before, *behind]) or (not surely and not site.isdisjoint(before))
