"""What people fill in: one form for each thing they do."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import KIND_NAMES, ROLE_NAMES, STAGE_NAMES, Organisation
from alongside.web.countries import COUNTRIES


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


class OrganisationToKeepForm(OrganisationForm):
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


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("e-mail address"))
    role = forms.ChoiceField(label=_("role"), choices=[("", "—"), *ROLE_NAMES.items()])  # nobody by accident


class RoleForm(forms.Form):
    """A new role for a membership, or none at all."""

    role = forms.ChoiceField(choices=list(ROLE_NAMES.items()))
