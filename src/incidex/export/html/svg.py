"""Draws the two pictures of a dossier: the timeline, and the graph of who accuses whom."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise

from incidex.dossiers.claimants import is_name
from incidex.export.dossier_words import allegations, date_in_words, speaker
from incidex.export.html.markup import Html, element, joined
from incidex.records import Actor, Dossier, Moment

_WIDTH = 760
# The timeline: a row for each moment, its words on the left, its bar on the right.
_ROW, _LEFT, _MOST_ROWS = 22, 250, 24
# How many gaps of the timeline are shortened at most, and from how many days on.
_MOST_BREAKS, _SHORTEST_BREAK = 3, 45
# The graph: three columns of boxes.
_BOX_WIDTH, _BOX_HEIGHT, _GAP, _MOST_BOXES = 190, 26, 14, 8
_COLUMNS = (0, 285, 570)


def draw_timeline(dossier: Dossier) -> Html:
    """
    Return a chart of the timeline: a dot for a day, a bar for a longer time; nothing if there is none.

    Background is left out, and so is everything after the first 24 moments. A time without any moment that is longer
    than all others together is shortened, so that one old date does not squeeze the rest; two strokes show where.
    """
    moments = [moment for moment in dossier.timeline if not moment.is_background][:_MOST_ROWS]
    if not moments:
        return Html()
    bounds = [day for day in (dossier.first_seen, dossier.last_seen) if day]
    days = [_day(day) for moment in moments for day in (moment.begins, moment.ends)] + [_day(day) for day in bounds]
    scale = _Scale(days)
    height = _ROW * (len(moments) + 2)
    parts = list(_axis(scale, height, dossier.first_seen))
    for number, moment in enumerate(moments):
        parts += _moment(moment, scale, _ROW * number + 12)
    label = f"Timeline of {len(moments)} moments. The table above says the same in words."
    return _svg(parts, height, label)


def draw_graph(dossier: Dossier) -> Html:
    """Return a drawing of who accuses whom, who denies it, and who was hit; nothing if no actor is known."""
    actors = dossier.actors[:_MOST_BOXES]
    if not actors:
        return Html()
    named = [value.text for value in dossier.victims[:3] if is_name(value.text)]
    victims = named or [value.text for value in dossier.victims[:1]]
    said = [(speaker(one.claimant), actor.name, part) for actor in actors for part, one in allegations(actor)]
    speakers = list(dict.fromkeys(name for name, _, _ in said))[:_MOST_BOXES]
    tallest = max(len(speakers), len(actors), len(victims))
    height = 30 + tallest * (_BOX_HEIGHT + _GAP)
    parts = [
        _words(x, 14, head, "small")
        for x, head in zip(_COLUMNS, ("Claimants", "Alleged attackers", "Victims"), strict=True)
    ]
    parts += [_arrow_head()]
    names = [actor.name for actor in actors]
    parts += _links(said, speakers, names)
    # Only actors that somebody accuses, or a report names, are linked to the victims.
    hitting = [number for number, actor in enumerate(actors) if _is_accused(actor)]
    parts += [_curve(1, number, 2, other, "hit") for number in hitting for other in range(len(victims))]
    for column, words in enumerate((speakers, names, victims)):
        parts += [box for number, name in enumerate(words) for box in _box(column, number, name)]
    told = "; ".join(f"{actor}: {part} {name}" for name, actor, part in said) or "Nobody is accused by name"
    return _svg(parts, height, f"Who accuses whom. {told}. Victims: {', '.join(victims) or 'none named'}."[:2000])


class _Scale:
    """Tells where a day is drawn. Each gap that is longer than all others together takes a tenth of the room."""

    def __init__(self, days: Iterable[int]) -> None:
        """Take all days, as numbers."""
        known = sorted(set(days))
        self.first, self.last = known[0], max(known[-1], known[0] + 1)
        self.days = [*known[:-1], self.last] if len(known) > 1 else [self.first, self.last]
        steps = [later - earlier for earlier, later in pairwise(self.days)]
        self._shortened = _shortened(steps)
        whole = sum(step for number, step in enumerate(steps) if number not in self._shortened)
        room = _WIDTH - _LEFT - 60
        share = room / 10
        left = room - share * len(self._shortened)
        widths = [
            share if number in self._shortened else left * step / max(whole, 1) for number, step in enumerate(steps)
        ]
        self._places = list(accumulate(widths, initial=float(_LEFT + 10)))

    @property
    def breaks(self) -> tuple[tuple[float, int, int], ...]:
        """The middle of each shortened gap, with the days before and after it."""
        return tuple(
            ((self._places[number] + self._places[number + 1]) / 2, self.days[number], self.days[number + 1])
            for number in sorted(self._shortened)
        )

    def x(self, day: int) -> float:
        """Return the distance of a day from the left."""
        number = min(max(bisect_right(self.days, day) - 1, 0), len(self.days) - 2)
        begin, end = self.days[number], self.days[number + 1]
        left, right = self._places[number], self._places[number + 1]
        return left + (right - left) * (day - begin) / (end - begin)


def _shortened(steps: Sequence[int]) -> frozenset[int]:
    """Return the numbers of the gaps that would squeeze the others."""
    found: set[int] = set()
    for number in sorted(range(len(steps)), key=lambda number: -steps[number])[:_MOST_BREAKS]:
        others = sum(step for other, step in enumerate(steps) if other != number and other not in found)
        if len(steps) - len(found) < 2 or steps[number] <= max(others, _SHORTEST_BREAK):
            break
        found.add(number)
    return frozenset(found)


def _axis(scale: _Scale, height: int, first_seen: str | None) -> Iterator[Html]:
    bottom = height - 24
    yield element("path", d=f"M{_LEFT + 10} {bottom}H{_WIDTH - 50}", class_="line")
    for middle, begin, end in scale.breaks:
        words = f"Shortened: {_in_words(begin)} to {_in_words(end)}"
        strokes = f"M{_at(middle - 5)} {bottom + 5}l4 -10M{_at(middle + 1)} {bottom + 5}l4 -10"
        yield element("path", element("title", words), d=strokes, class_="break")
    for day, anchor in _ticks(scale):
        yield element(
            "text", _in_words(day), x=_at(scale.x(day)), y=str(bottom + 16), text_anchor=anchor, class_="small"
        )
    if first_seen:
        x = scale.x(_day(first_seen))
        title = element("title", f"First reported on {date_in_words(first_seen)}")
        yield element("path", title, d=f"M{_at(x)} 0V{bottom}", class_="bound")


def _ticks(scale: _Scale) -> list[tuple[int, str]]:
    """Return the days that are written below the axis: its ends, and where a shortened gap ends if there is room."""
    found = [(scale.first, "start"), (scale.last, "end")]
    if scale.breaks:
        after = scale.breaks[-1][2]
        if _LEFT + 120 < scale.x(after) < _WIDTH - 240:
            found.append((after, "start"))
    return found


def _in_words(day: int) -> str:
    return date_in_words(date.fromordinal(day).isoformat())


def _moment(moment: Moment, scale: _Scale, y: int) -> list[Html]:
    begins, ends = scale.x(_day(moment.begins)), scale.x(_day(moment.ends))
    kind = moment.event_type or "statement"
    title = element("title", f"{moment.text}: {kind}. {moment.evidence[0].context[:200]}")
    if _day(moment.ends) - _day(moment.begins) <= 1:
        mark = element("circle", title, cx=_at(begins), cy=str(y), r="5", class_=f"bar {kind}")
    else:
        width = _at(max(ends - begins, 6))
        mark = element(
            "rect", title, x=_at(begins), y=str(y - 5), width=width, height="10", rx="3", class_=f"bar {kind}"
        )
    return [_words(0, y + 4, moment.text, ""), mark]


def _links(said: Iterable[tuple[str, str, str]], speakers: Sequence[str], actors: Sequence[str]) -> Iterator[Html]:
    for name, actor, part in said:
        if name in speakers:
            kind = "denies" if part.startswith("denied") else ""
            yield _curve(0, speakers.index(name), 1, actors.index(actor), kind, f"{actor}: {part} {name}")


def _curve(one: int, row: int, other: int, other_row: int, kind: str, words: str = "") -> Html:
    x, y = _COLUMNS[one] + _BOX_WIDTH, _top(row) + _BOX_HEIGHT // 2
    to_x, to_y = _COLUMNS[other] - 6, _top(other_row) + _BOX_HEIGHT // 2
    middle = (x + to_x) // 2
    path = f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"
    title = [element("title", words)] if words else []
    return element("path", *title, d=path, class_=f"edge {kind}".strip(), marker_end="url(#arrow)")


def _box(column: int, row: int, name: str) -> tuple[Html, Html]:
    x, y = _COLUMNS[column], _top(row)
    box = element(
        "rect",
        element("title", name[:300]),
        x=str(x),
        y=str(y),
        width=str(_BOX_WIDTH),
        height=str(_BOX_HEIGHT),
        rx="3",
        class_="box",
    )
    return box, _words(x + 8, y + 17, name, "", most=26)


def _arrow_head() -> Html:
    shape = element("path", d="M0 0L6 3L0 6z", class_="head")
    marker = element("marker", shape, id="arrow", markerWidth="6", markerHeight="6", refX="5", refY="3", orient="auto")
    return element("defs", marker)


def _words(x: int, y: int, words: str, class_: str, most: int = 36) -> Html:
    return element("text", fitting(words, most), x=str(x), y=str(y), class_=class_)


def fitting(words: str, most: int) -> str:
    """Return words on one line, cut to the width of `most` Latin letters. Chinese letters count as two."""
    line, width = " ".join(words[:200].split()), 0
    for place, letter in enumerate(line):
        width += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if width > most:
            return f"{line[: max(place - 1, 1)]}…"
    return line


def _svg(parts: Iterable[Html], height: int, label: str) -> Html:
    return element("svg", joined(parts, "\n"), viewBox=f"-4 0 {_WIDTH + 8} {height}", role="img", aria_label=label)


def _is_accused(actor: Actor) -> bool:
    return bool(actor.accused_by or actor.claimed_by or actor.named)


def _top(row: int) -> int:
    return 26 + row * (_BOX_HEIGHT + _GAP)


def _day(written: str) -> int:
    return date.fromisoformat(written[:10]).toordinal()


def _at(number: float) -> str:
    return f"{number:.1f}"
