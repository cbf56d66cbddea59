"""What is filled in to ask people: whom each perspective or team is asked through, and how they answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext_lazy as _

from alongside.assessment.inviting import ROLES, Members
from alongside.assessment.rounds import OFFICIAL, SEALED, GroupPlan, RoundPlan
from alongside.people.models import ROLE_NAMES, STAGE_NAMES, Team, one_line
from alongside.rules.small_groups import LIMIT
from alongside.standard.edition import Edition
from alongside.standard.items import Stage
from alongside.web.forms import LONGEST_ADDRESS, once

MOST_CODES = 200
TOGETHER, OWN, JOINS = "together", "own", "join:"
FOR_THEMSELVES = ("psw",)
"""Perspectives that can be asked each for themselves alone."""


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
