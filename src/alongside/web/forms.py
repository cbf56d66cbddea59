"""What people fill in: one form for each thing they do."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import ROLE_NAMES, Organisation
from alongside.web.countries import COUNTRIES


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of an organisation."""

    country = forms.ChoiceField(label=_("country"), choices=[("", "—"), *COUNTRIES])

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country", "stage"]


class OrganisationToKeepForm(OrganisationForm):
    """The same without the stage, which the first look already knows."""

    class Meta(OrganisationForm.Meta):
        fields = ["name", "kind", "country"]


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("e-mail address"))
    role = forms.ChoiceField(label=_("role"), choices=list(ROLE_NAMES.items()))


class RoleForm(forms.Form):
    """A new role for a membership, or none at all."""

    role = forms.ChoiceField(choices=list(ROLE_NAMES.items()))
