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
    "look": gettext_lazy("first looks"),
    "team": gettext_lazy("teams"),
    "grant": gettext_lazy("programmes"),
    "round": gettext_lazy("rounds"),
    "agreement": gettext_lazy("agreements"),
    "evidence": gettext_lazy("evidence"),
    "plan": gettext_lazy("plans"),
    "step": gettext_lazy("steps"),
}
"""What one can look for: the first word of an action."""

ACTIONS = {
    "organisation.empty": gettext_lazy("emptied the place when the last one left"),
    "person.leave": gettext_lazy("left"),
    "grant.end": gettext_lazy("a grant to a programme ran out"),
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
