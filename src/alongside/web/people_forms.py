"""What is filled in about people: invitations, roles, teams, a table to bring in, programmes and what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from alongside.documents.tables import MOST_BYTES, TEXT_ENDINGS
from alongside.people.models import ROLE_NAMES, TEAM_KINDS, Grant, Programme, Team, one_line
from alongside.people.programmes import longest
from alongside.rules.access import Role
from alongside.web.forms import LONGEST_ADDRESS, once

NO_TEAM = _("the whole organisation")


class TeamField(forms.TypedChoiceField):
    """One of the organisation's teams, or none."""

    def __init__(self) -> None:
        super().__init__(label=_("team"), required=False, coerce=UUID, empty_value=None)

    def offer(self, teams: Iterable[Team]) -> None:
        """The teams to choose from."""
        self.choices = [("", NO_TEAM), *((str(team.pk), team.name) for team in teams)]


class RoleForm(forms.Form):
    """A role, and the team it is held in."""

    role = forms.ChoiceField(label=_("role"), choices=[("", "—"), *ROLE_NAMES.items()])  # nobody by accident
    team = TeamField()

    def __init__(self, teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["team"]
        offered.offer(teams)

    def said(self) -> dict[str, Any]:
        """Role and team as actions take them."""
        return {"role": Role(self.cleaned_data["role"]), "team": self.cleaned_data["team"]}


class InvitationForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("e-mail address"), max_length=LONGEST_ADDRESS)
    field_order = ("email", "role", "team")


class TeamForm(forms.Form):
    """A team: what it is called, and what it is."""

    once = once()
    name = forms.CharField(label=_("name"), max_length=80, validators=[one_line])
    kind = forms.ChoiceField(label=_("kind of team"), choices=[("", "—"), *TEAM_KINDS.items()])


class ChangeTeamForm(TeamForm):
    """The same for a team that is there; `was_…` is what the page showed, so that nobody's change is lost."""

    once = None  # type: ignore[assignment]
    was_name = forms.CharField(widget=forms.HiddenInput, strip=False)
    was_kind = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, team: Team, data: Mapping[str, Any] | None = None) -> None:
        now = {"name": team.name, "kind": team.kind, "was_name": team.name, "was_kind": team.kind}
        super().__init__(data, initial=now, prefix=f"team-{team.pk}")

    @property
    def was(self) -> tuple[str, str]:
        """Name and kind as they were read."""
        return self.cleaned_data["was_name"], self.cleaned_data["was_kind"]


class TableForm(forms.Form):
    """A workbook or CSV file with people in it."""

    table = forms.FileField(
        label=_("your table"),
        max_length=200,
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most %(megabytes)s MB.")
        % {"megabytes": MOST_BYTES // 1_000_000},
        error_messages={"empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ",".join((".xlsx", *TEXT_ENDINGS))}),
    )

    def clean_table(self) -> UploadedFile[bytes]:
        """A file of a size and a kind that can be read; what is in it is seen later."""
        table: UploadedFile[bytes] = self.cleaned_data["table"]
        ProhibitNullCharactersValidator()(table.name)
        if table.size is None or table.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(megabytes)s MB. Split it, or save it without pictures."),
                params={"megabytes": MOST_BYTES // 1_000_000},
            )
        if PurePath(table.name or "").suffix.lower() not in (".xlsx", *TEXT_ENDINGS):
            raise forms.ValidationError(_("This kind of file is not taken. Save it as .xlsx or as CSV (UTF-8)."))
        return table


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A programme that is new here."""

    once = once()

    class Meta:
        model = Programme
        fields = ["name", "purpose"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"purpose": _("Organisations read this before they let the programme see anything.")}


class CodeForm(forms.Form):
    """The code of a programme, as its conveners handed it on."""

    code = forms.CharField(label=_("the programme’s code"), max_length=40)


class GrantForm(forms.Form):
    """What a programme may see, and until when."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("what it may see"), choices=Grant.Purpose.choices, widget=forms.RadioSelect, initial="standing"
    )
    until = forms.DateField(
        label=_("until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most three years; you can end it on any day before."),
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].widget.attrs.update({"min": today.isoformat(), "max": longest(today).isoformat()})

    def clean_until(self) -> date:
        """A day from today on, at most three years ahead."""
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= longest(self.today):
            raise forms.ValidationError(_("Choose a day from today on, at most three years ahead."))
        return until
