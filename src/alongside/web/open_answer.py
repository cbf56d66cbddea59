"""The response that a browser is answering: a cookie that ends with the browser, no session row with a time in it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.assessment import editions
from alongside.assessment.models import Response
from alongside.rules.tallies import Answer
from alongside.web.access import Request
from alongside.web.question_page import answers_in_words

COOKIE = "answering"


def begin_with(answer: HttpResponse, response: Response) -> HttpResponse:
    """Let this browser go on with a response."""
    value = signing.dumps(str(response.pk), salt=COOKIE)
    answer.set_cookie(COOKIE, value, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return answer


def end_here(answer: HttpResponse) -> HttpResponse:
    """Forget which response it was: others may use this computer next."""
    answer.delete_cookie(COOKIE)
    return answer


def response_of(request: Request) -> Response:
    """The response that this browser is answering, open or not; 404 without one."""
    try:
        id_ = UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))
    except (signing.BadSignature, ValueError):
        raise Http404(_("Open your link again.")) from None
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    found = slots.select_related("group__round__org").filter(pk=id_).first()
    if found is None:
        raise Http404(_("Open your link again."))
    return found


def closed_page(request: Request, response: Response, typed: Mapping[str, Answer]) -> HttpResponse:
    """The round was closed in the meantime: what was `typed` is shown as not taken, so that nobody thinks it counts."""
    edition = editions.edition(response.group.round.edition_id)
    context = {"closed": True, "not_taken": answers_in_words(edition, typed, get_language())}
    return render(request, "answering/unknown.html", context, status=410)
