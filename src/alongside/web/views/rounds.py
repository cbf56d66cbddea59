"""Rounds of an organisation: see who is asked, remind, close, read what came of it. Opening: `round_opening.py`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.assessment import editions, queries
from alongside.assessment import rounds as actions
from alongside.assessment.models import Round
from alongside.assessment.naming import group_names
from alongside.assessment.own_answers import own_responses
from alongside.assessment.standing import agreed
from alongside.planning import queries as planning
from alongside.web.access import Request
from alongside.web.letters import limit
from alongside.web.letters.asking import send_reminders
from alongside.web.results_page import results_page, said_by_name


def rounds(request: Request, org: UUID) -> HttpResponse:
    """The rounds there are, latest first."""
    context = {
        "rounds": queries.rounds(request.scope, org),
        "may_steer": request.scope.may("rounds.steer", org),
    }
    return render(request, "rounds/rounds.html", context)


def round_page(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """While it is open: who is asked. Once it is closed: what came of it."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    may_steer = request.scope.may("rounds.steer", org)
    own = own_responses(request.scope.account).filter(group__round=found).first() if request.scope.account else None
    if found.state == Round.State.CLOSED:
        found_results = queries.results(request.scope, found)
        by_name = queries.named(request.scope, found) if may_steer else []
        context = {
            "round": found,
            "results": results_page(
                found_results,
                get_language(),
                came=agreed(request.scope, found),
                steps=planning.steps_by_item(request.scope, org),
            ),
            "may_steer": may_steer,
            "own": own,
            "by_name": said_by_name(found_results.mapped.own, by_name, get_language()),
        }
        return render(request, "rounds/results.html", context)
    return render(request, "rounds/open.html", _open_context(request, found, may_steer) | {"own": own})


def _open_context(request: Request, found: Round, may_steer: bool) -> dict[str, object]:
    """Who is asked; for those who steer also how far it is, who waits, and when all can be reminded."""
    asked = list(queries.groups(request.scope, found))
    names = group_names(editions.edition(found.edition_id), asked, get_language())
    waiting = queries.waiting(request.scope, found) if may_steer else {}
    context: dict[str, object] = {
        "round": found,
        "groups": [(names[group.key], group, waiting.get(group.pk, 0)) for group in asked],
        "may_steer": may_steer,
    }
    if may_steer:
        again_on = actions.may_remind_on(found)
        context["begun"] = queries.begun(request.scope, found)
        context["remind_on"] = again_on if again_on > timezone.localdate() else None
    return context


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Close a round, after a look at what that means; its results are there from then on."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    if request.method != "POST":
        if found.state == Round.State.CLOSED:
            return redirect("round", org=org, round_=round_)
        return render(request, "rounds/close.html", {"round": found, "begun": queries.begun(request.scope, found)})
    actions.close_round(by=request.scope, organisation=org, round_=round_, today=timezone.localdate())
    messages.success(request, _("The round is closed. These are its results."))
    return redirect("round", org=org, round_=round_)


@require_POST
def remind(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Remind all who were asked by mail."""
    get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    account = request.scope.account
    assert account is not None
    try:
        limit.check(account, queries.asked_by_mail(request.scope, round_))
        found, emails = actions.remind(by=request.scope, organisation=org, round_=round_, today=timezone.localdate())
    except actions.TooSoon as refused:
        day = date_format(refused.again_on)
        messages.error(request, _("One mail a week is enough. All can be reminded from %(day)s on.") % {"day": day})
    except actions.Closed:
        messages.error(request, _("The round was closed; there is nothing left to remind of."))
    except limit.TooManyMails as refused:
        messages.error(request, str(refused))
    else:
        limit.count(account, len(emails))
        failed = send_reminders(found, emails, account)
        sent = len(emails) - len(failed)
        said = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", sent) % {"n": sent}
        messages.success(request, said)
    return redirect("round", org=org, round_=round_)
