"""Rounds of an organisation: open one, see who is asked, close it, read what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.assessment import queries
from alongside.assessment import rounds as actions
from alongside.assessment.models import Round
from alongside.assessment.shown import NotShown
from alongside.assessment.standing import agreed
from alongside.people import queries as people
from alongside.planning import queries as planning
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.forms import RoundForm
from alongside.web.letters import limit
from alongside.web.results_page import results_page, said_by_name


def rounds(request: Request, org: UUID) -> HttpResponse:
    """The rounds there are, latest first."""
    context = {
        "rounds": queries.rounds(request.scope, org),
        "may_steer": request.scope.may("rounds.steer", org),
    }
    return render(request, "rounds/rounds.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, org: UUID) -> HttpResponse:
    """Open a round. The answer to POST shows the printed links once; they are kept nowhere."""
    found = get_object_or_404(people.organisations(request.scope), pk=org)
    form = RoundForm(standard(), get_language(), request.POST or None, initial={"stage": found.stage})
    small: Sequence[str] = ()
    if form.is_valid():
        once = form.cleaned_data["once"]
        if once and queries.rounds(request.scope, org).filter(pk=once).exists():  # the form was sent twice
            return redirect("round", org=org, round_=once)
        try:
            limit.check(request.scope.account, sum(len(group.emails) for group in form.plan().groups))
            opened = actions.open_round(
                by=request.scope,
                organisation=org,
                plan=form.plan(),
                edition=standard(),
                today=timezone.localdate(),
                once=once,
            )
            return _opened(request, opened)
        except actions.TooFew as refused:
            small = [form.perspectives[name] for name in refused.perspectives]
            form.add_error(None, _("Some groups are too small to stay unknown."))
        except actions.NothingToAsk as refused:
            names = ", ".join(form.perspectives[name] for name in refused.perspectives)
            form.add_error(None, _("At this stage there is nothing to ask of: %(names)s.") % {"names": names})
        except NotShown as refused:
            names = ", ".join(form.perspectives[name] for name in refused.perspectives)
            form.add_error(
                None,
                _("First show these what came of the last round, then they can be asked again: %(names)s.")
                % {"names": names},
            )
        except limit.TooManyMails as refused:
            form.add_error(None, str(refused))
        except ValueError:
            form.add_error(None, _("Say who is asked: at least one address or one link on paper."))
    rows = [
        (
            title,
            form[f"emails_{name}"],
            form[f"printed_{name}"],
            form[f"together_{name}"],
            standard().perspectives[name],
        )
        for name, title in form.perspectives.items()
    ]
    context = {"form": form, "rows": rows, "small": small, "org": found}
    return render(request, "rounds/new.html", context, status=422 if form.errors else 200)


def _opened(request: Request, opened: actions.Opened) -> HttpResponse:
    limit.count(request.scope.account, len(opened.letters))
    failed = []
    for email, token in opened.letters:
        link = request.build_absolute_uri(reverse("answer-begin", args=[token]))
        body = render_to_string(
            "rounds/letter.txt", {"link": link, "round": opened.round, "joint": token in opened.joint}
        )
        if not send_mail(_("Some questions, and your view counts"), body, None, [email], fail_silently=True):
            failed.append(email)
    words = standard().words(get_language()).perspectives
    sheets = [
        (
            words[name].title,
            [(token, request.build_absolute_uri(reverse("answer-begin", args=[token]))) for token in codes],
        )
        for name, codes in opened.codes.items()
    ]
    context = {"round": opened.round, "mailed": len(opened.letters) - len(failed), "failed": failed, "sheets": sheets}
    response = render(request, "rounds/opened.html", context)
    response["Cache-Control"] = "no-store"
    return response


def round_page(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """While it is open: who is asked. Once it is closed: what came of it."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    may_steer = request.scope.may("rounds.steer", org)
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
            "by_name": said_by_name(found_results.mapped.own, by_name, get_language()),
        }
        return render(request, "rounds/results.html", context)
    words = standard().words(get_language()).perspectives
    groups = [(words[group.perspective].title, group) for group in queries.groups(request.scope, found)]
    context = {"round": found, "groups": groups, "may_steer": may_steer}
    if may_steer:
        context["begun"] = queries.begun(request.scope, found)
    return render(request, "rounds/open.html", context)


@require_POST
def close(request: Request, org: UUID, round_: UUID) -> HttpResponse:
    """Close a round; its results are there from then on."""
    get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    actions.close_round(by=request.scope, organisation=org, round_=round_, today=timezone.localdate())
    messages.success(request, _("The round is closed. These are its results."))
    return redirect("round", org=org, round_=round_)
