"""What people fill in: one form for each thing they do."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import KIND_NAMES, STAGE_NAMES, Organisation
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
