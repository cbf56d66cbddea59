"""One step: what it is for and how one sees that it is done; who may change it, changes it here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.assessment import editions
from alongside.planning import actions, queries
from alongside.planning.facts import Facts, NewStep, Refused, facts_of
from alongside.planning.models import Plan, Project, Step
from alongside.planning.proposals import first_day
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.plan_forms import NewStepForm, OwnStepForm, StepForm, differences, first_values
from alongside.web.plan_words import audience, item_text, roadmap_title, takes, template_text, year_days


@require_http_methods(["GET", "POST"])
def step(request: Request, org: UUID, step: UUID) -> HttpResponse:
    """The step's page, and the form for those who may change it."""
    found = get_object_or_404(queries.steps(request.scope, org), pk=step)
    if request.method == "GET":
        return _page(request, found, _form(request, found))
    form = _form(request, found, request.POST)
    if form is None:
        raise PermissionDenied
    if form.is_valid():
        facts = form.facts() if isinstance(form, StepForm) else _own(found, form.cleaned_data)
        try:
            actions.change_step(
                by=request.scope,
                organisation=org,
                step=step,
                revision=form.cleaned_data["revision"],
                facts=facts,
                today=timezone.localdate(),
            )
            messages.success(request, _("The step is saved."))
            return redirect("step", org=org, step=step)
        except actions.Overtaken as other:
            return _both(request, other.step)
        except Refused as why:
            form.refused(why)
    return _page(request, found, form, status=422)


def _own(found: Step, said: dict[str, Any]) -> Facts:
    return replace(facts_of(found), state=said["state"], notes=said["notes"])


def _form(request: Request, found: Step, data: QueryDict | None = None) -> OwnStepForm | None:
    """What someone may fill in of a step: all of it, how far their own is, or nothing."""
    first = first_values(facts_of(found), found.revision)
    if actions.may_steer(request.scope, found.plan):
        people = queries.who_can_take(request.scope, found.plan)
        if found.assignee and found.assignee not in people:
            people.append(found.assignee)
        return StepForm(found.plan, people, _projects(request, found.plan), data, initial=first)
    account = request.scope.account
    return OwnStepForm(data, initial=first) if account and found.assignee_id == account.pk else None


def _projects(request: Request, plan: Plan) -> list[Project]:
    return list(Project.objects.within(request.scope).filter(plan=plan))


def _both(request: Request, now: Step) -> HttpResponse:
    """Someone else was first: what stands now beside what was typed, and the form with what was typed."""
    data = request.POST.copy()
    data["revision"] = str(now.revision)
    form = _form(request, now, data)
    if form is None:  # it is no longer theirs
        raise PermissionDenied
    both = differences(form, first_values(facts_of(now), now.revision))
    return _page(request, now, form, status=409, both=both)


def _page(
    request: Request,
    found: Step,
    form: OwnStepForm | None,
    *,
    status: int = 200,
    both: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    plan, language = found.plan, get_language()
    edition = editions.edition(plan.edition_id)
    done = found.state == Step.State.DONE
    template = standard().steps.get(found.template) or edition.steps.get(found.template)
    context = {
        "step": found,
        "plan": plan,
        "form": form,
        "both": both,
        "text": item_text(edition, found.item, language),
        "known": found.item in standard().items,
        "template": template_text(edition, found.template, language),
        "before": [text.title for id_ in template.after if (text := template_text(edition, id_, language))]
        if template
        else [],
        "takes": takes(found.minutes, found.cents),
        "year": year_days(plan.starts_on, found.project.year),
        "audience": audience(plan),
        "late": found.state in queries.OPEN and found.due is not None and found.due < timezone.localdate(),
        "again": done and found.item in queries.to_ask_again(request.scope, plan.org_id),
        "ask_url": reverse("round-new", args=[plan.org_id])
        if request.scope.may("rounds.steer", plan.org_id)
        else reverse("rounds", args=[plan.org_id]),
    }
    return render(request, "planning/step.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: Request, org: UUID) -> HttpResponse:
    """A step of the organisation's own; ``?item=`` says what it is for."""
    today = timezone.localdate()
    plan = queries.roadmap(request.scope, org) or Plan(org_id=org, starts_on=first_day(today))
    people = queries.who_can_take(request.scope, plan)
    first = {"item": request.GET.get("item", ""), "year": "1"}
    form = NewStepForm(
        standard(), get_language(), plan, people, _projects(request, plan), request.POST or None, initial=first
    )
    if form.is_valid():
        try:
            actions.add_to_roadmap(
                by=request.scope,
                organisation=org,
                title=roadmap_title(today),
                steps=[NewStep(form.cleaned_data["item"], form.facts())],
                edition=standard(),
                today=today,
                once=form.cleaned_data["once"],
            )
            messages.success(request, _("The step is on the roadmap now."))
            return redirect("roadmap", org=org)
        except Refused as why:
            form.refused(why)
    return render(request, "planning/step_new.html", {"form": form}, status=422 if form.errors else 200)
