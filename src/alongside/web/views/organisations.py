"""An organisation's own page, and its facts."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from alongside.assessment import queries as assessment
from alongside.assessment.models import Round
from alongside.assessment.standing import Basis, Standing, dissents, item_of, standing
from alongside.people import actions, queries
from alongside.people.models import Organisation
from alongside.planning import queries as planning
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.forms import NewOrganisationForm, OrganisationForm
from alongside.web.item_stand import item_stand
from alongside.web.look_page import look_page
from alongside.web.stand_page import stand_page
from alongside.web.standard_pages import item_page


def organisation(request: Request, org: UUID) -> HttpResponse:
    """Where the organisation stands: as agreed after its rounds; before them its first looks."""
    found = get_object_or_404(queries.organisations(request.scope), pk=org)
    stands = standing(request.scope, org)
    if stands.round is not None:
        return _stand(request, found, stands, stands.round)
    looks = assessment.first_looks(request.scope, org)
    latest, before = looks[0] if looks else None, looks[1].row.answers if len(looks) > 1 else None
    context = {
        "org": found,
        "looks": looks,
        "page": look_page(latest.edition, latest.result, get_language(), before=before) if latest else None,
        "may_change": request.scope.may("organisation.change", org),
        "may_invite": request.scope.may("people.change", org),
    }
    return render(request, "organisations/organisation.html", context)


def _stand(request: Request, found: Organisation, stands: Standing, latest: Round) -> HttpResponse:
    rounds = list(assessment.rounds(request.scope, found.pk))
    language, base = get_language(), f"{request.path}standard/"
    context = {
        "org": found,
        "stands": stands,
        "agreed": stands.basis is Basis.AGREED,
        "round": latest,
        "open": next((one for one in rounds if one.state == Round.State.OPEN), None),
        "waiting": next((one for one in rounds if one.state == Round.State.CLOSED and one.told_on is None), None),
        "page": stand_page(stands, assessment.groups(request.scope, latest), language, base),
        "otherwise": [(one, item) for one in dissents(request.scope, found.pk) if (item := item_of(one))],
        "next_steps": planning.next_steps(request.scope, found.pk),
        "today": timezone.localdate(),
        "may_steer": request.scope.may("rounds.steer", found.pk),
        "may_change": request.scope.may("organisation.change", found.pk),
    }
    return render(request, "organisations/stand.html", context)


def item(request: Request, org: UUID, item: str) -> HttpResponse:
    """An item of the standard, with where the organisation stands on it."""
    get_object_or_404(queries.organisations(request.scope), pk=org)
    if item not in standard().items or standard().items[item].kind == "part":
        raise Http404
    language = get_language() or standard().language
    context = {
        "page": item_page(standard(), language, item),
        "stand": item_stand(request.scope, org, item, language),
    }
    return render(request, "organisations/item.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a place for an organisation."""
    form = NewOrganisationForm(request.POST or None)
    if form.is_valid():
        assert request.scope.account is not None
        if form.cleaned_data["once"] in request.scope.organisations:
            return redirect("organisation", org=form.cleaned_data["once"])
        opened = actions.open_organisation(by=request.scope.account, **form.cleaned_data)
        return redirect("organisation", org=opened.pk)
    return render(request, "organisations/edit.html", {"form": form, "org": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: Request, org: UUID) -> HttpResponse:
    """Change the organisation's facts."""
    found = get_object_or_404(queries.organisations(request.scope), pk=org)
    form = OrganisationForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.change_organisation(by=request.scope, organisation=org, **form.cleaned_data)
        return redirect("organisation", org=org)
    return render(request, "organisations/edit.html", {"form": form, "org": found}, status=422 if form.errors else 200)
