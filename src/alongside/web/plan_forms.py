"""What people fill in of plans: a step, what someone may say of their own, and which proposals to take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Account
from alongside.planning.facts import MOST_YEARS, Facts, Refused
from alongside.planning.models import Plan, Project, Step
from alongside.rules.amounts import hundredths
from alongside.rules.plan_years import YEARS
from alongside.rules.standing import STOOD
from alongside.standard.edition import Edition
from alongside.web.forms import once
from alongside.web.plan_words import year_days

WHY = {
    "empty": _("Please fill this in."),
    "long": _("This is too long to be kept. Nothing is lost: shorten it and save again."),
    "lines": _("Please write it on one line."),
    "negative": _("This cannot be less than nothing."),
    "much": _("This is more than a step can take. Is it several steps?"),
    "backward": _("It cannot be done before it begins. Which of the two days is right?"),
    "far": _("Is the year right?"),
    "unknown": _("This is not known here."),
    "foreign": _("This person cannot be asked here."),
}
"""Why something cannot stand, in words; see `planning/facts.Why`."""
FIELDS = {"minutes": "hours", "cents": "money"}


class AmountField(forms.CharField):
    """An amount in hundredths, written the way people write it: “7.5”, “7,5”, “1 200”. Empty is nothing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: str) -> int:
        """The amount. What is no number is said so."""
        text = super().clean(value)
        try:
            return hundredths(text) if text else 0
        except ValueError:
            raise forms.ValidationError(_("Please write a number, such as 7.5 or 120.")) from None


def _date(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class OwnStepForm(forms.Form):
    """What someone may say of a step that they took on: how far it is, and a note."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("how far it is"), choices=Step.State.choices)
    notes = forms.CharField(label=_("notes"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_notes(self) -> str:
        """Browsers end lines in a way of their own; kept alike, the same words are the same."""
        notes: str = self.cleaned_data["notes"]
        return notes.replace("\r\n", "\n")

    def refused(self, why: Refused) -> None:
        """Say at its field what cannot stand."""
        name = FIELDS.get(why.field, why.field)
        self.add_error(name if name in self.fields else None, WHY[why.why])


class StepForm(OwnStepForm):
    """All that can be said of a step. Nobody is chosen by address or role."""

    title = forms.CharField(label=_("what is to be done"))
    assignee = forms.ChoiceField(label=_("who sees to it"), required=False)
    starts_on = _date(_("from"))
    due = _date(_("by"))
    hours = AmountField(label=_("hours"), help_text=_("Everyone’s time together."))
    money = AmountField(label=_("money in euros"), help_text=_("What is paid out."))
    year = forms.ChoiceField(label=_("year of the plan"), help_text=_("Which one it is meant for."))
    project = forms.CharField(
        label=_("sub-project"),
        help_text=_("What belongs together has the same name."),
        widget=forms.TextInput(attrs={"list": "projects", "autocomplete": "off"}),
    )
    field_order: Sequence[str] = (
        "title", "state", "assignee", "starts_on", "due", "hours", "money", "year", "project", "notes"
    )  # fmt: skip

    def __init__(
        self, plan: Plan, people: Iterable[Account], projects: Iterable[Project], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        there = list(projects)
        self.titles = list(dict.fromkeys(project.title for project in there))
        last = min(max([YEARS, *(project.year for project in there)]) + 1, MOST_YEARS)
        years = [(str(number), year_days(plan.starts_on, number)) for number in range(1, last + 1)]
        names = [("", _("nobody yet")), *((str(one.pk), one.name or _("someone without a name")) for one in people)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["assignee"].choices = names  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What was filled in."""
        said = self.cleaned_data
        return Facts(
            title=said["title"],
            project=said["project"],
            year=int(said["year"]),
            assignee=UUID(said["assignee"]) if said["assignee"] else None,
            minutes=round(said["hours"] * 60 / 100),
            cents=said["money"],
            starts_on=said["starts_on"],
            due=said["due"],
            state=said["state"],
            notes=said["notes"],
        )


class NewStepForm(StepForm):
    """A step of the organisation's own, for one of the recommendations."""

    once = once()
    revision = None  # type: ignore[assignment]
    state = None  # type: ignore[assignment]
    item = forms.ChoiceField(label=_("what it is for"))
    field_order = ("item", *(name for name in StepForm.field_order if name != "state"))

    def __init__(self, edition: Edition, language: str | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "—"), *items_to_choose(edition, language)]  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What was filled in; a new step is planned."""
        self.cleaned_data["state"] = Step.State.PLANNED.value
        return super().facts()


def items_to_choose(edition: Edition, language: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The recommendations under what they belong to."""
    words = edition.words(language).items
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in edition.of_kind(*STOOD):
        above = item.parent or item.id
        groups.setdefault(f"{above} {words[above].title}", []).append((item.id, words[item.id].title))
    return list(groups.items())


def first_values(facts: Facts, revision: int) -> dict[str, Any]:
    """What a form begins with."""
    return {
        "revision": revision,
        "title": facts.title,
        "state": facts.state,
        "assignee": str(facts.assignee or ""),
        "starts_on": facts.starts_on,
        "due": facts.due,
        "hours": amount(Decimal(facts.minutes) / 60) if facts.minutes else "",
        "money": amount(Decimal(facts.cents) / 100) if facts.cents else "",
        "year": str(facts.year),
        "project": facts.project,
        "notes": facts.notes,
    }


def amount(number: Decimal) -> str:
    """A number as it is typed: without marks between thousands, with decimals only where there are some."""
    rounded = round(number, 2)
    return number_format(rounded, 0 if rounded == int(rounded) else 2, force_grouping=False, use_l10n=True)


class Choice(forms.Form):
    """Which of the proposed steps to take, by the ids of their templates."""

    once = once()
    steps = forms.MultipleChoiceField(required=False)

    def __init__(self, templates: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"].choices = [(one, one) for one in templates]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Where a card is moved to, in one value: the step, its new state and the revision that was read."""

    move = forms.RegexField(rf"^[0-9a-f-]{{36}} (?:{'|'.join(Step.State.values)}) \d{{1,9}}$")
    back = forms.CharField(required=False)

    def moved(self) -> tuple[UUID, str, int]:
        """Step, state, revision."""
        step, state, revision = self.cleaned_data["move"].split(" ")
        return UUID(step), state, int(revision)


def differences(form: StepForm | OwnStepForm, now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, what stands now, what was typed: for every field where the two differ; `now` as from `first_values`."""
    found = []
    for field in form.visible_fields():
        typed, there = str(field.value() or "").strip(), _typed(now[field.name])
        if typed.replace("\r\n", "\n") != there.strip():
            found.append((str(field.label), _shown(field, there), _shown(field, typed)))
    return found


def _typed(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _shown(field: forms.BoundField, value: str) -> str:
    """A choice by its name, everything else as it is."""
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value)) or "—"
