"""Answering a round with a link: no account, one question at a time, in as many sittings as one likes.

The token is in the address of the first page only; GET changes nothing there. POST swaps it for a cookie that ends with
the browser. Several questions on a page: `answering_more.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.assessment import editions, queries, rounds
from alongside.assessment.models import Response, Round
from alongside.assessment.naming import group_names
from alongside.assessment.standing import agreed_for_everyone
from alongside.planning import queries as planning
from alongside.rules.sections import sections
from alongside.rules.tallies import Answer
from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.web import question_page
from alongside.web.access import Request
from alongside.web.open_answer import begin_with, closed_page, end_here, response_of
from alongside.web.results_page import results_page

SECTION, SHEET = "section", "sheet"


@require_safe
def code(request: Request) -> HttpResponse:
    """Where someone with a link on paper types its code."""
    typed = re.sub(r"[^0-9A-Za-z]", "", request.GET.get("code", ""))[:40]
    by = request.GET.get("by", "")
    if typed:
        more = f"?{urlencode({'by': SHEET})}" if by == SHEET else ""
        return redirect(reverse("answer-begin", args=[typed]) + more)
    return render(request, "answering/code.html", {"by": by if by == SHEET else ""})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, token: str) -> HttpResponse:
    """What one is asked for, and what becomes of the answers; after closing, what came of them."""
    try:
        response = rounds.find_response(token=token)
    except Response.DoesNotExist:
        return render(request, "answering/unknown.html", status=404)
    found = response.group.round
    edition = editions.edition(found.edition_id)
    if found.state == Round.State.CLOSED:
        return _what_came(request, found)
    asked = rounds.asked_of(edition, response.group)
    if request.method == "POST":
        onward = _where_to_begin(request.POST.get("by", ""), edition, asked, response.answers)
        return begin_with(onward, response)
    context = {
        "round": found,
        "group": response.group,
        "who": group_names(edition, [response.group], get_language())[response.group.key],
        "count": len(asked),
        "begun": bool(response.answers),
        "by": request.GET.get("by", ""),
    }
    return render(request, "answering/begin.html", context)


def _what_came(request: Request, found: Round) -> HttpResponse:
    """What all said; and what was agreed and is done, once the project group has told."""
    told = found.told_on is not None
    results = results_page(
        queries.results_for_everyone(found),
        get_language(),
        came=agreed_for_everyone(found) if told else {},
        steps=planning.steps_for_everyone(found.org_id) if told else {},
    )
    return render(request, "rounds/results.html", {"round": found, "results": results, "answered": True})


def _where_to_begin(
    by: str, edition: Edition, asked: Sequence[Criterion], answers: Mapping[str, Answer]
) -> HttpResponse:
    """The first question without an answer, alone, with its section or on the whole sheet."""
    if by == SHEET:
        return redirect("answer-sheet")
    first = next((n for n, criterion in enumerate(asked, 1) if criterion.id not in answers), len(asked))
    if by == SECTION:
        upto = [section[0].first for section in sections(edition, asked)]
        return redirect("answer-section", number=sum(start <= first for start in upto))
    return redirect("answer-question", number=first)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, number: int) -> HttpResponse:
    """One question; POST saves it and goes on."""
    response = response_of(request)
    edition = editions.edition(response.group.round.edition_id)
    asked = rounds.asked_of(edition, response.group)
    if not 1 <= number <= len(asked):
        raise Http404
    criterion = asked[number - 1]
    chosen = question_page.said(edition, criterion, request.POST.getlist("answer"))
    typed = {} if chosen is None else {criterion.id: chosen}
    if response.group.round.state != Round.State.OPEN:
        return closed_page(request, response, typed)
    unseen = response.regime == rounds.SEALED and criterion.id in response.answers
    if request.method != "POST":
        return _question_page(request, response, edition, number)
    if chosen is None and not unseen:
        return _question_page(request, response, edition, number, status=422, missing=True)
    try:
        if typed:
            rounds.save_answers(response=response.pk, answers=typed, revision=question_page.revision(request.POST))
    except rounds.Closed:
        return closed_page(request, response, typed)
    except rounds.Overtaken:
        return _question_page(request, response_of(request), edition, number, status=409, overtaken=True)
    return redirect("answer-question", number=number + 1) if number < len(asked) else redirect("answer-end")


def _question_page(
    request: Request, response: Response, edition: Edition, number: int, *, status: int = 200, **notices: bool
) -> HttpResponse:
    asked = rounds.asked_of(edition, response.group)
    criterion = asked[number - 1]
    hidden = response.regime == rounds.SEALED
    shown = question_page.question(edition, criterion, number, get_language(), kept=response.answers, hidden=hidden)
    context = {
        "number": number,
        "count": len(asked),
        "question": shown.text,
        "group_title": edition.words(get_language()).items[edition.trail(criterion.item)[1].id].title,
        "perspective": group_names(edition, [response.group], get_language())[response.group.key],
        "regime": response.regime,
        "options": shown.options,
        "chosen": shown.chosen,
        "unseen": shown.unseen,
        "revision": response.revision,
    }
    return render(request, "answering/question.html", context | notices, status=status)


@never_cache
@require_safe
def end(request: Request) -> HttpResponse:
    """All questions were shown; what is still open, and when the results come."""
    response = response_of(request)
    edition = editions.edition(response.group.round.edition_id)
    asked = rounds.asked_of(edition, response.group)
    first = next((n for n, criterion in enumerate(asked, 1) if criterion.id not in response.answers), None)
    open_ones = sum(criterion.id not in response.answers for criterion in asked)
    by_sheet = request.GET.get("by") == SHEET
    context = {"round": response.group.round, "open": open_ones, "first": first, "by_sheet": by_sheet}
    thanks = render(request, "answering/end.html", context)
    return thanks if open_ones and not by_sheet else end_here(thanks)
