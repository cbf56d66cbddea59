"""Language and light: kept in cookies on the visitor's own device; the language also with the account, for mails."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alongside.people.own import choose_language
from alongside.web.access import Request
from alongside.web.frame import APPEARANCE_COOKIE, APPEARANCES

A_YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # a token would put a cookie on every visitor's device; a stranger could change no more than a colour
@require_http_methods(["GET", "POST"])
def choices(request: Request) -> HttpResponse:
    """GET shows the choices; POST keeps `language` or `appearance` and goes back to `next`."""
    if request.method == "GET":
        return render(request, "home/choices.html")
    response = HttpResponseRedirect(_way_back(request))
    language, appearance = request.POST.get("language", ""), request.POST.get("appearance", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.scope.account:
            choose_language(by=request.scope.account, language=language)  # for mails
    if appearance in APPEARANCES:
        _keep(response, APPEARANCE_COOKIE, appearance)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS)


def _way_back(request: Request) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else "/"
