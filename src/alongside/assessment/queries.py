"""What is read of assessments in more than one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from alongside.assessment import editions, models
from alongside.assessment.models import Asked, FirstLook, Response, Round, RoundGroup
from alongside.assessment.moves import laid_over
from alongside.people.models import Membership, Organisation
from alongside.people.scope import Scope
from alongside.people.tenancy import Within
from alongside.rules import first_look
from alongside.rules.mapped import Mapped
from alongside.rules.tallies import Answer, Tally
from alongside.standard.edition import Edition
from alongside.standard.items import Stage


@dataclass(frozen=True, slots=True)
class KeptLook:
    """A first look that was kept, read by the edition it was made with."""

    row: FirstLook
    edition: Edition
    result: first_look.FirstLook


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for someone. `look` and `finding` are there where it is a next step out of a first look."""

    organisation: Organisation
    kind: Literal["look", "company", "step"]
    item: str
    look: KeptLook | None = None
    finding: first_look.Finding | None = None


def kept_look(row: FirstLook) -> KeptLook:
    """What a row says, by its own edition."""
    edition = editions.edition(row.edition_id)
    return KeptLook(row, edition, first_look.look(first_look.Given(edition, Stage(row.stage), row.answers)))


def first_looks(scope: Scope, organisation: UUID) -> list[KeptLook]:
    """The first looks of an organisation, latest first."""
    return [kept_look(row) for row in FirstLook.objects.within(scope).filter(org=organisation)]


def what_needs_me(scope: Scope) -> list[Need]:
    """What waits for someone in their organisations, in four queries however many there are.

    Once a round was opened, a first look has done its work.
    """
    organisations = list(Organisation.objects.within(scope).order_by("name"))
    latest: dict[UUID, FirstLook] = {}
    for row in FirstLook.objects.within(scope):
        latest.setdefault(row.org_id, row)
    asked = set(Round.objects.within(scope).order_by().values_list("org_id", flat=True).distinct())
    people: dict[UUID, set[UUID]] = {}
    for org, account in Membership.objects.within(scope).values_list("org_id", "account_id"):
        people.setdefault(org, set()).add(account)
    return [
        need
        for org in organisations
        for need in _needs(scope, org, latest.get(org.pk), people.get(org.pk, set()), org.pk in asked)
    ]


def _needs(scope: Scope, org: Organisation, row: FirstLook | None, people: set[UUID], asked: bool) -> list[Need]:
    needs: list[Need] = []
    may_change = scope.may("organisation.change", org.pk) and not asked
    if row is None and may_change:
        needs.append(Need(org, "look", "A1"))
    if len(people) < 2 and scope.may("people.change", org.pk):
        needs.append(Need(org, "company", "A2.project-group"))
    if row is not None and may_change:
        look = kept_look(row)
        needs += [Need(org, "step", finding.item.id, look, finding) for finding in look.result.next_steps]
    return needs


@dataclass(frozen=True, slots=True)
class Results:
    """What a closed round says: criterion → key of a group ("" for all together) → tally; `groups`: who was asked.

    `edition` is the one to read it by. Criteria have the ids they were asked by, whatever they are called now; `apart`
    is what was set aside when the round was moved to another edition.
    """

    round: Round
    edition: Edition
    tallies: Mapping[str, Mapping[str, Tally]]
    groups: Sequence[RoundGroup]
    mapped: Mapped
    apart: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)

    @property
    def set_aside(self) -> Results:
        """What was asked then and is not read by the edition of now, by the edition it was asked by."""
        own = self.mapped.own
        return Results(self.round, own, self.apart, self.groups, Mapped(own, own, own))


def rounds(scope: Scope, organisation: UUID) -> QuerySet[Round]:
    """The rounds of an organisation, latest first."""
    return Round.objects.within(scope).filter(org=organisation).select_related("move")


def untold(scope: Scope) -> list[Round]:
    """Closed rounds whose outcome has not been shown to those who answered, in all organisations of someone."""
    closed = Round.objects.within(scope).filter(state=Round.State.CLOSED, told_on=None)
    return list(closed.select_related("org").order_by("closed_on", "pk"))


def groups(scope: Within, round_: Round) -> QuerySet[RoundGroup]:
    """Who is asked in a round."""
    return RoundGroup.objects.within(scope).filter(round=round_).order_by("pk")


def begun(scope: Scope, round_: Round) -> tuple[int, int] | None:
    """How many links have been used at least, of how many; None where the round is too small to count.

    Over the whole round and in steps of five: whoever looks before and after someone sat down to answer sees no
    difference. Latecomers count once they have their links; what is private is not counted.
    """
    slots = Response.objects.within(scope).filter(group__round=round_).exclude(regime="private")
    revisions = list(slots.values_list("revision", flat=True))
    used = sum(revision > 0 for revision in revisions)
    enough = len(revisions) >= 2 * round_.limit
    return (used - used % round_.limit, len(revisions)) if enough else None


def waiting(scope: Scope, round_: Round) -> dict[UUID, int]:
    """How many latecomers wait for a link, by group: only together with others they cannot be told apart."""
    rows = Asked.objects.within(scope).filter(group__round=round_, waiting=True).values_list("group", flat=True)
    return dict(Counter(rows))


def asked_by_mail(scope: Scope, round_: UUID) -> int:
    """How many letters a reminder takes."""
    asked = Asked.objects.within(scope).filter(group__round=round_, waiting=False)
    return asked.values("email").distinct().count()


def asked_addresses(scope: Scope, group: RoundGroup) -> set[str]:
    """The addresses that were asked in a group, those who wait included. Never which of them answered."""
    return set(Asked.objects.within(scope).filter(group=group).values_list("email", flat=True))


def asked_accounts(scope: Scope, group: RoundGroup) -> set[UUID]:
    """The accounts that answer in a group each for themselves."""
    rows = Response.objects.within(scope).filter(group=group, account__isnull=False)
    return {account for account in rows.values_list("account_id", flat=True) if account}


def named(scope: Scope, round_: Round) -> list[tuple[str, Mapping[str, Answer]]]:
    """Who said what by name, of a closed round; never of sealed groups."""
    rows = Response.objects.within(scope).filter(group__round=round_, regime="named").exclude(label="")
    return list(rows.order_by("label").values_list("label", "answers")) if round_.state == Round.State.CLOSED else []


def results(scope: Within, round_: Round, *, criteria: Collection[str] = ()) -> Results:
    """The published figures of a closed round, of all questions or of these, in one query."""
    rows = models.Tally.objects.within(scope)
    wanted = rows.filter(criterion__in=criteria) if criteria else rows
    return _results(round_, wanted, list(groups(scope, round_)))


def results_for_everyone(round_: Round) -> Results:
    """The same for someone who answered with a link and need not be a member."""
    why = "whoever answered sees what came of it"
    asked = RoundGroup.objects.across(because=why).filter(round=round_)
    return _results(round_, models.Tally.objects.across(because=why), list(asked))


def _results(round_: Round, rows: QuerySet[models.Tally], asked: Sequence[RoundGroup]) -> Results:
    mapped = laid_over(round_)
    tallies: dict[str, dict[str, Tally]] = {}
    for row in rows.filter(round=round_).order_by("pk"):
        ordered = mapped.own.scales[mapped.own.criteria[row.criterion].scale].ordered
        counts = tuple(row.counts) if row.counts is not None else None
        n = sum(counts) if counts is not None else None
        found = Tally(ordered, counts, n, row.dont_know, row.not_applicable, row.blank)
        tallies.setdefault(row.criterion, {})[row.group] = found
    return Results(round_, mapped.edition, mapped.kept(tallies), asked, mapped, mapped.set_aside(tallies))
