"""The record in words: what each action is called. One that is not in the table is shown as it was written."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.record import Entry

KINDS = {
    "organisation": gettext_lazy("the organisation"),
    "person": gettext_lazy("people and roles"),
    "invitation": gettext_lazy("invitations"),
    "team": gettext_lazy("teams"),
    "grant": gettext_lazy("programmes"),
    "look": gettext_lazy("first looks"),
    "round": gettext_lazy("rounds"),
    "agreement": gettext_lazy("agreements"),
    "evidence": gettext_lazy("evidence"),
    "plan": gettext_lazy("plans"),
    "step": gettext_lazy("steps"),
    "welcome": gettext_lazy("welcomes"),
}
"""What one can look for: the first word of an action."""

ACTIONS = {
    "organisation.open": gettext_lazy("opened the place"),
    "organisation.change": gettext_lazy("changed the facts of the organisation"),
    "organisation.empty": gettext_lazy("emptied the place by leaving last"),
    "person.give-role": gettext_lazy("changed someone’s role"),
    "person.take-role": gettext_lazy("took a role away"),
    "person.import": gettext_lazy("took in people from a table"),
    "person.leave": gettext_lazy("left"),
    "invitation.send": gettext_lazy("sent an invitation"),
    "invitation.take-back": gettext_lazy("took an invitation back"),
    "invitation.accept": gettext_lazy("accepted an invitation"),
    "team.add": gettext_lazy("added a team"),
    "team.change": gettext_lazy("changed a team"),
    "team.remove": gettext_lazy("removed a team"),
    "grant.give": gettext_lazy("let a programme see something"),
    "grant.change": gettext_lazy("changed what a programme may see"),
    "grant.take-back": gettext_lazy("took back what a programme may see"),
    "grant.end": gettext_lazy("what a programme may see ran out"),
    "grant.convener-joins": gettext_lazy("began to convene a programme that sees something here"),
    "grant.convener-leaves": gettext_lazy("convenes a programme no longer that sees something here"),
    "grant.programme-ends": gettext_lazy("ended a programme that saw something here"),
    "look.keep": gettext_lazy("kept a first look"),
    "look.remove": gettext_lazy("removed a first look"),
    "round.open": gettext_lazy("opened a round"),
    "round.ask-more": gettext_lazy("asked more people in a round"),
    "round.remind": gettext_lazy("reminded everyone who was asked in a round"),
    "round.close": gettext_lazy("closed a round"),
    "round.tell": gettext_lazy("told those who answered what came of it"),
    "round.move": gettext_lazy("moved a round to another edition"),
    "round.confirm": gettext_lazy("confirmed an agreement after a move"),
    "round.move_undo": gettext_lazy("undid the move of a round"),
    "agreement.set": gettext_lazy("set an agreed step"),
    "agreement.undisputed": gettext_lazy("set the agreed steps that nobody disputes"),
    "evidence.give": gettext_lazy("gave evidence"),
    "evidence.use": gettext_lazy("used evidence again"),
    "evidence.stop_using": gettext_lazy("stopped using evidence"),
    "evidence.remove": gettext_lazy("removed evidence"),
    "plan.open": gettext_lazy("began a plan"),
    "step.add": gettext_lazy("put steps on a plan"),
    "step.change": gettext_lazy("changed a step"),
    "welcome.change": gettext_lazy("changed a welcome"),
    "welcome.remove": gettext_lazy("removed a welcome"),
}


class Line(NamedTuple):
    """One line as the page shows it. `account` only where it can be looked for by name."""

    at: datetime
    who: str
    account: UUID | None
    what: str
    about: str
    fields: str


def line(entry: Entry) -> Line:
    """An entry in words."""
    event = entry.event
    named = bool(entry.who)
    who = entry.who or (_("the site itself") if entry.who == "" else _("someone who has left"))
    return Line(
        at=event.at,
        who=who,
        account=event.account if named else None,
        what=str(ACTIONS.get(event.action, event.action)),
        about=_short(event.about),
        fields=", ".join(field.replace("_", " ") for field in event.fields),
    )


def _short(about: str) -> str:
    """The kind and the beginning of an id: enough to see which lines belong to one thing."""
    return " ".join(word.split("-")[0] if len(word) == 36 else word for word in about.split())
