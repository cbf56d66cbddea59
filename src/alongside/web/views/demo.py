"""In the demo only: sign in as one of its people with one click."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from alongside.people import queries as people
from alongside.people.models import ROLE_NAMES, Account
from alongside.people.scope import scope_of
from alongside.web.access import Request


@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """GET shows the people of the demo, POST signs in as one of them. 404 anywhere but in the demo."""
    if not settings.DEMO:
        raise Http404
    if request.method == "GET":
        accounts = Account.objects.order_by("name")
        return render(request, "home/demo.html", {"people": [(account, _places(account)) for account in accounts]})
    account = get_object_or_404(Account, email=request.POST.get("account", ""))
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home")


def _places(account: Account) -> dict[str, list[str]]:
    """What someone is, by the name of the organisation."""
    scope = scope_of(account)
    return {
        org.name: [str(name) for role, name in ROLE_NAMES.items() if role in scope.roles[org.pk]]
        for org in people.organisations(scope)
    }
