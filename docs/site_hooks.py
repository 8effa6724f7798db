"""What mkdocs calls while it builds the website: links out of docs/ made absolute, nothing loaded from other hosts."""

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

_LINK = re.compile(r"(?<=\]\()(?P<target>\.\./[^)\s#]+)(?P<anchor>#[^)\s]*)?(?=\))")
_LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^>]*>"
    r"|<link\b[^>]*\brel=[\"']?(?:stylesheet|preconnect|icon)\b[^>]*\bhref=[\"']?(?:https?:)?//[^>]*>"
    r"|<link\b[^>]*\bhref=[\"']?(?:https?:)?//[^>]*\brel=[\"']?(?:stylesheet|preconnect|icon)\b[^>]*>"
)


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: Any) -> str:
    """Return a page's Markdown with its links to files outside docs/ made absolute."""
    docs = Path(config.docs_dir)
    folder = (docs / page.file.src_uri).parent

    def absolute(match: re.Match[str]) -> str:
        target = (folder / match["target"]).resolve()
        if target.is_relative_to(docs) or not target.exists():
            return match[0]  # mkdocs checks it
        repository = config.extra["repository"]
        return f"{repository}/blob/main/{target.relative_to(docs.parent).as_posix()}{match['anchor'] or ''}"

    return _LINK.sub(absolute, markdown)


def on_post_build(*, config: Any, **_: Any) -> None:
    """Fail if a page would load a script, a style sheet or a picture from another host."""
    for page in sorted(Path(config.site_dir).rglob("*.html")):
        if match := _LOADED.search(page.read_text("utf-8")):
            raise PluginError(f"{page.name} loads something from another host: {match[0]}")
