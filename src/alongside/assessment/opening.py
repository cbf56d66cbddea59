"""Opening a round: every slot for an answer is made at once, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.links import OFFICIAL, PRIVATE, Links, Opened, joint_link, keep, note_asked, own_links
from alongside.assessment.models import Round, RoundGroup
from alongside.assessment.own_answers import own_slots
from alongside.assessment.plan_of_round import Gathered, RoundPlan, gathered
from alongside.assessment.shown import refuse_unshown
from alongside.people.models import Organisation, Team
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.selection import asked_together, distribute
from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition

LONGEST_NAME = 200


class NothingToAsk(Exception):
    """Perspectives that have no question at this stage, such as peer workers before the first one is there."""

    def __init__(self, perspectives: Sequence[str]) -> None:
        super().__init__(*perspectives)
        self.perspectives = tuple(perspectives)


@transaction.atomic
def open_round(
    *, by: Scope, organisation: UUID, plan: RoundPlan, edition: Edition, today: date, once: UUID | None = None
) -> Opened:
    """Open a round; `once` becomes its id.

    Raises `TooFew` for sealed groups under five, `NothingToAsk` for groups without a question at this stage,
    `shown.NotShown` for those who wait for what came of the last round, Team.DoesNotExist for a team of elsewhere, and
    ValueError for a plan that asks nobody or in which a group joins one that it cannot join.
    """
    org = Organisation.objects.within(by).get(pk=organisation)
    shown = distribute(edition, plan.instrument, stage=plan.stage, modules=plan.modules)
    asked = [group for group in plan.groups if group.people]
    if idle := [group.perspective for group in asked if not shown.get(group.perspective)]:
        raise NothingToAsk(list(dict.fromkeys(idle)))
    counted = {group.perspective for group in asked if not group.accounts}  # nothing ever comes of private answers
    refuse_unshown(by=by, organisation=organisation, perspectives=counted)
    groups = gathered(edition, plan)
    teams = _team_names(by, organisation, plan)
    opened = Round(
        pk=once or uuid4(),
        org=org,
        edition=editions.keep(edition),
        instrument=plan.instrument,
        title=plan.title,
        stage=plan.stage,
        modules=plan.modules,
        opened_on=today,
    )
    opened.save(force_insert=True)
    fields = ("title", "stage", "groups", "modules")
    record(by=by, organisation=organisation, action="round.open", about=f"round {opened.pk}", fields=fields)
    return keep(opened, [_ask(opened, edition, group, shown, teams) for group in groups])


def _team_names(by: Scope, organisation: UUID, plan: RoundPlan) -> dict[UUID, str]:
    wanted = {group.team for group in plan.groups if group.people and group.team}
    found = Team.objects.within(by).filter(org=organisation, pk__in=wanted) if wanted else ()
    names = {team.pk: team.name for team in found}
    if wanted - names.keys():
        raise Team.DoesNotExist
    return names


def _ask(
    opened: Round,
    edition: Edition,
    plan: Gathered,
    shown: Mapping[str, Sequence[Criterion]],
    teams: Mapping[UUID, str],
) -> Links:
    """Keep one group and whom it is asked through, and make its links."""
    questions = asked_together(edition, opened.instrument, shown, (plan.perspective, *plan.also))
    group = RoundGroup(
        round=opened,
        perspective=plan.perspective,
        number=plan.number,
        team_id=plan.plans[0].team,
        team_name=_joined_names(plan, teams),
        also=list(plan.also),
        regime=plan.regime,
        size=plan.people,
        questions=[criterion.id for criterion in questions],
    )
    group.save()
    note_asked(group, plan.emails)
    if plan.regime == PRIVATE:
        return Links(group, tuple(own_slots(group, plan.accounts)))
    if plan.regime == OFFICIAL:
        title = edition.words().perspectives[plan.perspective].title
        label = f"{title} · {group.team_name}" if group.team_name else title
        return joint_link(group, plan.emails, plan.printed, label=label)
    return own_links(group, plan.emails, plan.printed)


def _joined_names(plan: Gathered, teams: Mapping[UUID, str]) -> str:
    """The teams of a group by name; none where it is of the whole organisation, whoever joined it."""
    if plan.plans[0].team is None:
        return ""
    names = ", ".join(dict.fromkeys(teams[one.team] for one in plan.plans if one.team))
    return names if len(names) <= LONGEST_NAME else f"{names[: LONGEST_NAME - 1]}…"
