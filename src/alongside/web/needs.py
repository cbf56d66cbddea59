"""What waits for someone, told in their language: one line, a word about it, and where to go.

The page "Today" shows all of it, the weekly mail (`web/letters/weekly.py`) the first two.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.assessment.models import Response, Round
from alongside.assessment.own_answers import own_open
from alongside.assessment.queries import Need, untold, what_needs_me
from alongside.people.scope import Scope
from alongside.planning.models import Plan, Step
from alongside.planning.queries import due_for


class Told(NamedTuple):
    """One line of “What needs you now”; `item` is the item of the standard that asks for it.

    `mail` is what a mail may say of it: a sentence of the site's own, nothing that somebody wrote, no person, no
    answer. `sheet` is the address of a page that belongs to it and prints well.
    """

    title: str
    text: str
    url: str
    item: str
    mail: str = ""
    sheet: str = ""


def needs_of(scope: Scope, today: date) -> list[Told]:
    """Everything that waits for someone: first what they took on, then who waits to hear, then what comes next."""
    waiting = [round_ for round_ in untold(scope) if scope.may("agreement.change", round_.org_id)]
    return [
        *(_due(step, today) for step in due_for(scope, today=today)),
        *(_untold(round_) for round_ in waiting),
        *(told(need) for need in what_needs_me(scope)),
        *(_own(response) for response in (own_open(scope.account) if scope.account else ())),
    ]


def _due(step: Step, today: date) -> Told:
    assert step.due is not None
    late = step.due < today
    until = _("%(name)s, was due on %(day)s") if late else _("%(name)s, by %(day)s")
    text = until % {"name": step.plan.org.name, "day": date_format(step.due)}
    mail = _("A step that you took on is late.") if late else _("A step that you took on is due within two weeks.")
    welcome = step.plan.kind == Plan.Kind.WELCOME  # its page holds the steps and leads to the sheets to print
    url = reverse("welcome", args=[step.plan.org_id, step.plan_id]) if welcome else ""
    return Told(step.title, text, url or reverse("step", args=[step.plan.org_id, step.pk]), step.item, mail)


def _own(response: Response) -> Told:
    """Whether something was answered already is between them and the page: it waits as long as the round is open."""
    text = _("%(name)s: “%(title)s”; nobody else reads it, and it is not counted")
    names = {"name": response.group.round.org.name, "title": response.group.round.title}
    return Told(_("Questions for yourself"), text % names, reverse("answer-own", args=[response.pk]), "")


def _untold(round_: Round) -> Told:
    text = _("%(name)s: those who answered “%(title)s” wait to hear") % {"name": round_.org.name, "title": round_.title}
    mail = _("A round is closed. Agree on the steps, then tell those who answered what came of it.")
    url = reverse("agreement", args=[round_.org_id, round_.pk])
    sheet = reverse("report", args=[round_.org_id, "project-group"])
    return Told(_("Agree on what comes out of a round"), text, url, "A5.learning-climate", mail, sheet)


def told(need: Need) -> Told:
    """The need in words."""
    org = need.organisation
    if need.kind == "look":
        mail = _("A first look shows where you stand; it takes ten minutes.")
        return Told(_("Take a first look"), org.name, reverse("first-look"), need.item, mail)
    if need.kind == "company":
        text = _("%(name)s: you are the only one here. This work is for a group.") % {"name": org.name}
        mail = _("You are the only one there so far; invite someone to work with you.")
        return Told(_("Invite someone to work with you"), text, reverse("people", args=[org.pk]), need.item, mail)
    assert need.look is not None
    assert need.finding is not None
    words = need.look.edition.words(get_language())
    text = _("%(name)s, from the first look") % {"name": org.name}
    url = reverse("organisation-first-look", args=[org.pk, need.look.row.pk])
    mail = _("A next step out of your first look is waiting; the same page prints as one sheet.")
    return Told(words.criteria[need.finding.criterion.id].next, text, url, need.item, mail)
