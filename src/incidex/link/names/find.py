"""
Finds the actors, malware and tools that a document names, and links them to MITRE ATT&CK and the MISP galaxy.

A name that stands for several things keeps all of them as candidates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from incidex.english.names import without_remark
from incidex.link.names.disambiguate import disambiguate
from incidex.link.names.imported_index import known_names
from incidex.link.names.imported_names import without_organisations
from incidex.link.names.index import Known, index
from incidex.link.names.knowledge import Knowledge
from incidex.link.names.mentions import Mention, is_actor
from incidex.link.names.name_matcher import find_places
from incidex.link.names.new_names import Taken, equated_pairs, introduced_names, other_name, repeated_names
from incidex.records import Document, Entity, EntityKind, Link, Sentence, Span


@dataclass(slots=True)
class _Group:
    """What becomes an entity: its mentions, what they may all be in each source, and names that no source knows."""

    mentions: list[Mention] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    kind: EntityKind | None = None


def find_names(
    document: Document, sentences: Sequence[Sentence], *, known: Knowledge | None = None
) -> tuple[Entity, ...]:
    """
    Return the actors, malware and tools that the article's sentences name, ordered by their first mentions.

    Args:
        document: The document.
        sentences: Its sentences, in reading order.
        known: The names; by default those of `incidex.link.names.knowledge.knowledge`.

    Raises:
        FormatError, InputError: The user's own copy of the names cannot be used.
    """
    text = document.text
    names = index(known) if known else known_names()
    spans = [sentence.span for sentence in sentences if sentence.kind.in_article]
    places = [place for span in spans for place in find_places(text, span, names)]
    mentions = without_organisations(disambiguate(places, names), text, spans)
    groups = _with_new_names(text, spans, _grouped(text, mentions))
    entities = [_entity(text, group) for group in groups]
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0]))


def _grouped(text: str, mentions: Sequence[Mention]) -> list[_Group]:
    """Return the mentions in groups that mean one thing each."""
    by_meaning: dict[tuple[bool, tuple[int, ...]], _Group] = {}
    by_entry: dict[int, list[_Group]] = {}
    for mention in mentions:
        meaning = mention.acts, tuple(item.rank for item in mention.known)
        if meaning not in by_meaning:
            ids = _by_source(mention.known)
            near = (group for item in mention.place.name.known for group in by_entry.get(item.rank, ()))
            group = next((group for group in near if _belongs_to(group, mention, ids)), None) or _Group()
            by_meaning[meaning] = group
            if not mention.acts or not group.mentions:
                for source, theirs in ids.items():
                    group.ids[source] = group.ids.get(source, theirs) & theirs
            for item in mention.place.name.known:
                by_entry.setdefault(item.rank, []).append(group)
        by_meaning[meaning].mentions.append(mention)
    return _merged(list({id(group): group for group in by_meaning.values()}.values()), equated_pairs(text, mentions))


def _merged(groups: list[_Group], pairs: Iterable[tuple[Mention, Mention]]) -> list[_Group]:
    """Join the groups of mentions that the text equates."""
    of = {mention.place.span: group for group in groups for mention in group.mentions}
    for left, right in pairs:
        one, other = of[left.place.span], of[right.place.span]
        if one is not other:
            one.mentions += other.mentions
            of.update((mention.place.span, one) for mention in other.mentions)
            other.mentions = []
    return [group for group in groups if group.mentions]


def _belongs_to(group: _Group, mention: Mention, ids: dict[str, set[str]]) -> bool:
    """Return whether a mention certainly means what the group does. Software and an actor of its name stay apart."""
    other = group.mentions[0]
    pair = (other, mention)
    if any(one.acts for one in pair):
        return all(map(_is_of_attackers, pair)) and _have_one_malware(*pair)
    if any(map(_has_own_software, pair)) and any(all(map(is_actor, one.known)) for one in pair):
        return False
    return _is_same(group.ids, ids)


def _is_of_attackers(mention: Mention) -> bool:
    return mention.acts or all(map(is_actor, mention.known))


def _have_one_malware(one: Mention, other: Mention) -> bool:
    """Return whether the names of two gangs are names of one malware: "the ALPHV gang", "the BlackCat operators"."""
    software = [[item for item in mention.place.name.known if not is_actor(item)] for mention in (one, other)]
    return _is_same(*map(_by_source, software))


def _has_own_software(mention: Mention) -> bool:
    """Return whether a source has a malware with exactly this name, and ATT&CK no actor with it: Duqu, not Sofacy."""
    malware = any(item.entry.kind is EntityKind.MALWARE and item.alias == item.entry.name for item in mention.known)
    return malware and not (is_actor(mention.known[0]) and mention.known[0].source.startswith("MITRE ATT&CK"))


def _is_same(left: dict[str, set[str]], right: dict[str, set[str]]) -> bool:
    """Return whether two names certainly mean one thing: a source has exactly one entry for both, and none differs."""
    shared = [(left[source], right[source]) for source in left.keys() & right.keys()]
    agree = any(mine == theirs and len(mine) == 1 for mine, theirs in shared)
    return agree and all(mine & theirs for mine, theirs in shared)


def _by_source(known: Iterable[Known]) -> dict[str, set[str]]:
    by_source: dict[str, set[str]] = {}
    for item in known:
        by_source.setdefault(item.source, set()).add(item.entry.id)
    return by_source


def _with_new_names(text: str, spans: Sequence[Span], groups: list[_Group]) -> list[_Group]:
    """Add to `groups` the names that the text introduces and no source knows; return all groups."""
    taken = Taken(text, (mention.place.span for group in groups for mention in group.mentions))
    by_name: dict[str, _Group] = {}
    found: list[Span] = []
    for group in groups:
        for mention in group.mentions:
            if span := other_name(text, mention, taken):
                by_name.setdefault(span.of(text), group)
                found.append(span)
    for sentence in spans:
        for name in introduced_names(text, sentence, taken):
            by_name.setdefault(name.span.of(text), _Group(kind=name.kind))
            found.append(name.span)
    for span in found:
        taken.add(span)
    found += repeated_names(text, by_name.keys(), spans, taken)
    for span in dict.fromkeys(found):
        by_name[span.of(text)].spans.append(span)
    return list({id(group): group for group in (*groups, *by_name.values())}.values())


def _entity(text: str, group: _Group) -> Entity:
    links = _links(group.mentions)
    spans = sorted([*(mention.place.span for mention in group.mentions), *group.spans])
    kinds = {link.kind for link in links}
    mixed = EntityKind.INTRUSION_SET in kinds and len(kinds) > 1
    kind = None if mixed else links[0].kind if links else group.kind
    if any(mention.acts for mention in group.mentions):
        kind = EntityKind.INTRUSION_SET
    name = None if mixed else _canonical(links)
    return Entity(name or spans[0].of(text), kind, tuple(spans), links)


def _links(mentions: Sequence[Mention]) -> tuple[Link, ...]:
    """Return what a group may be, in the order of the sources: in each source, what all its mentions may be, if any."""
    mentions = _of_one_kind(mentions)
    common: dict[str, set[str]] = {}
    for mention in mentions:
        for source, ids in _by_source(mention.known).items():
            common[source] = (common[source] & ids or common[source] | ids) if source in common else ids
    links: dict[tuple[str, str], Link] = {}
    order: dict[tuple[str, str], int] = {}
    for mention in mentions:
        for item in mention.known:
            key = item.source, item.entry.id
            if item.entry.id in common[item.source] and key not in links:
                order[key] = item.rank
                links[key] = Link(item.source, item.entry.id, item.entry.name, item.entry.kind, item.alias, mention.why)
    return tuple(links[key] for key in sorted(links, key=lambda key: order[key]))


def _of_one_kind(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave software out of a group in which a mention can only be an actor: "Fancy Bear, also known as Sofacy"."""
    if not any(all(map(is_actor, mention.known)) for mention in mentions):
        return list(mentions)
    actors = (replace(mention, known=tuple(filter(is_actor, mention.known))) for mention in mentions)
    return list(actors)


def _canonical(links: Sequence[Link]) -> str | None:
    """
    Return the name in the first source that has only one for all its candidates.

    For software, a source whose own name is the written one comes first: names of software are reused for other
    software again and again, and those of actors are not.
    """
    own = [link for link in links if link.kind is not EntityKind.INTRUSION_SET and link.alias == link.name]
    by_source: dict[str, list[str]] = {}
    for link in own or links:
        # "Mirai" for "Mirai (ELF)", but the whole of "NoName057(16)".
        by_source.setdefault(link.source, []).append(without_remark(link.name) if " (" in link.name else link.name)
    agreed = (names[0] for names in by_source.values() if len({name.casefold() for name in names}) == 1)
    return next(agreed, None)
