"""Asking people: open a round, ask more of a group while it is open, print the questionnaire of a group."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.assessment import editions, queries
from alongside.assessment import rounds as actions
from alongside.assessment.inviting import ROLES, members
from alongside.assessment.models import Round, RoundGroup
from alongside.assessment.naming import group_names
from alongside.assessment.shown import NotShown
from alongside.people import queries as people
from alongside.people.keys import WrongKey
from alongside.people.models import Organisation
from alongside.rules.sections import chapters
from alongside.rules.small_groups import LIMIT
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.letters import limit
from alongside.web.letters.asking import send_links
from alongside.web.question_page import chapter_pages
from alongside.web.round_forms import AskMoreForm, RoundForm, Row


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, org: UUID) -> HttpResponse:
    """Open a round. The answer to POST shows the printed links once; they are kept nowhere."""
    found = get_object_or_404(people.organisations(request.scope), pk=org)
    known = members(request.scope, org)
    split = set(request.POST.getlist("by_team")) ^ {request.POST.get("split", "")}
    more = {"members": known, "teams": list(people.teams(request.scope, org)), "split": split}
    if request.method != "POST" or "split" in request.POST:  # asking by team, or no longer: the same form in other rows
        typed = request.POST.dict() or {"stage": found.stage}
        return _form_page(request, found, RoundForm(standard(), get_language(), initial=typed, **more))
    form = RoundForm(standard(), get_language(), request.POST, **more)
    if not form.is_valid():
        return _form_page(request, found, form)
    once = form.cleaned_data["once"]
    if once and queries.rounds(request.scope, org).filter(pk=once).exists():  # the form was sent twice
        return redirect("round", org=org, round_=once)
    opened, small = _open(request, org, form)
    if opened is None:
        return _form_page(request, found, form, small)
    typed_ones = {email for row in form.rows for email in row.said("emails") or ()}
    return _opened_page(request, opened, typed_ones)


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
        form.add_error(None, _("This site cannot seal private answers: its keys are missing. Whoever runs it can help."))
    except ValueError:
        form.add_error(None, _("These groups cannot answer together. Choose once more with whom each of them answers."))
    return None, []


def _form_page(request: Request, org: Organisation, form: RoundForm, small: Collection[Row] = ()) -> HttpResponse:
    context = {"form": form, "small": small, "org": org, "limit": LIMIT}
    return render(request, "rounds/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_more(request: Request, org: UUID, round_: UUID, group: str) -> HttpResponse:
    """Ask more people of a group. New links are shown and sent as at opening."""
    found, asked = _group(request, org, round_, group)
    if found.state != Round.State.OPEN:
        return redirect("round", org=org, round_=round_)
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
    said = form.said()
    where = {"organisation": asked.round.org_id, "round_": asked.round_id}
    try:
        limit.check(request.scope.account, len(said.get("emails", ())) + LIMIT)
        opened = actions.ask_more(by=request.scope, **where, group=asked.pk, **said)
    except actions.TooFew:
        form.add_error("printed", _("Five at once: with fewer, an answer could be guessed to be someone’s."))
        return None
    except actions.Meanwhile as meanwhile:
        form.data = form.data.copy()
        form.data["size"] = str(meanwhile.group.size)
        form.add_error(None, _("Others of this group were asked just now. Look once more whether these are still new."))
        return None
    except actions.Closed:
        messages.error(request, _("The round was closed in the meantime; nobody can be asked any more."))
        return redirect("round", org=where["organisation"], round_=asked.round_id)
    except limit.TooManyMails as refused:
        form.add_error(None, str(refused))
        return None
    if opened.letters or opened.codes:
        return _opened_page(request, opened, form.cleaned_data.get("emails") or (), more=True)
    waiting = queries.waiting(request.scope, opened.round).get(asked.pk, 0)
    if waiting:
        said_so = _("%(n)d of %(limit)d are waiting. When there are %(limit)d, all of them get their links at once.")
        messages.success(request, said_so % {"n": waiting, "limit": LIMIT})
    else:
        messages.success(request, _("They are asked."))
    return redirect("round-ask-more", org=where["organisation"], round_=asked.round_id, group=asked.key)


def _opened_page(
    request: Request, opened: actions.Opened, typed: Collection[str], *, more: bool = False
) -> HttpResponse:
    """Send the links, and show those on paper this once. Only addresses that were typed, or may be seen, are named."""
    limit.count(request.scope.account, len(opened.letters))

    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("answer-begin", args=[token]))

    failed = send_links(opened, address)
    sees_people = request.scope.may("people.see", opened.round.org_id)
    named = [email for email in failed if sees_people or email in typed]
    names = _names(opened.round, list(queries.groups(request.scope, opened.round)))
    context = {
        "round": opened.round,
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
