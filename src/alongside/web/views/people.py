"""Who is in an organisation: invitations, memberships, roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.people import actions, queries
from alongside.people.models import Membership
from alongside.rules.access import Role
from alongside.web.access import Request
from alongside.web.forms import InvitationForm, NameForm, RoleForm


def people(request: Request, org: UUID, form: InvitationForm | None = None) -> HttpResponse:
    """Everyone with a role here, and whom one is still waiting for."""
    context = {
        "memberships": queries.memberships(request.scope, org),
        "invitations": queries.invitations(request.scope, org),
        "form": form or InvitationForm(),
        "roles": Membership._meta.get_field("role").choices,
    }
    return render(request, "people/people.html", context, status=422 if form else 200)


@require_POST
def invite(request: Request, org: UUID) -> HttpResponse:
    """Send an invitation. The page says the same whether or not the address has an account."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return people(request, org, form)
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    invitation, token = actions.invite(
        by=request.scope, organisation=org, email=email, role=role, today=timezone.localdate()
    )
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    body = render_to_string("people/invitation.txt", {"link": link, "invitation": invitation})
    if send_mail(_("An invitation to work together"), body, None, [email], fail_silently=True):
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
    else:
        messages.error(request, f"{_('These mails could not be sent:')} {email}")
    return redirect("people", org=org)


@require_POST
def uninvite(request: Request, org: UUID, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    actions.uninvite(by=request.scope, organisation=org, invitation=invitation)
    messages.success(request, _("The invitation no longer works."))
    return redirect("people", org=org)


@require_POST
def role(request: Request, org: UUID, membership: int) -> HttpResponse:
    """Give another role, or take this one away (`remove`)."""
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            actions.take_role(by=request.scope, organisation=org, membership=membership)
        elif form.is_valid():
            new_role = Role(form.cleaned_data["role"])
            actions.give_role(by=request.scope, organisation=org, membership=membership, role=new_role)
    except Membership.DoesNotExist:
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
    return render(request, "people/invitation.html", {"invitation": found})
