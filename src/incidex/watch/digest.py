"""Works out what is new in a store since a time: new incidents, and what new reports say of known ones."""

from collections.abc import Iterable, Mapping

from incidex.dossiers.build import dossier
from incidex.dossiers.comparison import Difference, changes_beyond, contents
from incidex.records import Dossier
from incidex.records.digests import Digest, DigestEntry, DigestLine, DigestSource
from incidex.store import Store
from incidex.store.results import News

# A dossier takes some ten milliseconds, one with hundreds of reports a second.
_MOST = 500


def digest(store: Store, since: str, until: str, *, most: int = _MOST) -> Digest:
    """
    Return what was added to a store and is new.

    Args:
        store: The store.
        since: When it begins: UTC, ISO 8601. A report counts from when it was added, not from when it was published.
        until: The present time, likewise.
        most: The greatest number of incidents; of more, the latest.
    """
    news = store.news(since)
    entries = [_entry(store, one) for one in news[:most]]
    ordered = sorted((one for one in entries if one.lines or one.is_new), key=lambda one: not one.is_new)
    return Digest(since, until, tuple(ordered), left_out=max(0, len(news) - most))


def _entry(store: Store, news: News) -> DigestEntry:
    members = store.members(news.incident.id)
    new = {id for id, _ in news.added}
    known = set(members.incident.documents) - new
    made = dossier(members.incident, members.analyses, members.profiles)
    if known:
        found: Iterable[Difference] = changes_beyond(known, members.incident, members.analyses, members.profiles)
    else:
        found = contents(made)
    lines = tuple(
        DigestLine(one.field, one.text, one.side == "first", one.documents) for one in found if one.field != "reports"
    )
    return DigestEntry(
        incident=made.id,
        title=made.title,
        is_new=not known,
        types=made.types,
        status=f"{made.status.value}: {made.status_reason}" if made.status_reason else made.status.value,
        first_seen=made.first_seen,
        changed_at=news.added[-1][1],
        lines=tuple(one for one in lines if known or one.field not in ("status", "types")),
        sources=_sources(made, lines, dict.fromkeys(new, True)),
    )


def _sources(made: Dossier, lines: Iterable[DigestLine], new: Mapping[str, bool]) -> tuple[DigestSource, ...]:
    """Return the new reports, and the others that `lines` refer to, in the order of publication."""
    wanted = {id for line in lines for id in line.documents} | set(new)
    return tuple(
        DigestSource(
            one.document, one.title, one.publisher, one.published_at, one.source, one.link, new.get(one.document, False)
        )
        for one in made.sources
        if one.document in wanted
    )
