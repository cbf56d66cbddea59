"""One's own answers: each for themselves, with an account. Nobody else reads them, and nothing counts them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.assessment import editions, rounds
from alongside.assessment.models import Response, Round
from alongside.assessment.own_answers import own_responses, read_own, remove_own, save_own
from alongside.rules.sections import sections
from alongside.web.access import Request
from alongside.web.open_answer import closed_page
from alongside.web.question_page import answers_in_words, chapter_pages, revision, said_to


@never_cache
@require_safe
def own(request: Request, response: UUID) -> HttpResponse:
    """What one said to oneself, section by section."""
    found = _mine(request, response)
    edition = editions.edition(found.group.round.edition_id)
    answers = read_own(found).answers
    parts = []
    for number, section in enumerate(sections(edition, rounds.asked_of(edition, found.group)), 1):
        pages = chapter_pages(edition, section, get_language(), kept=answers)
        said = {one.id: answers[one.id] for chapter in section for one in chapter.questions if one.id in answers}
        count = sum(len(page.questions) for page in pages)
        parts.append((number, pages, len(said), count, answers_in_words(edition, said, get_language())))
    first = next((number for number, _pages, answered, count, _lines in parts if answered < count), None)
    context = {
        "response": found,
        "round": found.group.round,
        "open": found.group.round.state == Round.State.OPEN,
        "parts": parts,
        "first": first,
        "begun": bool(answers),
    }
    return render(request, "answering/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, response: UUID, number: int) -> HttpResponse:
    """The questions of one section; POST saves them and goes on."""
    found = _mine(request, response)
    edition = editions.edition(found.group.round.edition_id)
    all_of_them = sections(edition, rounds.asked_of(edition, found.group))
    if not 1 <= number <= len(all_of_them):
        raise Http404
    shown = all_of_them[number - 1]
    typed = said_to(edition, [one for chapter in shown for one in chapter.questions], request.POST)
    overtaken = False
    try:
        if found.group.round.state != Round.State.OPEN:
            raise rounds.Closed
        if request.method == "POST":
            save_own(by=request.scope, response=response, answers=typed, revision=revision(request.POST))
            if number < len(all_of_them):
                return redirect("answer-own-section", response=response, number=number + 1)
            return redirect("answer-own", response=response)
    except rounds.Closed:
        return closed_page(request, found, typed)
    except rounds.Overtaken:
        overtaken = True
        found = _mine(request, response)
    kept = read_own(found)
    context = {
        "response": found,
        "round": found.group.round,
        "number": number,
        "count": len(all_of_them),
        "chapters": chapter_pages(edition, shown, get_language(), kept=kept.answers, typed=typed),
        "revision": kept.revision,
        "regime": found.regime,
        "overtaken": overtaken,
    }
    return render(request, "answering/section.html", context, status=409 if overtaken else 200)


@require_POST
def remove(request: Request, response: UUID) -> HttpResponse:
    """Delete what one said to oneself."""
    _mine(request, response)
    remove_own(by=request.scope, response=response)
    messages.success(request, _("Your answers are deleted. They were nowhere else."))
    return redirect("home")


def _mine(request: Request, response: UUID) -> Response:
    assert request.scope.account is not None
    return get_object_or_404(own_responses(request.scope.account), pk=response)
