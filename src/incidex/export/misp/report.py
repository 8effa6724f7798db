"""Writes the report of a MISP event: who says what, in Markdown with references to the event's objects."""

import re
from collections.abc import Mapping

from incidex.export.exchange.attacks import words_for
from incidex.export.exchange.facts import Article, Facts, Happening
from incidex.export.exchange.said import quoted, summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#!|@~&])")


def event_report(facts: Facts, incidents: Mapping[str, str], claims: Mapping[str, str]) -> str:
    """
    Return the Markdown of an event's report.

    Args:
        incidents: The UUIDs of the objects that stand for the happenings.
        claims: The UUIDs of the objects that stand for the claims.
    """
    lines = ["# Reports", ""]
    lines += [f"- {_article(article)}" for article in facts.articles]
    for happening in facts.happenings:
        lines += ["", f"# {escaped(happening.name)}", "", f"@[object]({incidents[happening.id]})", ""]
        lines += _told(happening)
    if facts.said:
        lines += ["", "# Who says what", ""]
        lines += [
            f"- {escaped(summary(said))}: {escaped(quoted(said))} @[object]({claims[said.id]})" for said in facts.said
        ]
    return "\n".join(lines).strip()


def escaped(words: str) -> str:
    """Return `words` so that Markdown shows them as they are, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _article(article: Article) -> str:
    parts = [article.title, article.publisher, (article.published_at or "")[:10], article.url]
    return ", ".join(escaped(part) for part in parts if part)


def _told(happening: Happening) -> list[str]:
    lines = [f"- reported: {', '.join(map(words_for, happening.types))}"]
    if not happening.happened:
        lines.append("- the report does not say that this happened")
    if happening.day:
        lines.append(f"- day: {happening.day}")
    named = {
        "hit": [victim.name for victim in happening.victims],
        "said to have done it": [attacker.name for attacker in happening.attackers],
        "used": [software.name for software in happening.software],
    }
    return lines + [f"- {what}: {', '.join(map(escaped, names))}" for what, names in named.items() if names]
