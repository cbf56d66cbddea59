"""What is filled in to ask people: whom each perspective or team is asked through, and how they answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.assessment.inviting import Members
from alongside.assessment.rounds import OFFICIAL, SEALED, GroupPlan, RoundPlan
from alongside.people.models import STAGE_NAMES, Team, one_line
from alongside.standard.edition import Edition
from alongside.standard.items import Stage
from alongside.web.asking_forms import AddressesField, codes, everyone
from alongside.web.forms import once

TOGETHER, OWN, JOINS = "together", "own", "join:"
FOR_THEMSELVES = ("psw",)
"""Perspectives that can be asked each for themselves alone."""


@dataclass(slots=True)
class Row:
    """One group on the form: a perspective in all of the organisation, or in one `team`.

    `others`: it is what is left beside the teams. `small`: it was refused because it is too small to be sealed.
    """

    form: RoundForm
    perspective: str
    regime: str
    title: str
    members: dict[UUID, str]
    team: Team | None = None
    others: bool = False
    small: bool = False

    @property
    def id(self) -> str:
        """What its fields end in."""
        return f"{self.perspective}-{self.team.pk.hex}" if self.team else self.perspective

    @property
    def name(self) -> str:
        """What it is called where it stands by itself."""
        return f"{self.title} · {self.team.name}" if self.team else self.title

    @property
    def fields(self) -> dict[str, forms.BoundField]:
        """Its fields, by what they ask for; those it has."""
        names = {kind: f"{kind}_{self.id}" for kind in ("everyone", "emails", "printed", "how")}
        return {kind: self.form[name] for kind, name in names.items() if name in self.form.fields}

    @property
    def unfolded(self) -> bool:
        """Whether more than the tick is to be seen: something stands there, or has to be looked at."""
        folded = [field for kind, field in self.fields.items() if kind != "everyone"]
        return self.small or any(field.value() or field.errors for field in folded)

    def said(self, kind: str) -> Any:
        """What was filled in; None where nothing was, or where it was wrong."""
        return self.form.cleaned_data.get(f"{kind}_{self.id}")

    @property
    def people(self) -> int:
        """How many are asked."""
        if self.said("how") == OWN:
            return len(self.members)
        return len(self.emails_said) + (self.said("printed") or 0)

    @property
    def emails_said(self) -> tuple[str, ...]:
        """Addresses that were typed, and those of everyone where that was ticked."""
        members = self.members.values() if self.said("everyone") else ()
        return tuple(dict.fromkeys([*(self.said("emails") or ()), *members]))


class RoundForm(forms.Form):
    """A round: what it is called, where the organisation stands, and whom each perspective is asked through.

    `split`: the perspectives that are asked team by team.
    """

    once = once()
    title = forms.CharField(label=_("what you call it"), max_length=100, validators=[one_line])
    stage = forms.ChoiceField(label=_("where you are"), choices=list(STAGE_NAMES.items()), widget=forms.RadioSelect)
    modules = forms.BooleanField(label=_("ask about the culture as well"), required=False)

    def __init__(
        self,
        edition: Edition,
        language: str | None,
        *args: Any,
        members: Members | None = None,
        teams: Sequence[Team] = (),
        split: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {name: edition.words(language).perspectives[name].title for name in edition.perspectives}
        self.rows: list[Row] = []
        self.can_split = [
            name for name, perspective in edition.perspectives.items() if teams and perspective.regime != OFFICIAL
        ]
        self.split = [name for name in self.can_split if name in split]
        for name, perspective in edition.perspectives.items():
            inside = list(teams) if name in self.split else []
            for team in [*inside, None]:
                but = [one.pk for one in inside]
                found = (members or Members()).of(name, team=team.pk if team else None, but=but)
                row = Row(self, name, perspective.regime, self.titles[name], found, team, bool(inside and not team))
                self._add(row)
        self._offer()

    def _add(self, row: Row) -> None:
        self.rows.append(row)
        self.fields[f"emails_{row.id}"] = AddressesField(label=_("addresses"))
        self.fields[f"printed_{row.id}"] = codes()
        if row.members:
            self.fields[f"everyone_{row.id}"] = everyone(row.perspective, len(row.members))
        if row.regime == SEALED:
            self.fields[f"how_{row.id}"] = forms.ChoiceField(label=_("how they answer"), required=False)

    def _offer(self) -> None:
        """The ways to answer of each sealed row. To join another group stands on the page where that is needed."""
        for row in self.rows:
            if row.regime != SEALED:
                continue
            ways = [("", _("sealed: nobody can see who said what")), (TOGETHER, _("together, with one joint answer"))]
            if row.perspective in FOR_THEMSELVES and row.members:
                ways.append((OWN, _("each for themselves: nobody else sees it, and it is not counted")))
            joins = [(f"{JOINS}{one.id}", one) for one in self._hosts(row)]
            field: Any = self.fields[f"how_{row.id}"]
            field.choices = [*ways, *((value, _joining(one)) for value, one in joins)]
            chosen = str(row.fields["how"].value() or "").startswith(JOINS)
            if not (chosen or row.small):
                field.widget.choices = ways

    def _hosts(self, row: Row) -> list[Row]:
        """Groups that a row can answer with, the same perspective in other teams first."""
        sealed = [one for one in self.rows if one.regime == SEALED and one is not row]
        sealed = [one for one in sealed if not row.small or one.people]  # once it is known who is asked
        return sorted(sealed, key=lambda one: one.perspective != row.perspective)

    def clean(self) -> None:
        """Somebody is asked, those who answer for themselves have an account, and whoever is joined is asked too."""
        asked = {row.id: row for row in self.rows if row.people}
        wrong = self.errors
        if not asked and not wrong:
            self.add_error(None, _("Say who is asked: at least one address or one link on paper."))
        for row in asked.values():
            how = row.said("how") or ""
            if how == OWN and (row.said("emails") or row.said("printed")):
                self.add_error(
                    f"how_{row.id}",
                    _("Each for themselves works with an account here: leave addresses and links on paper empty."),
                )
            if how.startswith(JOINS) and how.removeprefix(JOINS) not in asked:
                self.add_error(f"how_{row.id}", _("Of that group nobody is asked so far."))

    def plan(self) -> RoundPlan:
        """The plan that was filled in."""
        said = self.cleaned_data
        plan = RoundPlan(
            said["title"], Stage(said["stage"]), tuple(map(_group, self.rows)), modules=bool(said["modules"])
        )
        keys = {f"{JOINS}{row.id}": key for row, key in zip(self.rows, plan.keys, strict=True)}
        groups = tuple(
            replace(group, joins=keys.get(row.said("how") or "")) if group.people else group
            for row, group in zip(self.rows, plan.groups, strict=True)
        )
        return replace(plan, groups=groups)

    def refuse(self, groups: Iterable[str]) -> list[Row]:
        """Mark the rows whose groups (by key) are too small, and offer them to join another; returns them."""
        keys = dict(zip(self.plan().keys, self.rows, strict=True))
        small = [keys[key] for key in groups]
        for row in small:
            row.small = True
        self._offer()
        return small

    @property
    def by_perspective(self) -> list[tuple[str, str, str, list[Row]]]:
        """Perspective, its title, its regime and its rows, as they stand on the page."""
        return [
            (name, title, rows[0].regime, rows)
            for name, title in self.titles.items()
            if (rows := [row for row in self.rows if row.perspective == name])
        ]


def _joining(row: Row) -> str:
    return _("in one sealed group with: %(name)s") % {"name": row.name}


def _group(row: Row) -> GroupPlan:
    team = row.team.pk if row.team else None
    if row.said("how") == OWN:
        return GroupPlan(row.perspective, team=team, accounts=tuple(row.members))
    return GroupPlan(row.perspective, row.emails_said, row.said("printed") or 0, row.said("how") == TOGETHER, team)
