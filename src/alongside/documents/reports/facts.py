"""What the reports of an organisation are made of: gathered once, told in three ways (board, project group, team)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.assessment import queries as assessment
from alongside.assessment.evidence import used_in
from alongside.assessment.models import Dissent, EvidenceUse
from alongside.assessment.moves import laid_over
from alongside.assessment.naming import group_names
from alongside.assessment.queries import Results
from alongside.assessment.standing import Agreed, Standing, agreed, dissents, standing
from alongside.people.models import Organisation
from alongside.people.scope import Scope
from alongside.planning import queries as planning
from alongside.planning.models import Step
from alongside.planning.queries import Totals
from alongside.rules.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one organisation on one day. `came`: what was agreed after its latest round; `names`: of the round's groups.

    `results` and what belongs to a round are empty before the first round is closed. `apart`: the same of what was set
    aside when the round was moved to a newer edition, in the words of its own.
    """

    organisation: Organisation
    day: date
    language: str
    standing: Standing
    steps: Sequence[Step]
    year: Totals
    came: Mapping[str, Agreed]
    otherwise: Sequence[Dissent]
    """Every dissent that stands, whichever round it comes from."""
    evidence: Mapping[str, Sequence[EvidenceUse]]
    names: Mapping[str, str]
    results: Results | None
    apart: Facts | None = None


def gather(scope: Scope, organisation: Organisation, *, language: str, today: date, whole: bool = True) -> Facts:
    """`whole`: with every figure; a board page does without them."""
    stands = standing(scope, organisation.pk)
    latest = stands.round
    groups = list(assessment.groups(scope, latest)) if latest else []
    came = agreed(scope, latest) if latest else {}
    facts = Facts(
        organisation=organisation,
        day=today,
        language=language,
        standing=stands,
        steps=list(planning.roadmap_steps(scope, organisation.pk)),
        year=planning.year_totals(scope, organisation.pk, today=today),
        came=came,
        otherwise=dissents(scope, organisation.pk),
        evidence=used_in(scope, latest) if latest and whole else {},
        names=group_names(stands.edition, groups, language),
        results=assessment.results(scope, latest) if latest and whole else None,
    )
    return _read(facts, laid_over(latest)) if latest else facts


def _read(facts: Facts, mapped: Mapped) -> Facts:
    """By the edition the round is read by: what waits to be confirmed is not agreed on, what was set aside is apart."""
    waits = {id_: Agreed(None, facts.came[id_].dissents) for id_ in mapped.to_confirm & facts.came.keys()}
    apart = replace(
        facts,
        standing=replace(facts.standing, edition=mapped.own),
        came=mapped.set_aside(facts.came),
        results=facts.results.set_aside if facts.results else None,
    )
    return replace(facts, came=mapped.kept(facts.came) | waits, apart=apart if mapped.aside else None)
