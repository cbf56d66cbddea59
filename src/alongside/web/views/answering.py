"""Answering a round with a link: no account, one question at a time, in as many sittings as one likes.

The token is in the address of the first page only; GET changes nothing there. POST swaps it for a cookie that ends with
the browser. No session row is written: it would carry a time.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.assessment import editions, queries, rounds
from alongside.assessment.models import Response, Round
from alongside.assessment.standing import agreed_for_everyone
from alongside.planning import queries as planning
from alongside.rules.tallies import Answer
from alongside.standard.asking import APART, Criterion
from alongside.standard.edition import Edition
from alongside.web.access import Request
from alongside.web.results_page import results_page

COOKIE = "answering"


@require_safe
def code(request: Request) -> HttpResponse:
    """Where someone with a link on paper types its code."""
    typed = re.sub(r"[^0-9A-Za-z]", "", request.GET.get("code", ""))[:40]
    if typed:
        return redirect("answer-begin", token=typed)
    return render(request, "answering/code.html")


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
        results = results_page(
            queries.results_for_everyone(found),
            get_language(),
            came=agreed_for_everyone(found),
            steps=planning.steps_for_everyone(found.org_id),
        )
        return render(request, "rounds/results.html", {"round": found, "results": results, "answered": True})
    asked = rounds.asked_of(edition, response.group)
    if request.method == "POST":
        answer = redirect("answer-question", number=_next_number(asked, response.answers))
        answer.set_cookie(
            COOKIE, signing.dumps(str(response.pk), salt=COOKIE), httponly=True, samesite="Lax", secure=settings.HTTPS
        )
        return answer
    context = {
        "round": found,
        "group": response.group,
        "perspective": edition.words(get_language()).perspectives[response.group.perspective],
        "count": len(asked),
        "begun": bool(response.answers),
    }
    return render(request, "answering/begin.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, number: int) -> HttpResponse:
    """One question; POST saves it and goes on."""
    response = _response(request)
    edition = editions.edition(response.group.round.edition_id)
    asked = rounds.asked_of(edition, response.group)
    if not 1 <= number <= len(asked):
        raise Http404
    criterion = asked[number - 1]
    said = _said(request, edition, criterion) if request.method == "POST" else None
    onward = redirect("answer-question", number=number + 1) if number < len(asked) else redirect("answer-end")
    unseen = response.regime == rounds.SEALED and criterion.id in response.answers
    try:
        if response.group.round.state != Round.State.OPEN:
            raise rounds.Closed
        if said is not None:
            rounds.save_answers(response=response.pk, answers={criterion.id: said}, revision=_revision(request))
            return onward
        if request.method == "POST" and unseen:
            return onward
    except rounds.Closed:
        return render(request, "answering/unknown.html", {"closed": True}, status=410)
    except rounds.Overtaken:
        context = _question_context(edition, _response(request), criterion, number, len(asked))
        return render(request, "answering/question.html", context | {"overtaken": True}, status=409)
    context = _question_context(edition, response, criterion, number, len(asked))
    missing = request.method == "POST"
    return render(request, "answering/question.html", context | {"missing": missing}, status=422 if missing else 200)


@never_cache
@require_safe
def end(request: Request) -> HttpResponse:
    """All questions were shown; what is still open, and when the results come."""
    response = _response(request)
    edition = editions.edition(response.group.round.edition_id)
    asked = rounds.asked_of(edition, response.group)
    first = next((n for n, criterion in enumerate(asked, 1) if criterion.id not in response.answers), None)
    open_ones = sum(criterion.id not in response.answers for criterion in asked)
    context = {"round": response.group.round, "open": open_ones, "first": first}
    thanks = render(request, "answering/end.html", context)
    if not open_ones:  # others may use this computer next
        thanks.delete_cookie(COOKIE)
    return thanks


def _response(request: Request) -> Response:
    """The response that this browser is answering, open or not; 404 without one."""
    try:
        id_ = UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))
    except (signing.BadSignature, ValueError):
        raise Http404(_("Open your link again.")) from None
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    found = slots.select_related("group__round__org").filter(pk=id_).first()
    if found is None:
        raise Http404(_("Open your link again."))
    return found


def _question_context(
    edition: Edition, response: Response, criterion: Criterion, number: int, count: int
) -> dict[str, object]:
    words = edition.words(get_language())
    steps = words.criteria[criterion.id].steps or words.scales[criterion.scale].answers
    return {
        "number": number,
        "count": count,
        "criterion": criterion,
        "question": words.criteria[criterion.id].question,
        "group_title": words.items[edition.trail(criterion.item)[1].id].title,
        "perspective": words.perspectives[response.group.perspective].title,
        "regime": response.regime,
        "options": list(enumerate(steps)),
        "chosen": None if response.regime == rounds.SEALED else response.answers.get(criterion.id),
        "unseen": response.regime == rounds.SEALED and criterion.id in response.answers,
        "revision": response.revision,
    }


def _said(request: Request, edition: Edition, criterion: Criterion) -> Answer:
    value = request.POST.getlist("answer")[-1:]  # a button pressed after a choice comes last
    if not value:
        return None
    if value[0] in APART:
        return value[0]
    positions = edition.scales[criterion.scale].answers
    return int(value[0]) if value[0] in {str(step) for step in range(positions)} else None


def _revision(request: Request) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def _next_number(asked: tuple[Criterion, ...], answers: dict[str, Answer]) -> int:
    return next((n for n, criterion in enumerate(asked, 1) if criterion.id not in answers), len(asked))
