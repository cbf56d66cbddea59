"""Answering several questions on one page: a section at a time, or the whole sheet, as when paper is typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.assessment import editions, rounds
from alongside.assessment.models import Response, Round
from alongside.assessment.naming import group_names
from alongside.rules.sections import Chapter, chapters, sections
from alongside.rules.tallies import Answer
from alongside.web.access import Request
from alongside.web.open_answer import closed_page, response_of
from alongside.web.question_page import chapter_pages, revision, said_to
from alongside.web.views.answering import SHEET


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, number: int) -> HttpResponse:
    """All questions of a section; POST saves those that were answered and goes on."""
    response = response_of(request)
    edition = editions.edition(response.group.round.edition_id)
    found = sections(edition, rounds.asked_of(edition, response.group))
    if not 1 <= number <= len(found):
        raise Http404
    onward = reverse("answer-section", args=[number + 1]) if number < len(found) else reverse("answer-end")
    context = {"number": number, "count": len(found)}
    return _several(request, response, found[number - 1], "answering/section.html", onward, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request) -> HttpResponse:
    """Every question on one page, quick with the keyboard."""
    response = response_of(request)
    edition = editions.edition(response.group.round.edition_id)
    found = chapters(edition, rounds.asked_of(edition, response.group))
    onward = f"{reverse('answer-end')}?by={SHEET}"
    return _several(request, response, found, "answering/sheet.html", onward, {})


def _several(
    request: Request,
    response: Response,
    shown: Sequence[Chapter],
    template: str,
    onward: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """Show these questions; POST saves what was answered and leads `onward`. What was typed is never lost silently."""
    edition = editions.edition(response.group.round.edition_id)
    typed = said_to(edition, [one for chapter in shown for one in chapter.questions], request.POST)
    if response.group.round.state != Round.State.OPEN:
        return closed_page(request, response, typed)
    if request.method != "POST":
        return _page(request, response, shown, template, context)
    try:
        if typed:
            rounds.save_answers(response=response.pk, answers=typed, revision=revision(request.POST))
    except rounds.Closed:
        return closed_page(request, response, typed)
    except rounds.Overtaken:
        return _page(request, response_of(request), shown, template, context, typed)
    return redirect(onward)


def _page(
    request: Request,
    response: Response,
    shown: Sequence[Chapter],
    template: str,
    context: Mapping[str, object],
    typed: Mapping[str, Answer] | None = None,
) -> HttpResponse:
    """With `typed` someone else answered by the same link in between; what was typed stands in the page still."""
    edition = editions.edition(response.group.round.edition_id)
    hidden = response.regime == rounds.SEALED
    pages = chapter_pages(edition, shown, get_language(), kept=response.answers, hidden=hidden, typed=typed)
    more = {
        "chapters": pages,
        "round": response.group.round,
        "who": group_names(edition, [response.group], get_language())[response.group.key],
        "regime": response.regime,
        "unseen": any(question.unseen for page in pages for question in page.questions),
        "revision": response.revision,
        "overtaken": typed is not None,
    }
    return render(request, template, {**context, **more}, status=200 if typed is None else 409)
