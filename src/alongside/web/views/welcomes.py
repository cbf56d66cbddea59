"""Welcoming a colleague: the plan of others around someone whose name is asked nowhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.assessment import editions
from alongside.people import queries as organisations
from alongside.planning import actions, queries, welcome_queries
from alongside.planning import welcome as welcoming
from alongside.planning.facts import Refused
from alongside.planning.models import Plan, Step
from alongside.standard.kit import Welcomer
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.kit_links import kit_of
from alongside.web.welcome_forms import WELCOMER_NAMES, NewWelcomeForm, WelcomePeopleForm
from alongside.web.welcome_page import welcome_page


def welcomes(request: Request, org: UUID) -> HttpResponse:
    """The welcomes someone has a part in or steers."""
    found = welcome_queries.with_counts(welcome_queries.welcomes(request.scope, org))
    words = standard().words(get_language()).items
    context = {
        "rows": [(plan, words[plan.role].title) for plan in found],
        "may_prepare": request.scope.may("welcomes.prepare", org),
        "today": timezone.localdate(),
        "kit": kit_of(get_object_or_404(organisations.organisations(request.scope), pk=org)),
    }
    return render(request, "welcomes/welcomes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, org: UUID) -> HttpResponse:
    """Prepare a welcome: team, role, first day, and who has a part in it."""
    today, teams = timezone.localdate(), list(organisations.teams(request.scope, org))
    people = queries.who_can_take(request.scope, Plan(org_id=org))
    account = request.scope.account
    first = {"team": request.GET.get("team", "")}
    if account in people and not request.scope.may("people.see", org):  # whoever only leads a team prepares their own
        first[Welcomer.MANAGER] = str(account.pk) if account else ""
    form = NewWelcomeForm(standard().words(get_language()), teams, people, today, request.POST or None, initial=first)
    if form.is_valid():
        name = next(team.name for team in teams if str(team.pk) == form.cleaned_data["team"])
        made = welcoming.prepare(
            by=request.scope,
            organisation=org,
            welcome=form.welcome(),
            title=_("Welcome in %(team)s") % {"team": name},
            edition=standard(),
            language=get_language(),
            today=today,
            once=form.cleaned_data["once"],
        )
        return redirect("welcome", org=org, plan=made.pk)
    context = {"form": form, "teams": teams, "may_add_teams": request.scope.may("people.change", org)}
    return render(request, "welcomes/new.html", context, status=422 if form.errors else 200)


def welcome(request: Request, org: UUID, plan: UUID) -> HttpResponse:
    """The plan: what is to be done, by whom and by when."""
    found = get_object_or_404(welcome_queries.welcomes(request.scope, org), pk=plan)
    assert request.scope.account is not None
    may_steer, edition = actions.may_steer(request.scope, found), editions.edition(found.edition_id)
    page = welcome_page(
        found,
        queries.steps(request.scope, org).filter(plan=found),
        edition,
        get_language() or edition.language,
        account=request.scope.account.pk,
        may_steer=may_steer,
        today=timezone.localdate(),
    )
    context = {
        "plan": found,
        "page": page,
        "may_steer": may_steer,
        "may_change": may_steer and request.scope.may("welcomes.prepare", org),
        "readers": welcome_queries.readers(request.scope, found),
    }
    return render(request, "welcomes/welcome.html", context)


@require_POST
def tick(request: Request, org: UUID, step: UUID) -> HttpResponse:
    """Say that a step is done, or (`again`) that it is not."""
    found = get_object_or_404(queries.steps(request.scope, org).filter(plan__kind=Plan.Kind.WELCOME), pk=step)
    state = Step.State.PLANNED if "again" in request.POST else Step.State.DONE
    try:
        actions.move_step(by=request.scope, organisation=org, step=step, state=state, today=timezone.localdate())
    except actions.NotTheirs:
        raise PermissionDenied from None
    return redirect(f"{reverse('welcome', args=[org, found.plan_id])}#step-{step}")


@require_http_methods(["GET", "POST"])
def change(request: Request, org: UUID, plan: UUID) -> HttpResponse:
    """Another first day, or someone else for a part in it. If someone else was first, both are shown."""
    found = get_object_or_404(welcome_queries.welcomes(request.scope, org), pk=plan)
    if request.method == "GET":
        return _change_page(request, found, _change_form(request, found))
    form = _change_form(request, found, data=request.POST)
    if not form.is_valid():
        return _change_page(request, found, form, status=422)
    try:
        welcoming.change(
            by=request.scope,
            organisation=org,
            plan=plan,
            starts_on=form.cleaned_data["starts_on"],
            people=form.people(),
            before=form.cleaned_data["before"],
            today=timezone.localdate(),
        )
    except actions.NotTheirs:
        raise PermissionDenied from None
    except Refused:
        form.add_error(None, _("Someone you chose is no longer here."))
        return _change_page(request, found, form, status=422)
    except welcoming.ChangedMeanwhile:
        return _both(request, found)
    messages.success(request, _("The welcome is saved. What is still to be done has its days from the first day on."))
    return redirect("welcome", org=org, plan=plan)


@require_POST
def remove(request: Request, org: UUID, plan: UUID) -> HttpResponse:
    """Remove a welcome for good."""
    get_object_or_404(welcome_queries.welcomes(request.scope, org), pk=plan)
    try:
        welcoming.remove(by=request.scope, organisation=org, plan=plan)
    except actions.NotTheirs:
        raise PermissionDenied from None
    messages.success(request, _("The welcome is removed. Nothing of it is left but a line in the record."))
    return redirect("welcomes", org=org)


def _now(request: Request, found: Plan) -> dict[str, Any]:
    """What stands now, as the form begins with."""
    steps = queries.steps(request.scope, found.org_id).filter(plan=found)
    people = welcome_queries.people(editions.edition(found.edition_id), steps)
    said = {str(who): str(account.pk) if account else "" for who, account in people.items()}
    return {"starts_on": found.starts_on, **said, "before": welcoming.as_read(found, people)}


def _change_form(request: Request, found: Plan, **given: Any) -> WelcomePeopleForm:
    people = queries.who_can_take(request.scope, Plan(org_id=found.org_id))
    return WelcomePeopleForm(people, timezone.localdate(), initial=_now(request, found), **given)


def _both(request: Request, found: Plan) -> HttpResponse:
    """Someone else was first: what stands now beside what was typed, and the form with what was typed."""
    now = _now(request, found)
    data = request.POST.copy()
    data["before"] = now["before"]
    form = _change_form(request, found, data=data)
    form.is_valid()
    names = dict(form.fields[Welcomer.BUDDY].choices)  # type: ignore[attr-defined]
    both = [
        (WELCOMER_NAMES[who], names.get(now[who], ""), names.get(form.cleaned_data.get(who, ""), ""))
        for who in welcome_queries.NAMED
    ]
    return _change_page(request, found, form, status=409, both=both)


def _change_page(
    request: Request, found: Plan, form: WelcomePeopleForm, *, status: int = 200, both: list[Any] | None = None
) -> HttpResponse:
    if not actions.may_steer(request.scope, found):
        raise PermissionDenied
    context = {"plan": found, "form": form, "both": both}
    return render(request, "welcomes/change.html", context, status=status)
