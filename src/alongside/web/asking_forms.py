"""Whom to ask: addresses, links on paper, everyone with a role; and asking more of a group that is asked already."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext_lazy as _

from alongside.assessment.inviting import ROLES
from alongside.people.models import ROLE_NAMES
from alongside.rules.small_groups import LIMIT
from alongside.web.forms import LONGEST_ADDRESS

MOST_CODES = 200


class AddressesField(forms.CharField):
    """Addresses, one under the other or with commas between them; each counts once."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: str) -> tuple[str, ...]:
        """The addresses; a wrong one is named."""
        found = dict.fromkeys(address.lower() for address in re.split(r"[\s,;]+", super().clean(value)) if address)
        for address in found:
            try:
                validate_email(address[: LONGEST_ADDRESS + 1])
                MaxLengthValidator(LONGEST_ADDRESS)(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("“%(address)s” is no e-mail address."), params={"address": address}
                ) from None
        return tuple(found)


def codes() -> forms.IntegerField:
    """How many links are printed."""
    return forms.IntegerField(label=_("links on paper"), min_value=0, max_value=MOST_CODES, required=False)


def everyone(perspective: str, number: int) -> forms.BooleanField:
    """A tick that asks everyone with the role of a perspective; the page says how many, never who."""
    role = ROLE_NAMES[ROLES[perspective]]
    label = _("everyone here with the role “%(role)s” (%(n)d)")
    return forms.BooleanField(label=label % {"role": role, "n": number}, required=False)


class AskMoreForm(forms.Form):
    """Whom else to ask in a group that is asked already; `size` is how many it has, as it was read."""

    field_order = ("size", "everyone", "emails", "printed")
    size = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    emails = AddressesField(label=_("addresses"))
    printed = codes()

    def __init__(self, perspective: str, new: dict[UUID, str], *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new, self.own = new, own
        if own:
            del self.fields["emails"], self.fields["printed"]
        if new:
            self.fields["everyone"] = everyone(perspective, len(new))
            self.order_fields(self.field_order)

    def clean(self) -> None:
        """Somebody is asked."""
        said = self.cleaned_data
        if not self.errors and not (said.get("emails") or said.get("printed") or said.get("everyone")):
            raise forms.ValidationError(_("Say who else is asked."))

    def said(self) -> dict[str, Any]:
        """Whom to ask, as the action takes it."""
        said = self.cleaned_data
        new = self.new if said.get("everyone") else {}
        if self.own:
            return {"size": said["size"], "accounts": tuple(new)}
        emails = (*said["emails"], *new.values())
        return {"size": said["size"], "emails": emails, "printed": said["printed"] or 0}

    @property
    def mails(self) -> int:
        """How many mails it can cause at once: those who wait in a sealed group get theirs too."""
        return len(self.said().get("emails", ())) + LIMIT - 1

    def read_anew(self, size: int) -> None:
        """Somebody else asked in between; the form stands as it was typed, for the group as it is now."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, as it came
        data["size"] = str(size)
        self.data = data
        self.add_error(None, _("Others of this group were asked just now. Look once more whether these are still new."))
