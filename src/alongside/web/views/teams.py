"""The teams of an organisation: add one, change one, remove one that nobody is in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.people import teams as actions
from alongside.people.models import Team
from alongside.web.access import Request
from alongside.web.people_forms import ChangeTeamForm, TeamForm


@require_safe
def teams(request: Request, org: UUID) -> HttpResponse:
    """Every team with its kind and how many people have a role in it."""
    return _page(request, org)


@require_POST
def add(request: Request, org: UUID) -> HttpResponse:
    """Add a team."""
    form = TeamForm(request.POST)
    if form.is_valid():
        try:
            actions.add_team(by=request.scope, organisation=org, **form.cleaned_data)
            return redirect("teams", org=org)
        except actions.NameTaken:
            form.add_error("name", _("There is a team of this name already."))
    return _page(request, org, form=form, status=422)


@require_POST
def change(request: Request, org: UUID, team: UUID) -> HttpResponse:
    """Give a team another name or kind, or remove it (`remove`)."""
    found = next((line.team for line in actions.team_lines(request.scope, org) if line.team.pk == team), None)
    if found is None:
        raise Http404
    if "remove" in request.POST:
        return _remove(request, org, found)
    form, meanwhile, status = ChangeTeamForm(found, request.POST), None, 422
    if form.is_valid():
        said = {"name": form.cleaned_data["name"], "kind": form.cleaned_data["kind"], "was": form.was}
        try:
            actions.change_team(by=request.scope, organisation=org, team=team, **said)
            return redirect("teams", org=org)
        except actions.NameTaken:
            form.add_error("name", _("There is a team of this name already."))
        except Team.DoesNotExist:
            raise Http404 from None
        except actions.Meanwhile as changed:
            meanwhile, status = changed.team, 409
            form = _again(changed.team, form)
    return _page(request, org, changed=(found, form), meanwhile=meanwhile, status=status)


def _remove(request: Request, org: UUID, team: Team) -> HttpResponse:
    try:
        actions.remove_team(by=request.scope, organisation=org, team=team.pk, today=timezone.localdate())
        messages.success(request, _("%(name)s is removed.") % {"name": team.name})
    except actions.TeamInUse:
        said = _("%(name)s stays: people have roles in it or are invited to it. Give them another team first.")
        messages.error(request, said % {"name": team.name})
    except Team.DoesNotExist:
        raise Http404 from None
    return redirect("teams", org=org)


def _again(team: Team, form: ChangeTeamForm) -> ChangeTeamForm:
    """The form with what was typed, and with the team as it is by now underneath."""
    now = {form.add_prefix("was_name"): team.name, form.add_prefix("was_kind"): team.kind}
    return ChangeTeamForm(team, {**{name: form.data[name] for name in form.data}, **now})


def _page(
    request: Request,
    org: UUID,
    *,
    form: TeamForm | None = None,
    changed: tuple[Team, ChangeTeamForm] | None = None,
    meanwhile: Team | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {changed[0].pk: changed[1]} if changed else {}
    rows = [
        {"team": line.team, "people": line.people, "form": forms.get(line.team.pk) or ChangeTeamForm(line.team)}
        for line in actions.team_lines(request.scope, org)
    ]
    context = {"rows": rows, "form": form or TeamForm(), "meanwhile": meanwhile}
    return render(request, "people/teams.html", context, status=status)
