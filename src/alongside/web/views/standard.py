"""The pages of the standard: open to everyone, the same for everyone, without a database."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from alongside.assessment.editions import last_with
from alongside.standard.items import Cell, Confidence
from alongside.standard.loading import standard
from alongside.standard.search import search as find
from alongside.web import standard_pages as pages
from alongside.web.access import Request
from alongside.web.standard_pages import PartPage

SHELVES = (
    (gettext_lazy("What the work is"), ("foundations", "profile", "competences", "knowledge")),
    (gettext_lazy("What an organisation brings"), ("A", "B", "C", "culture", "companies")),
    (gettext_lazy("How it came about"), ("research", "references")),
)
"""How the overview groups the parts; a part that is not named here follows on the last shelf."""

LEGEND = (
    (2, Confidence.CERTAIN, gettext_lazy("One to three dots: emphasis, as the source states it")),
    (2, Confidence.INFERRED, gettext_lazy("Rings: inferred from the order of a damaged table")),
    (0, Confidence.INFERRED, gettext_lazy("No mark: the place seems to have been left empty")),
    (None, Confidence.UNKNOWN, gettext_lazy("Not stated: the mark is lost; it is not zero")),
)
"""Cells as the table of tasks shows them, and what they say."""

SHOWN = 40
"""Search results on a page: more are no help; another word is."""


@require_safe
def overview(request: Request) -> HttpResponse:
    """The parts, and where they come from."""
    parts = {part.item.id: part for part in pages.parts(standard(), _language())}
    shelves: list[tuple[str, list[PartPage]]] = []
    for heading, ids in SHELVES:
        shelves.append((str(heading), [parts.pop(id_) for id_ in ids if id_ in parts]))
    shelves[-1][1].extend(parts.values())
    context = {"edition": standard(), "shelves": shelves, "wording": shelves[0][1][0].wording}
    return render(request, "standard/overview.html", context)


@require_safe
def part(request: Request, item: str) -> HttpResponse:
    """One part, to read from top to bottom."""
    found = standard().items.get(item)
    if found is None or found.kind != "part":
        raise Http404
    return render(request, "standard/part.html", {"page": pages.part_page(standard(), _language(), item)})


@require_safe
def item(request: Request, item: str) -> HttpResponse:
    """One item; a part shows itself as the page to read, a renamed one leads on, one that is gone says what it said."""
    if standard().successors.get(item) in standard().items:
        return redirect("standard-item", item=standard().successors[item])
    if item not in standard().items:
        return _gone(request, item)
    if standard().items[item].kind == "part":
        return part(request, item)
    return render(request, "standard/item.html", {"page": pages.item_page(standard(), _language(), item)})


def _gone(request: Request, item: str) -> HttpResponse:
    """An item that older editions had, as the last of them had it: what was asked by them still leads there."""
    last = last_with(item)
    if last is None:
        raise Http404
    context = {"item": last.items[item], "text": last.words(_language()).items[item], "edition": last}
    return render(request, "standard/gone.html", context)


@require_safe
def matrix(request: Request) -> HttpResponse:
    """The fourteen tasks at three levels."""
    legend = [(Cell(emphasis=emphasis, confidence=confidence), words) for emphasis, confidence, words in LEGEND]
    context = {"page": pages.matrix(standard(), _language()), "legend": legend}
    return render(request, "standard/matrix.html", context)


@require_safe
def glossary(request: Request) -> HttpResponse:
    """The words that the standard explains."""
    return render(request, "standard/glossary.html", {"page": pages.glossary(standard(), _language())})


@require_safe
def search(request: Request) -> HttpResponse:
    """What has all the words that were typed; for htmx the results alone."""
    query = request.GET.get("q", "").strip()
    hits = find(standard(), _language(), query)
    alone = bool(request.htmx) and not request.htmx.history_restore_request
    context = {
        "alone": alone,
        "query": query,
        "count": len(hits),
        "left_off": max(0, len(hits) - SHOWN),
        "results": pages.results(standard(), _language(), query, hits[:SHOWN]),
    }
    response = render(request, "standard/results.html" if alone else "standard/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _language() -> str:
    return get_language() or standard().language
