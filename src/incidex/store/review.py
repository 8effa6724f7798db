"""What people check and put right in a store: edits, verdicts on merges, and what others decided meanwhile."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection, Engine

from incidex.errors import StoreError
from incidex.store import documents, incidents, queue
from incidex.store.database import reading, writing
from incidex.store.decisions import actions, conflicts, log
from incidex.store.decisions.edits import Change, Target
from incidex.store.decisions.records import Decision
from incidex.store.doubts import DoubtKind
from incidex.store.queue import Places, QueuePart


class Review:
    """
    The decisions of review pages and of `incidex correct`; `Store.review` returns it. Each method is one transaction.

    All that decide something take the author and, if any, the reason; and `expected`, the number of the last decision
    about the same thing that the author has seen, 0 if there was none. If there is a later one, they raise
    `DecidedMeanwhile`. Without `expected`, the last word counts.
    """

    def __init__(self, engine: Engine) -> None:
        """Use the database of a store."""
        self._engine = engine

    def queue(
        self,
        *,
        kinds: Sequence[DoubtKind] = (),
        document: str = "",
        incident: str = "",
        limit: int = 50,
        after: Places | None = None,
        patience: float | None = 3.0,
    ) -> QueuePart:
        """
        Return what is unsure and nobody has decided yet: the least certain of each kind in turn.

        Args:
            kinds: Which kinds; by default all.
            document: The id of the only document to look at; by default all.
            incident: The id of the only incident whose reports are looked at.
            limit: The greatest number of items.
            after: `next` of the part before.
            patience: For how many seconds documents that were not looked through yet are, before the answer; None to
                look through all of them.

        Raises:
            InputError: There is no such document or incident.
        """
        chosen = tuple(kinds) or tuple(DoubtKind)
        with suppress(StoreError):  # a store that may not be changed has the queue of the last time
            queue.look_through(self._engine, seconds=patience)
        with reading(self._engine) as connection:
            among = _among(connection, document, incident)
            of_documents = [kind for kind in chosen if kind is not DoubtKind.MERGE]
            wanted = DoubtKind.MERGE in chosen and not document and not after
            own = incidents.incident(connection, incident).id if incident else ""
            pairs = queue.merges(connection, among=own, limit=limit) if wanted else ()
            shown = pairs[: limit // 5] if of_documents else pairs
            found = queue.part(connection, kinds=of_documents, among=among, limit=limit - len(shown), after=after or {})
        counts = found.counts | ({DoubtKind.MERGE.value: len(pairs)} if pairs else {})
        return replace(found, items=(*shown, *found.items), counts=counts)

    def left_unsure(self) -> tuple[Decision, ...]:
        """Return the decisions in force that leave something to a colleague, the latest first."""
        with reading(self._engine) as connection:
            every = log.all_decisions(connection)
        return tuple(one for one in reversed(every) if one.holds and queue.leaves_open(one))

    def edit(
        self,
        document: str,
        target: Target,
        change: Change,
        *,
        author: str,
        reason: str = "",
        expected: int | None = None,
    ) -> Decision:
        """
        Change one thing that was found in a document, add one, or say whether it is right.

        The spans of `target` and `change` count in the newest text of the document.

        Args:
            document: The id of the document.
            target: The thing: `Target(Thing.ARGUMENT, span, trigger=trigger_span, detail="Victim")`.
            change: What becomes of it: `Change(role="Attacker")`, or `Change(verdict=Verdict.REJECTED)`.
            author: Who decides.
            reason: Why.
            expected: The number of the last decision about the thing that the author has seen.

        Raises:
            InputError: There is no such document or value, or the edit would change nothing.
            DecidedMeanwhile: Somebody else has decided on this thing since.
        """
        with writing(self._engine) as connection:
            if expected is not None:
                conflicts.check_expected(conflicts.last_about(connection, document, target), expected)
            content = actions.edit(connection, document, target, change)
            return actions.carry_out(connection, content, author=author, reason=reason)

    def last_decision(self, document: str, target: Target) -> Decision | None:
        """Return the last decision about a thing in a document, or the undo of one; None if there is none."""
        with reading(self._engine) as connection:
            return conflicts.last_about(connection, document, target)

    def last_decision_about_incident(self, id: str) -> Decision | None:
        """Return the last join or split of an incident, or the undo of one; None if there is none."""
        with reading(self._engine) as connection:
            return conflicts.last_about_profiles(connection, incidents.incident(connection, id).profiles)

    def join(
        self,
        left: str,
        right: str,
        *,
        author: str,
        reason: str = "",
        named: Sequence[str] = (),
        expected: int | None = None,
    ) -> Decision:
        """Make two incidents, given by their ids, one; as `Store.join` does, and raises."""
        with writing(self._engine) as connection:
            _check_incidents(connection, (left, right), expected)
            content = actions.join(connection, left, right, named=named or (left, right))
            return actions.carry_out(connection, content, author=author, reason=reason)

    def keep_apart(
        self,
        left: str,
        right: str,
        *,
        author: str,
        reason: str = "",
        named: Sequence[str] = (),
        expected: int | None = None,
    ) -> Decision:
        """
        Say that two incidents are not the same: whatever reports are added, their present reports are never joined.

        Raises:
            InputError: They are one: split it.
            DecidedMeanwhile: Somebody else has decided on one of them since.
        """
        with writing(self._engine) as connection:
            _check_incidents(connection, (left, right), expected)
            content = actions.apart(connection, left, right, named=named or (left, right))
            return actions.carry_out(connection, content, author=author, reason=reason)

    def leave_unsure(
        self,
        left: str,
        right: str,
        *,
        author: str,
        reason: str = "",
        named: Sequence[str] = (),
        expected: int | None = None,
    ) -> Decision:
        """Leave it to a colleague whether two incidents are the same. Raises as `keep_apart` does."""
        with writing(self._engine) as connection:
            _check_incidents(connection, (left, right), expected)
            content = actions.unsure(connection, left, right, named=named or (left, right))
            return actions.carry_out(connection, content, author=author, reason=reason)

    def redo(self, number: int | None = None, *, author: str, reason: str = "") -> Decision:
        """
        Put an undone decision in force again.

        Args:
            number: The number of the decision; by default the one that was undone last.
            author: Who decides.
            reason: Why.

        Raises:
            InputError: There is no such decision, or it is in force.
        """
        with writing(self._engine) as connection:
            return actions.carry_out(connection, actions.redo(connection, number), author=author, reason=reason)


def _among(connection: Connection, document: str, incident: str) -> list[int] | None:
    """Return the numbers of the documents to look at; None for all."""
    if not document and not incident:
        return None
    ids = [document] if document else incidents.incident(connection, incident).documents
    return list(documents.existing_numbers(connection, ids))


def _check_incidents(connection: Connection, ids: Sequence[str], expected: int | None) -> None:
    """Raise `DecidedMeanwhile` if anybody decided on one of these incidents after the decision `expected`."""
    if expected is not None:
        profiles = [profile for id in ids for profile in incidents.incident(connection, id).profiles]
        conflicts.check_expected(conflicts.last_about_profiles(connection, profiles), expected)
