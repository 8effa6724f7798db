"""Reads paths of files and folders, file names with spaces, and keys of the Windows registry."""

import re
from collections.abc import Iterator

from incidex.english.patterns import alternatives
from incidex.link.indicators.forms import Form
from incidex.link.indicators.known import listed
from incidex.records import IndicatorKind, Span

_STEP = r"(?:[^\\/:*?\"<>|\s,;“”‘’()`]|<[\w .-]{1,30}>(?=[\\/]|$)){1,100}"
# A file with a space behind it ends a path: "C:\k.exe and %TEMP%\k.dll" are two.
_ENDS = (
    "exe|dll|sys|ps1|bat|cmd|vbs|js|scr|dat|tmp|txt|log|docx?|docm|xlsx?|xlsm|zip|rar|7z|lnk|msi|hta|jar|py|php|bin|ini"
    "|db|iso|img|pdf|rtf|pptx?|chm|cpl|ocx|wll|vbe|wsf|hwp|html?|apk|dmg|pkg|sh|elf|so"
)
_FILE = rf"[^\\\s]{{1,100}}\.(?:{_ENDS}),? "
_SLASHES = r"\\{1,2}"
# Folders may have spaces in their names if another backslash follows: "Program Files".
_FOLDERS = rf"(?:(?!{_FILE}){_STEP}(?: (?:{_STEP}|\(x86\))){{0,3}}{_SLASHES}){{0,30}}"
_PREFIX = r"(?:[A-Za-z]:\\{1,2}|%\w{2,30}%\\{1,2}|\$env:\w{2,30}\\|\\\\[?.]\\(?:[A-Za-z]:\\)?|\\\\[\w.$-]{1,60}\\)"
_QUOTED = r"[^\"“”`<>|*?\n]{1,250}"
_UNIX = r"[\w.@%+~-]{1,100}(?: [A-Z][\w-]{1,40}(?=/))?"
_ROOTS = (
    "etc|var|tmp|usr|home|opt|bin|sbin|dev|proc|root|Library|Users|Applications|System|private|data|sdcard|mnt|srv|lib|boot"
    "|run|Volumes"
)
# What follows a program in quotes: "k.exe /r", "java -jar k.jar".
_OPTIONS = re.compile(rf"(?<=\.)(?:{_ENDS})(?P<rest> +[-–/]\S)")
_OPTION = re.compile(r"\s[-–/]\w")
_HIVES = {
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKCU": "HKEY_CURRENT_USER",
    "HKCR": "HKEY_CLASSES_ROOT",
    "HKU": "HKEY_USERS",
    "HKCC": "HKEY_CURRENT_CONFIG",
}
_LONG_HIVES = (
    "HKEY_(?:LOCAL_MACHINE|CURRENT_USER|CLASSES_ROOT|USERS|CURRENT_CONFIG|PERFORMANCE_DATA|LOCAL_USER|[A-Z_]{5,20})"
)

REGISTRY_KEY = (
    rf"(?<!\w)<?(?P<hive>{_LONG_HIVES}|HK(?:LM|CU|CR|U|CC))>?:?(?P<rest>{_SLASHES}{_FOLDERS}(?:{_STEP})?"
    r"(?: [A-Z]\w{1,30}(?=[”\"'`]|\.?$|\.\s))?)"
)


def path_patterns() -> Iterator[str]:
    """Yield the patterns for paths, the surest first."""
    # In quotes, the last part may have spaces as well.
    yield rf"(?<=[\"“`]){_PREFIX}{_QUOTED}(?=[\"”`])"
    # "C:\Tools\my svc.exe", but "C:\Tools\svc and run.exe" are two.
    word = rf"(?!(?:{alternatives(listed('words_between_paths'))})(?!\w))[\w()&+-]{{1,40}}"
    yield (
        rf"(?<![\w\\]){_PREFIX}{_FOLDERS}(?!{_STEP}\.(?:{_ENDS})(?!\w)){_STEP}"
        rf"(?: {word}){{1,3}}\.(?:{_ENDS})(?!\w)"
    )
    yield (
        rf"(?<![\w\\]){_PREFIX}{_FOLDERS}{_STEP}(?::[\w-]{{1,60}}\.[A-Za-z]\w{{1,5}}(?!\w))?"
        rf"|(?<![\w/.:~)}}>-])~?/(?:{_ROOTS})(?:/{_UNIX}){{1,20}}/?"
        rf"|(?<![\w/.:~)}}>-])~/[\w.@%+~-]{{1,100}}(?:/{_UNIX}){{0,20}}/?"
        r"|(?<![\w/.:)}>-])(?:/[\w.@%+~-]{1,100}){1,20}(?<=[^/]\.)"
        r"(?:php|aspx?|jsp|cgi|html?|sh|py|exe|js|xml|conf|log|txt)(?!\w)"
        r"|(?<![\w/\\])[A-Za-z]:/(?:[\w.@%+~-]{1,100}/){0,20}[\w.@%+~-]{1,100}"
    )


def file_patterns() -> Iterator[str]:
    """Yield the patterns for file names with spaces, apostrophes or brackets."""
    yield rf"(?<=[\"“`])(?!\w+://)\w[^\"“”`<>|*?\n\\/:]{{0,80}}\.(?:{_ENDS})(?=[\"”`])"
    yield rf"(?<![\w.%@'-])\w[\w-]{{0,60}}(?:'\w{{1,60}}|\(\d{{1,6}}\))\.(?:{_ENDS})(?!\w)"


def path_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the path that `match` found, without the punctuation behind it."""
    options = _OPTIONS.search(match[0])
    written = (match[0][: options.start("rest")] if options else match[0]).rstrip(".,;:!?'\"")
    while written[-1:] in ("]", "}") and written.count(written[-1]) > written.count({"]": "[", "}": "{"}[written[-1]]):
        written = written[:-1].rstrip(".,;:!?'\"")
    value = re.sub(r"(?<=.)\\\\", lambda _: "\\", written)
    return Form(Span(match.start(), match.start() + len(written)), IndicatorKind.PATH, value) if written else None


def file_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the file name that `match` found; None if it is a sentence or a command in quotes that ends with one."""
    if len(match[0].split()) > 8 or match[0].count(".") > 4 or _OPTION.search(match[0]):
        return None
    return Form(Span(*match.span()), IndicatorKind.FILE_NAME, match[0])


def registry_form(text: str, match: re.Match[str]) -> Form | None:
    """Return the key that `match` found, with the long name of its hive."""
    rest = match["rest"].rstrip("\\.'")
    rest = rest[:-1] if rest.endswith("]") and "[" not in rest else rest
    if len(rest) < 2:
        return None
    hive = match["hive"].upper()
    value = _HIVES.get(hive, hive) + rest.replace("\\\\", "\\")
    return Form(Span(match.start(), match.start("rest") + len(rest)), IndicatorKind.REGISTRY_KEY, value)
