"""The first page (what needs me now), what this is, and who sees what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.people import queries as people
from alongside.people.models import ROLE_NAMES
from alongside.rules.access import POLICY, Reach, permitted
from alongside.web.access import Request
from alongside.web.needs import needs_of


def home(request: Request) -> HttpResponse:
    """For a visitor what this is; for someone signed in what needs them now."""
    if request.scope.account is None:
        return render(request, "home/welcome.html")
    return render(
        request,
        "home/today.html",
        {
            "organisations": people.organisations(request.scope),
            "needs": needs_of(request.scope, timezone.localdate()),
        },
    )


def about(request: Request) -> HttpResponse:
    """Where the standard comes from, under which licences, and what the site keeps."""
    return render(request, "home/about.html")


def who_sees_what(request: Request) -> HttpResponse:
    """The policy itself, written out: what may be seen and done, by whom, and why."""
    rows = [
        {
            "permission": rule,
            "roles": [name for role, name in ROLE_NAMES.items() if role in rule.roles],
            "anyone": rule.reach is Reach.ANYONE,
            "signed_in": rule.reach is Reach.SIGNED_IN,
        }
        for rule in POLICY.values()
    ]
    mine = {org.name: permitted(request.scope.roles[org.pk]) for org in people.organisations(request.scope)}
    return render(request, "home/who_sees_what.html", {"rows": rows, "mine": mine})
