"""The first look: choose where you are, answer at most fifteen questions, read one page.

Nothing is kept on the server: the answers travel in the address of the page (criterion id = answer), so that going
back, pausing and sending it to a colleague need no more than a browser. Only `keep` stores, when someone asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.assessment import actions
from alongside.assessment import queries as assessment
from alongside.assessment.models import FirstLook
from alongside.people import queries as people
from alongside.rules import first_look as rules
from alongside.standard.asking import APART, Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import STAGES, Stage
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.forms import OrganisationToKeepForm
from alongside.web.look_page import look_page


@require_safe
def begin(request: Request) -> HttpResponse:
    """Choose where you are."""
    return render(request, "first_look/begin.html", {"stages": STAGES, "limit": _most_questions()})


@require_safe
def question(request: Request, stage: Stage, number: int) -> HttpResponse:
    """One question; what was answered before rides along in hidden fields."""
    edition, asked = standard(), rules.questions(standard(), stage)
    if not 1 <= number <= len(asked):
        raise Http404
    answers = _answers(request, edition, asked)
    unanswered = _first_unanswered(asked, answers)
    if unanswered < number:
        return _ask(stage, unanswered, answers)
    criterion = asked[number - 1]
    words = edition.words(get_language())
    context = {
        "stage": stage,
        "number": number,
        "count": len(asked),
        "criterion": criterion,
        "group_title": words.items[edition.trail(criterion.item)[1].id].title,
        "question": words.criteria[criterion.id].question,
        "options": list(enumerate(words.criteria[criterion.id].steps)),
        "chosen": answers.get(criterion.id),
        "others": {id_: answer for id_, answer in answers.items() if id_ != criterion.id},
        "missing": "missing" in request.GET,
        "forward": _result_url(stage) if number == len(asked) else _question_url(stage, number + 1),
        "back": _question_url(stage, number - 1, answers) if number > 1 else reverse("first-look"),
    }
    return render(request, "first_look/question.html", context)


@require_safe
def result(request: Request, stage: Stage) -> HttpResponse:
    """The page to read and print."""
    edition, asked = standard(), rules.questions(standard(), stage)
    answers = _answers(request, edition, asked)
    unanswered = _first_unanswered(asked, answers)
    if unanswered <= len(asked):
        return _ask(stage, unanswered, answers)
    query = urlencode(answers)
    context = {
        "look": look_page(edition, rules.look(rules.Given(edition, stage, answers)), get_language()),
        "made_on": timezone.localdate(),
        "keep": f"{reverse('first-look-keep', args=[stage])}?{query}",
        "again": _question_url(stage, 1, answers),
    }
    return render(request, "first_look/result.html", context)


@require_http_methods(["GET", "POST"])
def keep(request: Request, stage: Stage) -> HttpResponse:
    """Keep the result: in an organisation one belongs to, or in a new place for one."""
    edition, asked = standard(), rules.questions(standard(), stage)
    answers = _answers(request, edition, asked)
    if _first_unanswered(asked, answers) <= len(asked):
        return redirect("first-look")
    given, today = rules.Given(edition, stage, answers), timezone.localdate()
    places = [org for org in people.organisations(request.scope) if request.scope.may("organisation.change", org.pk)]
    chosen = next((org for org in places if str(org.pk) == request.POST.get("organisation")), None)
    if chosen:
        actions.keep_first_look(by=request.scope, organisation=chosen.pk, given=given, today=today)
        return redirect("organisation", org=chosen.pk)
    form = OrganisationToKeepForm(request.POST or None)
    if form.is_valid():
        assert request.scope.account is not None
        account, facts, once = request.scope.account, form.cleaned_data, form.cleaned_data["once"]
        if once in request.scope.organisations:
            return redirect("organisation", org=once)
        opened = actions.open_with_first_look(by=account, facts=facts, given=given, today=today, once=once)
        return redirect("organisation", org=opened.pk)
    context = {"form": form, "places": places, "stage": stage, "back": f"{_result_url(stage)}?{urlencode(answers)}"}
    return render(request, "first_look/keep.html", context, status=422 if form.errors else 200)


@require_safe
def kept(request: Request, org: UUID, look: UUID) -> HttpResponse:
    """A first look that was kept, read by the edition it was made with."""
    row = get_object_or_404(FirstLook.objects.within(request.scope), pk=look, org=org)
    found = assessment.kept_look(row)
    page = look_page(found.edition, found.result, get_language())
    may_remove = request.scope.may("organisation.change", org)
    context = {"look": page, "made_on": row.made_on, "row": row, "may_remove": may_remove}
    return render(request, "first_look/result.html", context)


@require_POST
def remove(request: Request, org: UUID, look: UUID) -> HttpResponse:
    """Remove a first look for good."""
    actions.remove_first_look(by=request.scope, organisation=org, look=look)
    return redirect("organisation", org=org)


def _answers(request: Request, edition: Edition, asked: tuple[Criterion, ...]) -> dict[str, int | str]:
    """The answers in the address; what is no answer to a question counts as unanswered."""
    found: dict[str, int | str] = {}
    for criterion in asked:
        value = request.GET.getlist(criterion.id)[-1:]  # a button pressed after a choice comes last
        if value and value[0] in APART:
            found[criterion.id] = value[0]
        elif (
            value
            and len(value[0]) == 1
            and value[0].isdecimal()
            and int(value[0]) < edition.scales[criterion.scale].answers
        ):
            found[criterion.id] = int(value[0])
    return found


def _first_unanswered(asked: tuple[Criterion, ...], answers: Mapping[str, int | str]) -> int:
    """The number of the first question without an answer; one more than there are when all have one."""
    return next((i for i, criterion in enumerate(asked, 1) if criterion.id not in answers), len(asked) + 1)


def _question_url(stage: Stage, number: int, answers: Mapping[str, int | str] | None = None) -> str:
    url = reverse("first-look-question", args=[stage, number])
    return f"{url}?{urlencode(answers)}" if answers else url


def _ask(stage: Stage, number: int, answers: Mapping[str, int | str]) -> HttpResponse:
    """Back to a question that has no answer yet; with a word about it where others have one."""
    missing = {"missing": 1} if answers or number > 1 else {}
    return redirect(f"{_question_url(stage, number)}?{urlencode({**answers, **missing})}")


def _result_url(stage: Stage) -> str:
    return reverse("first-look-result", args=[stage])


def _most_questions() -> int:
    return max(len(rules.questions(standard(), stage)) for stage in STAGES)
