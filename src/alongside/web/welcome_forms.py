"""What people fill in of the welcome kit and of a welcome. Nowhere is the newcomer's name asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import STAGE_NAMES, TEAM_KINDS, Account, Team
from alongside.planning.welcome import Welcome
from alongside.planning.welcome_queries import NAMED
from alongside.standard.items import Stage
from alongside.standard.kit import PSW, ROLES, Choice, TeamKind, Welcomer
from alongside.standard.texts import Texts
from alongside.web.forms import once

WELCOMER_NAMES = {
    Welcomer.CONTACT_PERSON: _("contact person"),
    Welcomer.BUDDY: _("buddy"),
    Welcomer.MANAGER: _("team manager"),
    Welcomer.COORDINATOR: _("coordinator"),
    Welcomer.HR: _("human resources"),
}
TEAM_NAMES = {**TEAM_KINDS, "company": _("company outside health and social care")}
LONGEST_NAME = 120
FURTHEST = timedelta(days=2 * 365)
LONG_PAST = timedelta(days=100)


class NameField(forms.CharField):
    """The name of an organisation or a team, on one line, in any script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_NAME, **kwargs)

    def clean(self, value: str) -> str:
        """The name without what no script writes."""
        name: str = super().clean(value)
        if any(unicodedata.category(letter) in {"Cc", "Cn", "Co", "Cs"} for letter in name):
            raise forms.ValidationError(_("Please write it on one line."))
        return name


class KitForm(forms.Form):
    """For whom the sheets are. It is sent by GET: the choice stands in the address, and nothing is kept."""

    role = forms.ChoiceField(label=_("role of the new colleague"), widget=forms.RadioSelect)
    team = forms.ChoiceField(
        label=_("where they will work"), choices=list(TEAM_NAMES.items()), widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(label=_("where you are"), choices=list(STAGE_NAMES.items()))
    level = forms.ChoiceField(
        label=_("level of the profile"), choices=[("", _("left open")), *((n, n) for n in "123")], required=False
    )
    organisation = NameField(label=_("name of the organisation"))
    name = NameField(label=_("name of the team"))

    def __init__(self, words: Texts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, words.items[role].title) for role in ROLES]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What was chosen; what is missing or unknown is left as it is for most."""
        self.is_valid()
        said = self.cleaned_data
        return Choice(
            role=said.get("role") or PSW,
            team=TeamKind(said.get("team") or TeamKind.CARE),
            stage=Stage(said.get("stage") or Stage.PREPARING),
            level=int(said.get("level") or 0) or None,
            organisation=said.get("organisation", ""),
            team_name=said.get("name", ""),
        )


def parameters(choice: Choice) -> dict[str, str]:
    """A choice as parameters of an address, and as what `KitForm` begins with."""
    said = {
        "role": choice.role,
        "team": str(choice.team),
        "stage": str(choice.stage),
        "level": str(choice.level or ""),
        "organisation": choice.organisation,
        "name": choice.team_name,
    }
    return {key: value for key, value in said.items() if value}


class WelcomePeopleForm(forms.Form):
    """The first day, and who has a part in the welcome. Only people who gave a name can be chosen, by name."""

    starts_on = forms.DateField(label=_("first day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, people: Iterable[Account], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        names = [("", _("nobody yet")), *((str(account.pk), account.name) for account in people)]
        for who in NAMED:
            self.fields[who] = forms.ChoiceField(label=WELCOMER_NAMES[who], choices=names, required=False)

    def clean_starts_on(self) -> date:
        """A first day that can be planned for."""
        day: date = self.cleaned_data["starts_on"]
        if not self.today - LONG_PAST <= day <= self.today + FURTHEST:
            raise forms.ValidationError(_("Is the year right?"))
        return day

    def people(self) -> dict[Welcomer, UUID | None]:
        """Who has which part."""
        return {who: UUID(self.cleaned_data[who]) if self.cleaned_data[who] else None for who in NAMED}


class NewWelcomeForm(WelcomePeopleForm):
    """The same with team and role."""

    once = once()
    before = None  # type: ignore[assignment]
    team = forms.ChoiceField(label=_("team"))
    role = forms.ChoiceField(label=_("role"), widget=forms.RadioSelect, initial=PSW)
    field_order = ("team", "role", "starts_on", *NAMED)

    def __init__(self, words: Texts, teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "—"), *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role, words.items[role].title) for role in ROLES]  # type: ignore[attr-defined]

    def welcome(self) -> Welcome:
        """The welcome that was filled in."""
        said = self.cleaned_data
        return Welcome(UUID(said["team"]), said["role"], said["starts_on"], self.people())
