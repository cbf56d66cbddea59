"""What waits for someone, told in their language: one line, a word about it, and where to go."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.assessment.queries import Need


class Told(NamedTuple):
    """One line of “What needs you now”; `item` is the item of the standard that asks for it."""

    title: str
    text: str
    url: str
    item: str


def told(need: Need) -> Told:
    """The need in words."""
    org = need.organisation
    if need.kind == "look":
        return Told(_("Take a first look"), org.name, reverse("first-look"), need.item)
    if need.kind == "company":
        text = _("%(name)s: you are the only one here. This work is for a group.") % {"name": org.name}
        return Told(_("Invite someone to work with you"), text, reverse("people", args=[org.pk]), need.item)
    assert need.look is not None
    assert need.finding is not None
    words = need.look.edition.words(get_language())
    text = _("%(name)s, from the first look") % {"name": org.name}
    url = reverse("organisation-first-look", args=[org.pk, need.look.row.pk])
    return Told(words.criteria[need.finding.criterion.id].next, text, url, need.item)
