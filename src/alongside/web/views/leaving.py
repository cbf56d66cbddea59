"""Leaving an organisation, and closing one's account."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.people import leaving
from alongside.people.scope import Scope
from alongside.web.access import Request
from alongside.web.leaving_forms import LeavingForm


@require_http_methods(["GET", "POST"])
def organisation(request: Request, org: UUID) -> HttpResponse:
    """GET says what leaving means; POST gives back all of one's own roles here."""
    account = request.scope.account
    assert account is not None
    here = Scope(account, {org: request.scope.roles[org]})
    form = LeavingForm(leaving.places_of(here).emptied, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            leaving.leave(by=request.scope, organisation=org, knowing=form.knowing)
        except (leaving.LastOfThem, leaving.NotTold):
            return redirect(
                "organisation-leave", org=org
            )  # others came or went in between: the page says what holds now
        messages.success(request, _("You have left."))
        return redirect("home")
    return _page(request, "leaving/organisation.html", here, form)


@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """GET says what goes with the account; POST asks for the password once more, and closes it."""
    own = request.scope.account
    assert own is not None
    form = LeavingForm(leaving.places_of(request.scope).emptied, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            leaving.close_account(by=own, knowing=form.knowing)
        except (leaving.LastOfThem, leaving.NotTold):
            return redirect("account-close")
        logout(request)
        messages.success(request, _("Your account is closed. Thank you for being here."))
        return redirect("home")
    return _page(request, "leaving/account.html", request.scope, form)


def _page(request: Request, template: str, scope: Scope, form: LeavingForm) -> HttpResponse:
    context = {"form": form, "places": leaving.places_of(scope)}
    return render(request, template, context, status=422 if form.errors else 200)
