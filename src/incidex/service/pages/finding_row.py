"""Writes a line of the list of findings. A report has a thousand of them, for which a template takes too long."""

from urllib.parse import quote

from incidex.export.html.markup import Html, text
from incidex.records import Span
from incidex.service.pages.findings import Finding
from incidex.service.pages.words import shortened


def finding_row(one: Finding, report: str, *, may_decide: bool) -> Html:
    """Return the line of a finding in the report with this id, with its forms at hand if the visitor may decide."""
    looks = f"finding{' unsure' if one.is_unsure else ''}{' person' if one.decision else ''}"
    trigger = _place(one.trigger) if one.trigger else ""
    key, item = text(one.key), quote(one.key)
    panel = f' data-panel="?item={item}"' if may_decide else ""
    return Html(
        f'<li class="{looks}" id="f-{key}" data-key="{key}" data-thing="{text(one.thing)}"'
        f' data-span="{_place(one.spans[0]) if one.spans else ""}" data-trigger="{trigger}"'
        f' data-detail="{text(one.detail)}">\n'
        f'<a class="words" href="#at-{one.spans[0].start if one.spans else 0}"{panel}>'
        f"<bdi>{text(shortened(one.words, 140))}</bdi></a>\n"
        f'<span class="about">{_about(one)}</span>\n'
        f'<span class="end">{sure(one)}{_more(one, report, item) if may_decide else ""}</span>\n</li>\n'
    )


def _about(one: Finding) -> str:
    title = text(shortened(one.title, 160)) if one.kind != "event" or one.thing == "argument" else ""
    note = f" <small>{text(shortened(one.note, 200))}</small>" if one.note else ""
    places = f" <small>{len(one.spans)} places</small>" if len(one.spans) > 1 and one.kind != "claim" else ""
    return f"{title}{note}{places}"


def sure(one: Finding) -> Html:
    """Return how sure the model is, or the decision that took its place."""
    if one.decision:
        return Html(f'<span class="decided">decided <a href="/decisions#d-{one.decision}">{one.decision}</a></span>')
    if one.score is None or one.score >= 1:
        return Html()
    percent = int(round(one.score * 100, 0))
    return Html(
        f'<span class="sure{" low" if one.is_unsure else ""}"><meter min="0" max="100" low="80" high="80" optimum="100"'
        f' value="{percent}" aria-hidden="true"></meter> {percent}&nbsp;%<span class="hidden"> sure</span></span>'
    )


def _more(one: Finding, report: str, item: str) -> str:
    return (
        f' <a class="more" href="/reports/{text(report)}?item={item}#panel"'
        f' aria-label="Correct {text(shortened(one.words, 40))}">…</a>'
    )


def _place(span: Span) -> str:
    return f"{span.start}:{span.end}"
