"""What forms and keys of a report page send: one thing, and what becomes of it."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from incidex.errors import InputError
from incidex.labels import scheme
from incidex.records import Realis, Span
from incidex.store.decisions.edits import Change, Target, Thing, Verdict

_Place = Annotated[str, StringConstraints(pattern=r"^(\d{1,12}:\d{1,12})?$")]
_Words = Annotated[str, StringConstraints(max_length=2000)]


class EditForm(BaseModel):
    """
    The fields of a form. Places are written "120:134", in code points of the text; what is empty stays as it is.

    Attributes:
        thing: What the target is.
        span: Where it is.
        trigger: The trigger of the event mention that it belongs to.
        detail: Which of several at one place.
        labels: All labels of the sentence, separated by spaces or commas, "O" for none.
        extent: Where it really begins and ends.
        to: The trigger of the mention that an argument, or another mention, belongs to.
        expected: The number of the last decision about it that the person saw.
        back: Where to go afterwards.
    """

    thing: Thing
    span: _Place = ""
    trigger: _Place = ""
    detail: _Words = ""
    verdict: Verdict | None = None
    labels: _Words = ""
    event_type: _Words = ""
    realis: Realis | None = None
    role: _Words = ""
    entity_type: _Words = ""
    extent: _Place = ""
    to: _Place = ""
    apart: bool = False
    kind: _Words = ""
    name: _Words = ""
    claimant: _Place = ""
    no_claimant: bool = False
    value: _Words | None = None
    reason: _Words = ""
    expected: int | None = None
    back: _Words = ""
    csrf: _Words = ""

    def target(self) -> Target:
        """Return which thing it is about."""
        return Target(self.thing, _span(self.span), _span(self.trigger), self.detail)

    def change(self) -> Change:
        """Return what becomes of it."""
        return Change(
            verdict=self.verdict,
            labels=scheme().parsed(self.labels.replace(" ", ",")) if self.labels.strip() else None,
            event_type=self.event_type or None,
            realis=self.realis,
            role=self.role or None,
            entity_type=self.entity_type or None,
            extent=_span(self.extent),
            trigger=_span(self.to),
            apart=self.apart,
            kind=self.kind or None,
            name=self.name or None,
            claimant=_span(self.claimant),
            no_claimant=self.no_claimant,
            value=self.value,
        )


def _span(written: str) -> Span | None:
    if not written:
        return None
    start, _, end = written.partition(":")
    if int(start) >= int(end):
        raise InputError(f"{written} is no place: it ends before it begins.\nMark at least one letter.")
    return Span(int(start), int(end))
