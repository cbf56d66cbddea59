"""What people fill in: one form for each thing they do."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext_lazy as _

from alongside.assessment.rounds import GroupPlan, RoundPlan
from alongside.people.models import KIND_NAMES, STAGE_NAMES, Organisation, one_line
from alongside.standard.edition import Edition
from alongside.standard.items import Stage
from alongside.web.countries import COUNTRIES

LONGEST_ADDRESS = 254


def once() -> forms.UUIDField:
    """A hidden id for what a form makes: sent twice, it makes one thing."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of an organisation."""

    kind = forms.ChoiceField(
        label=_("kind of organisation"), choices=list(KIND_NAMES.items()), widget=forms.RadioSelect
    )
    country = forms.ChoiceField(label=_("country"), choices=[("", "—"), *COUNTRIES])
    stage = forms.ChoiceField(label=_("where you are"), choices=list(STAGE_NAMES.items()), widget=forms.RadioSelect)

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country", "stage"]


class NewOrganisationForm(OrganisationForm):
    """The facts of one that is new here."""

    once = once()


class OrganisationToKeepForm(NewOrganisationForm):
    """The same without the stage, which the first look already knows."""

    stage = None  # type: ignore[assignment]

    class Meta(OrganisationForm.Meta):
        fields = ["name", "kind", "country"]


class NameForm(forms.Form):
    """What colleagues see instead of an address."""

    name = forms.CharField(
        label=_("your name"),
        max_length=100,
        required=False,
        help_text=_("What colleagues call you. Empty is fine too."),
    )


class RoundForm(forms.Form):
    """A round: what it is called, where the organisation stands, and whom each perspective is asked through."""

    once = once()
    title = forms.CharField(label=_("what you call it"), max_length=100, validators=[one_line])
    stage = forms.ChoiceField(label=_("where you are"), choices=list(STAGE_NAMES.items()), widget=forms.RadioSelect)
    modules = forms.BooleanField(label=_("ask about the culture as well"), required=False)

    def __init__(self, edition: Edition, language: str | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perspectives = {name: edition.words(language).perspectives[name].title for name in edition.perspectives}
        for name, title in self.perspectives.items():
            self.fields[f"emails_{name}"] = AddressesField(label=title)
            self.fields[f"printed_{name}"] = forms.IntegerField(
                label=_("links on paper"), min_value=0, max_value=200, required=False
            )
            self.fields[f"together_{name}"] = forms.BooleanField(
                label=_("they answer together, with one joint answer"), required=False
            )

    def plan(self) -> RoundPlan:
        """The plan that was filled in."""
        said = self.cleaned_data
        groups = tuple(
            GroupPlan(name, said[f"emails_{name}"], said[f"printed_{name}"] or 0, said[f"together_{name}"])
            for name in self.perspectives
        )
        return RoundPlan(said["title"], Stage(said["stage"]), groups, modules=said["modules"])


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
