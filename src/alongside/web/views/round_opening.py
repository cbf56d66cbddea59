"""Opening a round: whom each perspective is asked through, and what to do about groups that are too small."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.assessment import queries
from alongside.assessment import rounds as actions
from alongside.assessment.inviting import members
from alongside.assessment.shown import NotShown
from alongside.people import queries as people
from alongside.people.keys import WrongKey
from alongside.people.models import Organisation
from alongside.rules.small_groups import LIMIT
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.letters import limit
from alongside.web.opened_page import opened_page
from alongside.web.round_forms import RoundForm, Row


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, org: UUID) -> HttpResponse:
    """Open a round. The answer to POST shows the printed links once; they are kept nowhere."""
    found = get_object_or_404(people.organisations(request.scope), pk=org)
    split = set(request.POST.getlist("by_team")) ^ {request.POST.get("split", "")}
    sent = request.method == "POST" and "split" not in request.POST
    form = RoundForm(
        standard(),
        get_language(),
        request.POST if sent else None,
        members=members(request.scope, org),
        teams=list(people.teams(request.scope, org)),
        split=split,
        initial={"stage": found.stage} | request.POST.dict(),  # by team or no longer: what was typed stands in it still
    )
    if not form.is_valid():
        return _form_page(request, found, form)
    once = form.cleaned_data["once"]
    if once and queries.rounds(request.scope, org).filter(pk=once).exists():  # the form was sent twice
        return redirect("round", org=org, round_=once)
    opened, small = _open(request, org, form)
    if opened is None:
        return _form_page(request, found, form, small)
    typed_ones = {email for row in form.rows for email in row.said("emails") or ()}
    return opened_page(request, opened, typed_ones)


def _open(request: Request, org: UUID, form: RoundForm) -> tuple[actions.Opened | None, list[Row]]:
    """The round that was opened; or None, and the rows that are too small. What is wrong stands in the form then."""
    plan = form.plan()
    try:
        limit.check(request.scope.account, sum(len(group.emails) for group in plan.groups))
        opened = actions.open_round(
            by=request.scope,
            organisation=org,
            plan=plan,
            edition=standard(),
            today=timezone.localdate(),
            once=form.cleaned_data["once"],
        )
        return opened, []
    except actions.TooFew as refused:
        form.add_error(None, _("Some groups are too small to stay unknown."))
        return None, form.refuse(refused.groups)
    except actions.NothingToAsk as refused:
        names = ", ".join(form.titles[name] for name in refused.perspectives)
        form.add_error(None, _("At this stage there is nothing to ask of: %(names)s.") % {"names": names})
    except NotShown as refused:
        names = ", ".join(form.titles[name] for name in refused.perspectives)
        sentence = _("First show these what came of the last round, then they can be asked again: %(names)s.")
        form.add_error(None, sentence % {"names": names})
    except limit.TooManyMails as refused:
        form.add_error(None, str(refused))
    except WrongKey:
        form.add_error(
            None, _("This site cannot seal private answers: its keys are missing. Whoever runs it can help.")
        )
    except ValueError:
        form.add_error(None, _("These groups cannot answer together. Choose once more with whom each of them answers."))
    return None, []


def _form_page(request: Request, org: Organisation, form: RoundForm, small: Collection[Row] = ()) -> HttpResponse:
    context = {"form": form, "small": small, "org": org, "limit": LIMIT}
    return render(request, "rounds/new.html", context, status=422 if form.errors else 200)
