"""Reads what a client of the TAXII server asks for: its media type, its filters, and where it goes on."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from fastapi import Request

from incidex.errors import InputError
from incidex.service.problems import Refusal
from incidex.store.shared import Wanted

MEDIA_TYPE = "application/taxii+json;version=2.1"
# Older clients ask for plain JSON, browsers for pages.
_TAKEN = re.compile(
    r"(?:application/(?:taxii\+json|vnd\.oasis\.(?:taxii|stix)\+json)\s*(?:;\s*version\s*=\s*\"?2\.1\"?)?"
    r"|application/json|application/\*|text/html|\*/\*)\s*(?:;(?!\s*version).*)?$",
    re.IGNORECASE,
)
_MOST, _USUAL = 1000, 100
_MOST_VALUES = 200
_LIMIT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a request asks for.

    Attributes:
        wanted: Which objects.
        limit: The most of them in the answer.
        nothing: Whether the filters ask for what is never here: another version of STIX.
    """

    wanted: Wanted
    limit: int
    nothing: bool = False

    def following(self, added_at: str) -> str:
        """Return `next` for the part behind the object that was added then."""
        state = asdict(replace(self.wanted, added_after=added_at))
        return base64.urlsafe_b64encode(json.dumps(state).encode()).decode()


def check_accepted(request: Request) -> None:
    """Refuse a request that takes nothing but another version of TAXII."""
    accepted = request.headers.get("accept", "*/*")
    if not any(_TAKEN.match(one.strip()) for one in accepted.split(",")):
        raise Refusal(
            "not-acceptable", 406, f"This server speaks TAXII 2.1 alone.\nSend the header 'Accept: {MEDIA_TYPE}'."
        )


def asked_for(request: Request) -> Asked:
    """
    Return what the parameters of a request ask for; unknown ones are passed over.

    `next` carries all filters, so that it does not matter whether a client repeats them.

    Raises:
        InputError: A parameter is not valid.
    """
    given = request.query_params
    if following := given.get("next"):
        wanted, nothing = _following(following), False
    else:
        wanted, nothing = _wanted(given)
    return Asked(wanted, _limit(given.get("limit")), nothing)


def _wanted(given: Mapping[str, str]) -> tuple[Wanted, bool]:
    versions = _listed(given, "match[version]") or ("last",)
    for one in versions:
        if one not in ("first", "last", "all"):
            _time(one, "match[version]")
    specified = _listed(given, "match[spec_version]")
    wanted = Wanted(
        _listed(given, "match[id]"),
        _listed(given, "match[type]"),
        versions,
        _time(given["added_after"], "added_after") if given.get("added_after") else "",
    )
    return wanted, bool(specified) and "2.1" not in specified


def _following(written: str) -> Wanted:
    try:
        state: Any = json.loads(base64.urlsafe_b64decode(written.encode("ascii")))
        lists = [state[name] for name in ("ids", "types", "versions")]
        if not all(isinstance(value, str) for listed in lists for value in listed):
            raise ValueError("no text")
        ids, types, versions = map(tuple, lists)
        return Wanted(ids, types, versions, _time(state["added_after"], "next"))
    except (ValueError, KeyError, TypeError, InputError) as error:
        raise InputError("next is no place in this collection.\nGive it as it was in the answer before.") from error


def _listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    values = tuple(one.strip() for one in given.get(name, "").split(",") if one.strip())
    if len(values) > _MOST_VALUES or any("\0" in one for one in values):
        raise InputError(f"{name} has more than {_MOST_VALUES} values, or one that nothing can have.\nAsk for fewer.")
    return values


def _limit(written: str | None) -> int:
    if written is None:
        return _USUAL
    if not _LIMIT.fullmatch(written) or int(written) == 0:
        raise InputError("limit is no number from 1 on.\nGive one, or leave it out.")
    return min(int(written), _MOST)


def _time(written: str, name: str) -> str:
    """Return a time as it stands in the store."""
    try:
        # A plus sign that a client did not write as %2B arrives as a space.
        moment = datetime.fromisoformat(written.strip().replace(" ", "+"))
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{name} has no time: {written[:60]!r}.\nGive it as 2026-03-01T12:00:00Z.") from error
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
