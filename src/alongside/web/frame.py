"""What the frame around every page shows: where one is, as whom, and in which language and light."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.people.models import Organisation
from alongside.people.scope import NOBODY, Scope, scope_of

APPEARANCES = ("auto", "light", "dark")
APPEARANCE_COOKIE = "appearance"


class Place(NamedTuple):
    """One entry of the navigation."""

    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame, for every template. Queries only for someone who is signed in."""
    scope = _scope(request)
    organisation = _organisation(request, scope)
    appearance = request.COOKIES.get(APPEARANCE_COOKIE, "auto")
    return {
        "scope": scope,
        "organisation": organisation,
        "navigation": _navigation(request, scope, organisation),
        "appearance": appearance if appearance in APPEARANCES else "auto",
        "appearances": APPEARANCES,
        "languages": settings.LANGUAGES,
        "draft": get_language() in settings.DRAFT_LANGUAGES,
        "demo": settings.DEMO,
        "sees_record": organisation is not None and scope.may("record.see", organisation.pk),
        "sees_programmes": organisation is not None and scope.may("programmes.grant", organisation.pk),
    }


def _scope(request: HttpRequest) -> Scope:
    """The scope of the request; made here where no page was found and so no door was asked."""
    found: Scope | None = getattr(request, "scope", None)
    user = getattr(request, "user", None)
    return found or (scope_of(user) if user and user.is_authenticated else NOBODY)


def _organisation(request: HttpRequest, scope: Scope) -> Organisation | None:
    """The organisation of the page, or the only one there is."""
    match = request.resolver_match
    wanted: UUID | None = match.kwargs.get("org") if match else None
    if wanted is None and len(scope.organisations) == 1:
        (wanted,) = scope.organisations
    return Organisation.objects.within(scope).filter(pk=wanted).first() if wanted else None


def _navigation(request: HttpRequest, scope: Scope, organisation: Organisation | None) -> list[Place]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    doors = [(_("Today") if scope.account else _("Welcome"), reverse("home"), here == "home")]
    if organisation and scope.may("organisation.see", organisation.pk):
        doors.append((organisation.name, reverse("organisation", args=[organisation.pk]), here == "organisation"))
        if scope.may("rounds.see", organisation.pk):
            doors.append((_("Rounds"), reverse("rounds", args=[organisation.pk]), here.startswith("round")))
        if scope.may("roadmap.see", organisation.pk):
            current = here.startswith(("roadmap", "step"))
            doors.append((_("Roadmap"), reverse("roadmap", args=[organisation.pk]), current))
        if scope.may("people.see", organisation.pk):
            current = here.startswith(("people", "team", "record", "organisation-programmes"))
            doors.append((_("People"), reverse("people", args=[organisation.pk]), current))
    doors.append((_("First look"), reverse("first-look"), here.startswith("first-look")))
    if organisation is None:  # members find it on their organisation's page
        doors.append((_("Welcome kit"), reverse("kit"), here.startswith("kit")))
    doors.append((_("The standard"), reverse("standard"), here.startswith("standard")))
    return [Place(*door) for door in doors]
