"""A group of an open round: ask more people of it, print its questionnaire."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.assessment import editions, queries
from alongside.assessment import rounds as actions
from alongside.assessment.inviting import ROLES, members
from alongside.assessment.models import Round, RoundGroup
from alongside.assessment.naming import group_names
from alongside.rules.sections import chapters
from alongside.rules.small_groups import LIMIT
from alongside.web.access import Request
from alongside.web.asking_forms import AskMoreForm
from alongside.web.letters import limit
from alongside.web.opened_page import opened_page
from alongside.web.question_page import chapter_pages


@require_http_methods(["GET", "HEAD", "POST"])
def ask_more(request: Request, org: UUID, round_: UUID, group: str) -> HttpResponse:
    """Ask more people of a group. New links are shown and sent as at opening."""
    found, asked = _group(request, org, round_, group)
    if found.state != Round.State.OPEN:
        return _closed(request, found)
    form = _ask_form(request, found, asked)
    if request.method == "POST" and form.is_valid():
        done = _ask(request, asked, form)
        if done:
            return done
    context = {
        "round": found,
        "group": asked,
        "name": _names(found, [asked])[asked.key],
        "waiting": queries.waiting(request.scope, found).get(asked.pk, 0),
        "limit": LIMIT,
        "form": form,
    }
    return render(request, "rounds/ask.html", context, status=422 if form.errors else 200)


def _ask_form(request: Request, found: Round, asked: RoundGroup) -> AskMoreForm:
    new: dict[UUID, str] = {}
    own = asked.regime == actions.PRIVATE
    if asked.perspective in ROLES:
        here = members(request.scope, found.org_id).of(asked.perspective, team=asked.team_id)
        known: Collection[object] = (
            queries.asked_accounts(request.scope, asked) if own else queries.asked_addresses(request.scope, asked)
        )
        new = {account: email for account, email in here.items() if (account if own else email) not in known}
    typed = request.POST if request.method == "POST" else None
    return AskMoreForm(asked.perspective, new, typed, own=own, initial={"size": asked.size})


def _ask(request: Request, asked: RoundGroup, form: AskMoreForm) -> HttpResponse | None:
    """Ask them; None where the form has to be looked at again."""
    round_ = asked.round
    again = asked.size if asked.regime == actions.OFFICIAL else 0  # a new link goes to all of an office
    try:
        limit.check(request.scope.account, form.mails + again)
        opened = actions.ask_more(
            by=request.scope, organisation=round_.org_id, round_=round_.pk, group=asked.pk, **form.said()
        )
    except actions.TooFew:
        form.add_error("printed", _("Five at once: with fewer, an answer could be guessed to be someone’s."))
        return None
    except actions.Meanwhile as meanwhile:
        form.read_anew(meanwhile.group.size)
        return None
    except actions.Closed:
        return _closed(request, round_)
    except limit.TooManyMails as refused:
        form.add_error(None, str(refused))
        return None
    if opened.letters or opened.codes:
        return opened_page(request, opened, form.cleaned_data.get("emails") or (), more=True)
    if asked.regime != actions.SEALED:  # the page itself says how many of a sealed group wait
        messages.success(request, _("They are asked."))
    return redirect("round-ask-more", org=round_.org_id, round_=round_.pk, group=asked.key)


def _closed(request: Request, round_: Round) -> HttpResponse:
    messages.error(request, _("The round was closed in the meantime; nobody can be asked any more."))
    return redirect("round", org=round_.org_id, round_=round_.pk)


@require_safe
def paper(request: Request, org: UUID, round_: UUID, group: str) -> HttpResponse:
    """The questionnaire of a group to print: all its questions with their answers, and a place for the code."""
    found, asked = _group(request, org, round_, group)
    edition = editions.edition(found.edition_id)
    context = {
        "round": found,
        "group": asked,
        "name": _names(found, [asked])[asked.key],
        "chapters": chapter_pages(edition, chapters(edition, actions.asked_of(edition, asked)), get_language()),
        "address": request.build_absolute_uri(reverse("answer")),
    }
    return render(request, "rounds/paper.html", context)


def _group(request: Request, org: UUID, round_: UUID, key: str) -> tuple[Round, RoundGroup]:
    """A round and the group of it with this key; 404 where there is none."""
    found = get_object_or_404(queries.rounds(request.scope, org), pk=round_)
    for group in queries.groups(request.scope, found).select_related("round"):
        if group.key == key:
            return found, group
    raise Http404


def _names(found: Round, groups: list[RoundGroup]) -> dict[str, str]:
    return group_names(editions.edition(found.edition_id), groups, get_language())
