"""Permission, asked in one place: before any page is entered.

`rules/access.DOORS` names what each page takes. A page that is not in the table is closed to everyone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from alongside.people.scope import NOBODY, Scope, scope_of
from alongside.rules.access import DOORS


class Request(HttpRequest):
    """A request as every view gets it: with the scope it acts in."""

    scope: Scope
    htmx: HtmxDetails


class AccessMiddleware:
    """Opens or closes the door; the views behind it need not ask again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the door is checked once the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None to let in; otherwise the way to the sign-in page, 404 for what is not theirs, 403 for what is not."""
        assert request.resolver_match is not None
        door = DOORS.get(request.resolver_match.view_name)
        if door is None:
            raise PermissionDenied("this page has no permission in the policy")
        request.scope = scope_of(request.user) if request.user.is_authenticated else NOBODY
        organisation: UUID | None = kwargs.get("org")
        if request.scope.may(door, organisation):
            return None
        if request.scope.account is None:
            return redirect_to_login(request.get_full_path())
        if organisation not in request.scope.organisations:
            raise Http404  # a foreign id looks like one that does not exist
        raise PermissionDenied(door)
