"""A span of text, which every record refers to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of `Document.text`, from `start` up to but not including `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Reject empty and negative spans."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"A span needs 0 <= start < end, not {self.start}:{self.end}.")

    def covers(self, other: "Span") -> bool:
        """Return whether all of `other` lies within it."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two have anything in common."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]
