"""Who is in an organisation: invitations, memberships, roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people import actions, queries
from alongside.people.models import Membership, Team
from alongside.web.access import Request
from alongside.web.forms import NameForm
from alongside.web.invitations import send_invitations
from alongside.web.people_forms import NO_TEAM, InvitationForm, RoleForm
from alongside.web.people_page import people_page


def people(request: Request, org: UUID, form: InvitationForm | None = None) -> HttpResponse:
    """Everyone with a role here, and whom one is still waiting for; with many of them a page at a time."""
    start = request.GET.get("from", "")
    teams = list(queries.teams(request.scope, org))
    context = {
        "page": people_page(
            queries.memberships(request.scope, org),
            queries.invitations(request.scope, org),
            wanted=request.GET.get("q", "").strip()[:100],
            start=int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0,
        ),
        "form": form or InvitationForm(teams),
        "roles": Membership._meta.get_field("role").choices,
        "teams": teams,
        "no_team": NO_TEAM,
    }
    return render(request, "people/people.html", context, status=422 if form else 200)


@require_POST
def invite(request: Request, org: UUID) -> HttpResponse:
    """Send an invitation. The page says the same whether or not the address has an account."""
    form = InvitationForm(queries.teams(request.scope, org), request.POST)
    if not form.is_valid():
        return people(request, org, form)
    email, today = form.cleaned_data["email"], timezone.localdate()
    try:
        invited, token = actions.invite(by=request.scope, organisation=org, email=email, today=today, **form.said())
    except Team.DoesNotExist:  # it was removed a moment ago
        raise Http404 from None
    if failed := send_invitations(request, invited.org, invited.expires_on, [(email, token)]):
        messages.error(request, f"{_('These mails could not be sent:')} {', '.join(failed)}")
    else:
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
    return redirect("people", org=org)


@require_POST
def uninvite(request: Request, org: UUID, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    actions.uninvite(by=request.scope, organisation=org, invitation=invitation)
    messages.success(request, _("The invitation no longer works."))
    return redirect("people", org=org)


@require_POST
def role(request: Request, org: UUID, membership: int) -> HttpResponse:
    """Give another role, or the same in another team, or take this one away (`remove`)."""
    form = RoleForm(queries.teams(request.scope, org), request.POST)
    try:
        if "remove" in request.POST:
            actions.take_role(by=request.scope, organisation=org, membership=membership)
        elif form.is_valid():
            actions.give_role(by=request.scope, organisation=org, membership=membership, **form.said())
    except (Membership.DoesNotExist, Team.DoesNotExist):
        raise Http404 from None
    except actions.LastSteward:
        messages.error(request, _("Someone has to be able to invite people: name another coordinator first."))
    return redirect("people", org=org)


@require_http_methods(["GET", "POST"])
def name(request: Request) -> HttpResponse:
    """One's own name, as colleagues see it."""
    account = request.scope.account
    assert account is not None
    form = NameForm(request.POST or None, initial={"name": account.name})
    if form.is_valid():
        actions.change_name(by=account, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("account-name")
    return render(request, "people/name.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """GET shows what the invitation is and changes nothing; POST accepts it for the account that is signed in."""
    today = timezone.localdate()
    try:
        found = actions.find_invitation(token=token, today=today)
        if request.method == "POST" and request.scope.account is not None:
            joined = actions.accept(by=request.scope.account, token=token, today=today)
            return redirect("organisation", org=joined.pk)
    except actions.NotYours:
        return render(request, "people/invitation_closed.html", status=404)
    context = {"invitation": found, "offered": actions.offered(invitation=found, today=today)}
    return render(request, "people/invitation.html", context)
