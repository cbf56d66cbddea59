"""Programmes: for those who convene one, and for the organisations that let one see something."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.assessment import queries as assessment
from alongside.assessment.standing import standings
from alongside.people import programmes as actions
from alongside.people.models import Account, Grant, Programme
from alongside.web.access import Request
from alongside.web.people_forms import CodeForm, GrantForm, ProgrammeForm
from alongside.web.programme_page import places
from alongside.web.results_page import results_page


@require_http_methods(["GET", "POST"])
def programmes(request: Request) -> HttpResponse:
    """The programmes one convenes; POST opens one."""
    account = _account(request)
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        opened = actions.open_programme(by=account, **form.cleaned_data)
        return redirect("programme", programme=opened.pk)
    context = {"programmes": actions.convened(account), "form": form}
    return render(request, "programmes/programmes.html", context, status=422 if form.errors else 200)


@never_cache
def programme(request: Request, programme: UUID) -> HttpResponse:
    """The organisations whose grant holds today, and where each stands; for conveners only."""
    granted = _granted(request, programme)
    context = {
        "granted": granted,
        "programme": granted.programme,
        "places": places(granted, standings(granted, granted.organisations), get_language()),
        "people": granted.programme.people.order_by("name", "pk"),
        "link": request.build_absolute_uri(reverse("programme-convene", args=[actions.link_token(granted.programme)])),
        "link_days": actions.LINK_DAYS,
    }
    return render(request, "programmes/programme.html", context)


@never_cache
def figures(request: Request, programme: UUID, grant: UUID) -> HttpResponse:
    """The published figures of one organisation that lets the programme see them."""
    granted = _granted(request, programme).figures()
    found = next((one for one in granted.grants if one.pk == grant), None)
    round_ = standings(granted, [found.org_id])[found.org_id].round if found else None
    if found is None or round_ is None:
        raise Http404
    results = results_page(assessment.results(granted, round_), get_language())
    context = {"programme": granted.programme, "grant": found, "round": round_, "results": results}
    return render(request, "programmes/figures.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def convene(request: Request, token: str) -> HttpResponse:
    """What a link to convene together leads to; POST joins."""
    try:
        if request.method == "POST":
            return redirect("programme", programme=actions.join(by=_account(request), token=token).pk)
        return render(request, "programmes/convene.html", {"programme": actions.behind(token)})
    except actions.LinkClosed:
        return render(request, "programmes/link_closed.html", status=404)


@require_POST
def leave(request: Request, programme: UUID) -> HttpResponse:
    """Convene it no longer."""
    try:
        actions.leave(by=_account(request), programme=programme)
    except Programme.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("You no longer convene this programme."))
    return redirect("programmes")


@require_http_methods(["GET", "POST"])
def organisation_programmes(request: Request, org: UUID) -> HttpResponse:
    """What this organisation lets programmes see. With `code` the programme behind it; POST grants."""
    today = timezone.localdate()
    if request.method == "POST":
        form = GrantForm(today, request.POST)
        if form.is_valid():
            return _grant(request, org, form)
        return _grants_page(request, org, request.POST.get("code", ""), form, status=422)
    return _grants_page(request, org, request.GET.get("code", ""))


@require_POST
def end_grant(request: Request, org: UUID, grant: UUID) -> HttpResponse:
    """The programme sees nothing more of this organisation."""
    try:
        actions.end_grant(by=request.scope, organisation=org, grant=grant)
    except Grant.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is ended: the programme sees nothing of you any more."))
    return redirect("organisation-programmes", org=org)


def _grant(request: Request, org: UUID, form: GrantForm) -> HttpResponse:
    try:
        actions.give_grant(by=request.scope, organisation=org, today=form.today, **form.cleaned_data)
    except Programme.DoesNotExist:
        return _grants_page(request, org, form.cleaned_data["code"], status=422)
    messages.success(request, _("It is granted. You can change or end it here on any day."))
    return redirect("organisation-programmes", org=org)


def _grants_page(
    request: Request, org: UUID, code: str, form: GrantForm | None = None, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    found = actions.find_programme(code) if code else None
    look = CodeForm({"code": code} if code else None)
    if code and found is None and look.is_valid():
        look.add_error("code", _("There is no programme with this code. Compare it with the one you were given."))
    grants = list(actions.grants_of(request.scope, org, today))
    already = next((grant for grant in grants if grant.programme == found), None)
    begun = {"code": code} | ({"purpose": already.purpose, "until": already.until} if already else {})
    context = {
        "grants": grants,
        "sees_people": request.scope.may("people.see", org),
        "found": found,
        "already": already,
        "look": look,
        "form": (form or GrantForm(today, initial=begun)) if found else None,
    }
    return render(request, "programmes/grants.html", context, status=422 if look.errors else status)


def _granted(request: Request, programme: UUID) -> actions.Granted:
    """What one may see of the programme today; 404 for whoever does not convene it."""
    try:
        return actions.granted(_account(request), programme, timezone.localdate())
    except Programme.DoesNotExist:
        raise Http404 from None


def _account(request: Request) -> Account:
    account = request.scope.account
    assert account is not None
    return account
