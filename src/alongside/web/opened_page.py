"""After people were asked: their links are sent, and those on paper are shown this once."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from alongside.assessment import editions, queries
from alongside.assessment import rounds as actions
from alongside.assessment.naming import group_names
from alongside.web.access import Request
from alongside.web.letters import limit
from alongside.web.letters.asking import send_links


def opened_page(
    request: Request, opened: actions.Opened, typed: Collection[str], *, more: bool = False
) -> HttpResponse:
    """Send the links and show the codes. Of addresses that fail only those are named that were `typed`, or may be seen.

    `more`: the round was open before.
    """
    round_ = opened.round
    limit.count(request.scope.account, len(opened.letters))
    failed = send_links(opened, lambda token: request.build_absolute_uri(reverse("answer-begin", args=[token])))
    sees_people = request.scope.may("people.see", round_.org_id)
    named = [email for email in failed if sees_people or email in typed]
    groups = queries.groups(request.scope, round_)
    names = group_names(editions.edition(round_.edition_id), groups, get_language())
    context = {
        "round": round_,
        "mailed": len(opened.letters) - len(failed),
        "failed": named,
        "failed_unnamed": len(failed) - len(named),
        "sheets": [(names[key], key, codes) for key, codes in opened.codes.items()],
        "address": request.build_absolute_uri(reverse("answer")),
        "more": more,
    }
    response = render(request, "rounds/opened.html", context)
    response["Cache-Control"] = "no-store"
    return response
