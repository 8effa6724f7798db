"""Writes the report of a MISP event: who says what, in Markdown with references to the event's objects."""

import re
from collections.abc import Mapping

from incidex.dossiers.attacks import words_for
from incidex.export.claim_sentences import quoted, summary
from incidex.records import Article, Attack, Dossier

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#!|@~&])")


def event_report(dossier: Dossier, incidents: Mapping[str, str], claims: Mapping[str, str]) -> str:
    """
    Return the Markdown of an event's report.

    Args:
        dossier: What to report.
        incidents: The UUIDs of the objects for the attacks.
        claims: The UUIDs of the objects for the claims.
    """
    lines = ["# Reports", ""]
    lines += [f"- {_article(article)}" for article in dossier.articles]
    for attack in dossier.attacks:
        lines += ["", f"# {escaped(attack.name)}", "", f"@[object]({incidents[attack.id]})", ""]
        lines += _facts(attack)
    if dossier.claims:
        lines += ["", "# Who says what", ""]
        lines += [
            f"- {escaped(summary(claim))}: {escaped(quoted(claim))} @[object]({claims[claim.id]})"
            for claim in dossier.claims
        ]
    return "\n".join(lines).strip()


def escaped(words: str) -> str:
    """Return `words` escaped for Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _article(article: Article) -> str:
    parts = [article.title, article.publisher, (article.published_at or "")[:10], article.url]
    return ", ".join(escaped(part) for part in parts if part)


def _facts(attack: Attack) -> list[str]:
    lines = [f"- reported: {', '.join(map(words_for, attack.types))}"]
    if not attack.happened:
        lines.append("- the report does not say that this happened")
    if attack.day:
        lines.append(f"- day: {attack.day}")
    named = {
        "hit": [victim.name for victim in attack.victims],
        "said to have done it": [attacker.name for attacker in attack.attackers],
        "used": [software.name for software in attack.software],
    }
    return lines + [f"- {what}: {', '.join(map(escaped, names))}" for what, names in named.items() if names]
