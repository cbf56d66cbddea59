"""The roadmap of an organisation: the list first, a timeline and a board as other views of it, and what is proposed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people import queries as people
from alongside.planning import actions, queries
from alongside.planning.models import Plan, Step
from alongside.planning.proposals import new_steps, proposal
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.plan_forms import Choice, MoveForm
from alongside.web.plan_words import audience, roadmap_title
from alongside.web.proposal_page import proposal_page
from alongside.web.roadmap_page import SHOWS, Again, roadmap_page
from alongside.web.timeline_page import board as board_page
from alongside.web.timeline_page import timeline_page

VIEWS = ("roadmap", "roadmap-board")


def roadmap(request: Request, org: UUID) -> HttpResponse:
    """What is being done now, then year by year; narrowed by ``?show=``."""
    plan = queries.roadmap(request.scope, org)
    if plan is None:
        return _none(request, org)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    rows = queries.rows(request.scope, plan)
    may_ask = request.scope.may("rounds.steer", org)
    items = queries.again_of(rows, queries.last_closed(request.scope, org))
    again = Again(items, reverse("round-new", args=[org]) if may_ask else "")
    page = roadmap_page(plan, rows, again, show=show, account=request.scope.account, today=timezone.localdate())
    return render(
        request, "planning/roadmap.html", _context(request, plan) | {"page": page, "show": show, "again": again}
    )


def timeline(request: Request, org: UUID) -> HttpResponse:
    """One year of the plan as bars; ``?year=2`` for another."""
    plan = queries.roadmap(request.scope, org)
    if plan is None:
        return _none(request, org)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 3 else None
    page = timeline_page(plan, queries.rows(request.scope, plan), year, timezone.localdate())
    return render(request, "planning/timeline.html", _context(request, plan) | {"page": page})


def board(request: Request, org: UUID) -> HttpResponse:
    """Planned, being done, done: cards are moved by their buttons."""
    plan = queries.roadmap(request.scope, org)
    if plan is None:
        return _none(request, org)
    columns = board_page(plan, queries.rows(request.scope, plan), timezone.localdate())
    account = request.scope.account
    context = {"columns": columns, "me": account.pk if account else None}
    return render(request, "planning/board.html", _context(request, plan) | context)


def _context(request: Request, plan: Plan) -> dict[str, object]:
    return {"plan": plan, "may_change": actions.may_steer(request.scope, plan), "audience": audience(plan)}


def _none(request: Request, org: UUID) -> HttpResponse:
    """No roadmap yet: what it is, and how it begins."""
    return render(request, "planning/none.html", {"may_change": request.scope.may("roadmap.change", org)})


@require_POST
def move(request: Request, org: UUID) -> HttpResponse:
    """Move one card, then go back to where it stood."""
    form = MoveForm(request.POST)
    back = request.POST.get("back", "")
    there = redirect(back if back in VIEWS else "roadmap", org=org)
    if not form.is_valid():
        messages.error(request, _("This did not say which step to move, and where."))
        return there
    step, state, revision = form.moved()
    today = timezone.localdate()
    try:
        moved = actions.move_step(
            by=request.scope, organisation=org, step=step, state=state, revision=revision, today=today
        )
    except Step.DoesNotExist:
        raise Http404 from None
    except actions.NotTheirs:
        raise PermissionDenied from None
    except actions.Overtaken:
        messages.warning(request, _("Someone else changed this step in the meantime. Look again before you move it."))
        return there
    messages.success(request, f"“{moved.title}”: {moved.get_state_display()}")
    return there


@require_http_methods(["GET", "POST"])
def propose(request: Request, org: UUID) -> HttpResponse:
    """From what is missing to steps; POST puts the chosen ones on the roadmap."""
    found = get_object_or_404(people.organisations(request.scope), pk=org)
    proposed, today = proposal(request.scope, found, standard()), timezone.localdate()
    form = Choice([one.template.id for one in proposed.steps], request.POST or None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["steps"]:
        steps = new_steps(proposed, form.cleaned_data["steps"], get_language(), today=today)
        added = actions.add_to_roadmap(
            by=request.scope,
            organisation=org,
            title=roadmap_title(today),
            steps=steps,
            edition=standard(),
            today=today,
            once=form.cleaned_data["once"],
        )
        _say_added(request, len(added))
        return redirect("roadmap", org=org)
    chosen = request.POST.getlist("steps") if request.method == "POST" else None
    page = proposal_page(proposed, get_language(), chosen, today=today)
    context = {"page": page, "form": form, "nothing": chosen is not None}
    return render(request, "planning/propose.html", context, status=422 if chosen is not None else 200)


def _say_added(request: Request, number: int) -> None:
    said = ngettext("%(n)s step is on the roadmap now.", "%(n)s steps are on the roadmap now.", number)
    messages.success(request, said % {"n": number} if number else _("These steps are on the roadmap already."))
