"""What people do with rounds: open one, answer, close it. Each action is one transaction.

Opening makes every response slot at once, shuffled, so that neither the order of rows nor a transaction tells whose is
whose. Tokens leave this module once, to be mailed or printed, and only their hashes stay.
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.models import Asked, Response, Round, RoundGroup, Tally
from alongside.assessment.shown import refuse_unshown
from alongside.people.models import Organisation
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.scoring import Answers, Column, Figures, figures_of, heard_in
from alongside.rules.selection import distribute
from alongside.rules.small_groups import LIMIT, partition
from alongside.rules.summary import summary
from alongside.rules.tallies import Answer
from alongside.standard.asking import APART, Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Stage

OFFICIAL, NAMED, SEALED = "official", "named", "sealed"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that can be mistaken for another letter on paper


class TooFew(Exception):
    """Sealed groups that are too small to hide anyone: they can answer together, or join another group."""

    def __init__(self, perspectives: Sequence[str]) -> None:
        super().__init__(*perspectives)
        self.perspectives = tuple(perspectives)


class NothingToAsk(Exception):
    """Perspectives that have no question at this stage, such as peer workers before the first one is there."""

    def __init__(self, perspectives: Sequence[str]) -> None:
        super().__init__(*perspectives)
        self.perspectives = tuple(perspectives)


class Closed(Exception):
    """The round was closed; nothing more is taken."""


class Overtaken(Exception):
    """The same link was answered elsewhere in between; `answers` is what stands now."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__()
        self.answers = answers


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Whom a perspective is asked through: addresses, printed codes. `together`: one joint answer of the group."""

    perspective: str
    emails: tuple[str, ...] = ()
    printed: int = 0
    together: bool = False

    @property
    def people(self) -> int:
        """How many are asked."""
        return len(self.emails) + self.printed


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round asks, and whom."""

    title: str
    stage: Stage
    groups: tuple[GroupPlan, ...]
    instrument: str = "readiness"
    modules: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that was opened, with its links: (address, token) to mail, perspective → tokens to print."""

    round: Round
    letters: tuple[tuple[str, str], ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joint: frozenset[str] = frozenset()
    """The tokens that several people share."""


@transaction.atomic
def open_round(
    *, by: Scope, organisation: UUID, plan: RoundPlan, edition: Edition, today: date, once: UUID | None = None
) -> Opened:
    """Open a round; `once` becomes its id.

    Raises `TooFew` for sealed groups under five, `NothingToAsk` for groups without a question at this stage,
    `shown.NotShown` for those who wait for what came of the last round, and ValueError for a plan that asks nobody.
    """
    org = Organisation.objects.within(by).get(pk=organisation)
    groups = [group for group in plan.groups if group.people]
    if not groups:
        raise ValueError("a round asks somebody")
    shown = distribute(edition, plan.instrument, stage=plan.stage, modules=plan.modules)
    idle = [group.perspective for group in groups if not shown.get(group.perspective)]
    if idle:
        raise NothingToAsk(idle)
    refuse_unshown(by=by, organisation=organisation, perspectives=[group.perspective for group in groups])
    small = [g.perspective for g in groups if _regime(edition, g) == SEALED and g.people < LIMIT]
    if small:
        raise TooFew(small)
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
    return _slots(opened, edition, groups, shown)


def _regime(edition: Edition, group: GroupPlan) -> str:
    return OFFICIAL if group.together else edition.perspectives[group.perspective].regime


def _slots(
    opened: Round, edition: Edition, plans: Sequence[GroupPlan], shown: Mapping[str, Sequence[Criterion]]
) -> Opened:
    letters: list[tuple[str, str]] = []
    codes: dict[str, tuple[str, ...]] = {}
    slots: list[Response] = []
    joint: set[str] = set()
    for plan in plans:
        regime = _regime(edition, plan)
        asked = [criterion.id for criterion in shown[plan.perspective]]
        group = RoundGroup(round=opened, perspective=plan.perspective, regime=regime, size=plan.people, questions=asked)
        group.save()
        Asked.objects.across(because="a round that is being opened").bulk_create(
            [Asked(group=group, email=email.lower()) for email in sorted(plan.emails)]
        )
        if regime == OFFICIAL:  # one joint answer: every link leads to it
            token = _token()
            joint.add(token)
            slots.append(_slot(group, token, label=edition.words().perspectives[plan.perspective].title))
            letters += [(email, token) for email in plan.emails]
            codes[plan.perspective] = (token,) if plan.printed else ()
            continue
        mailed = [(email, _token()) for email in plan.emails]
        printed = tuple(_token() for _ in range(plan.printed))
        slots += [_slot(group, token, label=email if regime == NAMED else "") for email, token in mailed]
        slots += [_slot(group, token) for token in printed]
        letters += mailed
        codes[plan.perspective] = printed
    shuffler = random.SystemRandom()
    shuffler.shuffle(slots)
    shuffler.shuffle(letters)
    Response.objects.across(because="a round that is being opened").bulk_create(slots)
    return Opened(opened, tuple(letters), {name: tokens for name, tokens in codes.items() if tokens}, frozenset(joint))


def _slot(group: RoundGroup, token: str, *, label: str = "") -> Response:
    return Response(group=group, regime=group.regime, label=label, token_hash=hash_of(token))


def _token() -> str:
    """Sixteen letters in groups of four: 79 bits, and short enough to be typed from paper."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def hash_of(token: str) -> str:
    """What is kept of a token, however it was typed."""
    return hashlib.sha256("".join(token.upper().split()).replace("-", "").encode()).hexdigest()


def asked_of(edition: Edition, group: RoundGroup) -> tuple[Criterion, ...]:
    """The questions that a group is shown in a round, in reading order."""
    return tuple(edition.criteria[id_] for id_ in group.questions)


def find_response(*, token: str) -> Response:
    """The response behind a link, with its group and round. Raises Response.DoesNotExist."""
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    whole = slots.select_related("group__round__org", "group__round__edition", "group__round__move")
    return whole.get(token_hash=hash_of(token))


@transaction.atomic
def save_answers(*, response: UUID, answers: Mapping[str, Answer], revision: int) -> Response:
    """Lay answers over those of a response; None takes one back.

    Raises `Closed`, `Overtaken` when someone else saved since `revision`, KeyError for a question that is not asked and
    ValueError for an answer that is none. Writes no event, time or address.
    """
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    found = slots.select_for_update(of=("self",)).select_related("group__round").get(pk=response)
    if found.group.round.state != Round.State.OPEN:
        raise Closed
    if found.revision != revision:
        raise Overtaken(found.answers)
    edition = editions.edition(found.group.round.edition_id)
    asked = {criterion.id: criterion for criterion in asked_of(edition, found.group)}
    kept = dict(found.answers)
    for criterion, answer in answers.items():
        _check(edition, asked[criterion], answer)
        kept[criterion] = answer
    found.answers = {criterion: answer for criterion, answer in kept.items() if answer is not None}
    found.revision += 1
    found.save(update_fields=["answers", "revision"])
    return found


def _check(edition: Edition, criterion: Criterion, answer: Answer) -> None:
    positions = edition.scales[criterion.scale].answers
    if answer is None or answer in APART:
        return
    if not isinstance(answer, int) or isinstance(answer, bool) or not 0 <= answer < positions:
        raise ValueError(f"{answer!r} is no answer to {criterion.id}")


@transaction.atomic
def close_round(*, by: Scope, organisation: UUID, round_: UUID, today: date) -> Round:
    """Close a round and publish its figures, once. Closing a closed round changes nothing."""
    found = Round.objects.within(by).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state == Round.State.CLOSED:
        return found
    found.state, found.closed_on = Round.State.CLOSED, today
    edition = editions.edition(found.edition_id)
    groups = list(RoundGroup.objects.within(by).filter(round=found))
    responses = Response.objects.within(by).filter(group__round=found).values_list("group__perspective", "answers")
    figures = publication(edition, found, groups, list(responses))
    Tally.objects.across(because="a round that is being closed").bulk_create(
        row for criterion, one in figures.items() for row in _rows(found, criterion, one)
    )
    found.summary = summary(figures)
    found.save(update_fields=["state", "closed_on", "summary"])
    record(by=by, organisation=organisation, action="round.close", about=f"round {found.pk}", fields=("state",))
    return found


def publication(
    edition: Edition, asked: Round, groups: Sequence[RoundGroup], responses: Sequence[tuple[str, Mapping[str, Answer]]]
) -> dict[str, Figures]:
    """Figures of each criterion, over those perspectives that were asked it."""
    criteria = {group.perspective: asked_of(edition, group) for group in groups}
    official = frozenset(group.perspective for group in groups if group.regime == OFFICIAL)
    figures = {}
    for criterion in dict.fromkeys(one for chosen in criteria.values() for one in chosen):
        rows = [(who, answers) for who, answers in responses if criterion in criteria[who]]
        scale = edition.scales[criterion.scale]
        labels = edition.words().scales[scale.id].answers
        column = Column([answers.get(criterion.id) for _, answers in rows], labels, scale.ordered)
        answers = Answers((), {}, len(rows), [who for who, _ in rows], official)
        split = partition([heard_in(answers, column.values)], limit=asked.limit, official=official)
        figures[criterion.id] = figures_of(answers, column, split)
    return figures


def _rows(closed: Round, criterion: str, figures: Figures) -> Iterator[Tally]:
    for group, found in {"": figures.total, **figures.by}.items():
        yield Tally(
            round=closed,
            criterion=criterion,
            group=group,
            counts=list(found.counts) if found.counts is not None else None,
            dont_know=found.dont_know,
            not_applicable=found.not_applicable,
            blank=found.blank,
        )
