"""Says who is said to have done it: the accused, those who claim it and those whom reports name, each once."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from incidex.dossiers.claimants import NameResolver, is_name
from incidex.dossiers.claims import AttributedClaim, statements
from incidex.dossiers.names import Names
from incidex.dossiers.report import Report
from incidex.dossiers.support import Counting, best_first
from incidex.english import lexicon
from incidex.records import Actor, ClaimKind, EntityKind, Evidence, Statement

# The threshold for an attacker whom nobody accuses: the score of the model.
_SURE = 0.5
_ACCUSES = (ClaimKind.ATTRIBUTED_TO, ClaimKind.SUSPECTS)
_SOFTWARE = (EntityKind.MALWARE, EntityKind.TOOL)


def actors(
    found: Sequence[AttributedClaim],
    reports: Sequence[Report],
    names: Names,
    counting: Counting,
    *,
    outlets: Collection[str],
) -> tuple[Actor, ...]:
    """
    Return the alleged attackers; those with the most independent sources first.

    Each is somebody of whom a sentence says that they did it, or that they claim it: who is only cleared is none. A
    name that only the model takes for an attacker is left out if its score is low (`_SURE`), if it is one of
    `outlets` or software, or if it was hit or speaks. To blame a victim is worse than to miss a name.
    """
    hit = _hit(reports, names)
    concerned = _concerned(found, hit)
    speaking = {one.claimant for one in found if one.claimant and _speaks_for_others(one)}
    named = _named(reports, names, {*outlets, *speaking, *hit} - concerned.keys())
    values = best_first(counting.value(name, "attacker", evidence) for name, evidence in named.items())
    by_name = {value.text: value for value in values}
    made = (
        Actor(
            name=name,
            named=by_name.get(name),
            accused_by=_of(concerned.get(name, ()), _ACCUSES, counting),
            claimed_by=_of(concerned.get(name, ()), (ClaimKind.CLAIMS_RESPONSIBILITY,), counting),
            denied_by=_of(concerned.get(name, ()), (ClaimKind.DENIES,), counting),
        )
        for name in dict.fromkeys([*concerned, *by_name])
    )
    alleged = (actor for actor in made if actor.named or actor.accused_by or actor.claimed_by)
    return tuple(sorted(alleged, key=lambda actor: (not is_name(actor.name), -_weight(actor))))


def _concerned(found: Iterable[AttributedClaim], hit: Mapping[str, int]) -> dict[str, list[AttributedClaim]]:
    """Return the claims about each actor; none about somebody who is more often hit, unless it is a known group."""
    concerned: dict[str, list[AttributedClaim]] = {}
    about = [(who, one) for one in found if (who := _actor(one))]
    known = list(dict.fromkeys(who for who, _ in about))
    for who, one in about:
        concerned.setdefault(_same_suspect(who, known), []).append(one)
    return {
        name: claims
        for name, claims in concerned.items()
        if len(claims) >= hit.get(name, 0) or any(one.is_known_group for one in claims)
    }


def _same_suspect(name: str, known: Sequence[str]) -> str:
    """
    Return the name of the suspect that `name` stands for.

    A state and its government are one, and "the group" is the only one that has a name.
    """
    *before, last = name.split(" ")
    if before and is_name(name) and last.lower() in lexicon.words("arm_of_state"):
        demonym = " ".join(before).removeprefix("the ")
        return next((one for one in known if one != name and demonym.startswith(one)), name)
    named = [one for one in known if is_name(one)]
    alone = lexicon.words("collective_noun", "group_noun", forms=("singular",))
    is_group = before == ["the"] and last.lower() in alone
    return named[0] if is_group and len(named) == 1 else name


def _actor(one: AttributedClaim) -> str | None:
    """Return the actor that a claim is about."""
    if one.claim.kind is ClaimKind.CLAIMS_RESPONSIBILITY:
        return one.accused or one.claimant
    return one.accused if one.claim.kind in (*_ACCUSES, ClaimKind.DENIES) else None


def _hit(reports: Iterable[Report], names: Names) -> Counter[str]:
    """Return how often each name was hit or is imitated."""
    hit: Counter[str] = Counter()
    for report in reports:
        resolver = NameResolver(report, names)
        for argument in (argument for mention in report.mentions for argument in mention.arguments):
            if argument.role in ("Victim", "Trusted-Entity"):
                hit[resolver.organisation(argument.span)] += 1
    return Counter({name: count for name, count in hit.items() if is_name(name)})


def _speaks_for_others(one: AttributedClaim) -> bool:
    """Return whether a claimant is not heard as an attacker: who denies to have done it may be one."""
    denies = one.claim.kind is ClaimKind.DENIES and one.accused == one.claimant
    return one.claim.kind is not ClaimKind.CLAIMS_RESPONSIBILITY and not denies


def _named(reports: Iterable[Report], names: Names, others: Collection[str]) -> dict[str, list[Evidence]]:
    """Return the names that are attackers in events and are not among `others`, with the evidence."""
    named: dict[str, list[Evidence]] = {}
    for report in reports:
        resolver = NameResolver(report, names)
        software = {one.name.casefold() for one in report.analysis.entities if one.kind in _SOFTWARE}
        for argument in (argument for mention in report.mentions for argument in mention.arguments):
            name = resolver.actor(argument.span) if argument.role == "Attacker" else None
            if not name or not is_name(name) or argument.score < _SURE:
                continue
            nobody = name in others or name.casefold() in software or _is_outsider(name)
            if resolver.is_group(name) or not nobody:
                named.setdefault(name, []).append(report.evidence(argument.span))
    return named


def _is_outsider(name: str) -> bool:
    """Return whether a name ends with a noun for those who investigate or report: "Alder Police"."""
    return name.lower().rpartition(" ")[2] in lexicon.words("outsider", "bystander", "outlet")


def _of(found: Iterable[AttributedClaim], kinds: Sequence[ClaimKind], counting: Counting) -> tuple[Statement, ...]:
    return statements((one for one in found if one.claim.kind in kinds), counting)


def _weight(actor: Actor) -> int:
    """Return how much is said about an actor: claims count more than mere mentions."""
    said = (*actor.accused_by, *actor.claimed_by, *actor.denied_by)
    return 100 * sum(one.support.sources for one in said) + (actor.named.support.sources if actor.named else 0)
