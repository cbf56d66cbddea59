"""A first look: at most fifteen answers, one page that says what stands, what is missing and what to do next.

Pure. What the source demands is kept apart from what it prefers, what is due now from what can come later, and not
knowing from not having.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.rules.tallies import Answer
from alongside.standard.asking import DONT_KNOW, NOT_APPLICABLE, Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Force, Item, Stage

INSTRUMENT = "first-look"
NEXT_STEPS = 3
PRECONDITION = "precondition"
ATTENTION = "attention-point"


@dataclass(frozen=True, slots=True)
class Given:
    """What someone said: criterion id → step, "dont_know" or "not_applicable", at a stage, by an edition."""

    edition: Edition
    stage: Stage
    answers: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer and what it means: the item it is about, how firmly the source speaks, and whether it is due."""

    criterion: Criterion
    item: Advice
    group: Item
    """The precondition the item belongs to; the item itself for a point of attention."""
    answer: Answer
    force: Force
    due: bool
    """Belongs in place at this stage or before."""
    stands: bool

    @property
    def open(self) -> bool:
        """Answered, and not there yet."""
        return isinstance(self.answer, int) and not self.stands

    @property
    def demanded(self) -> bool:
        """The source asks for it, and it is due."""
        return self.due and self.force is Force.SHOULD


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What came of it, each list in the order of the standard; `next_steps` in the order to take them."""

    stage: Stage
    findings: tuple[Finding, ...]
    stands: tuple[Finding, ...]
    demanded: tuple[Finding, ...]
    preferred: tuple[Finding, ...]
    later: tuple[Finding, ...]
    tensions: tuple[Finding, ...]
    to_ask: tuple[Finding, ...]
    not_applicable: tuple[Finding, ...]
    next_steps: tuple[Finding, ...]
    missing: int
    """How many things that the source asks for are not there yet, tensions included."""
    unknown: int
    """How many things that the source asks for nobody here knows about."""
    beside: tuple[Advice, ...]
    """What is due as well and was not asked about, in the order of the standard."""


def questions(edition: Edition, stage: Stage) -> tuple[Criterion, ...]:
    """What is asked at a stage, in order."""
    return tuple(edition.criteria[id_] for id_ in edition.instruments[INSTRUMENT].questions[stage])


def look(given: Given) -> FirstLook:
    """What the answers say; questions without an answer are passed over."""
    edition, stage, answers = given.edition, given.stage, given.answers
    asked = [criterion for criterion in questions(edition, stage) if criterion.id in answers]
    findings = tuple(_finding(edition, stage, criterion, answers[criterion.id]) for criterion in asked)
    missing = [finding for finding in findings if finding.open]
    unknown = [finding for finding in findings if finding.answer == DONT_KNOW]
    owed = [finding for finding in missing if finding.group.kind == PRECONDITION]
    return FirstLook(
        stage=stage,
        findings=findings,
        stands=tuple(finding for finding in findings if finding.stands),
        demanded=tuple(finding for finding in owed if finding.demanded),
        preferred=tuple(finding for finding in owed if finding.due and not finding.demanded),
        later=tuple(finding for finding in owed if not finding.due),
        tensions=tuple(finding for finding in missing if finding.group.kind == ATTENTION),
        to_ask=tuple(unknown),
        not_applicable=tuple(finding for finding in findings if finding.answer == NOT_APPLICABLE),
        next_steps=_next_steps(edition, findings),
        missing=sum(finding.demanded for finding in missing),
        unknown=sum(finding.demanded for finding in unknown),
        beside=_beside(edition, stage),
    )


def _finding(edition: Edition, stage: Stage, criterion: Criterion, answer: Answer) -> Finding:
    item = edition.items[criterion.item]
    assert isinstance(item, Advice)
    standing = edition.scales[criterion.scale].stands_from(stage)
    return Finding(
        criterion=criterion,
        item=item,
        group=next((above for above in edition.trail(item.id) if above.kind == PRECONDITION), item),
        answer=answer,
        force=edition.force_of(criterion.id),
        due=item.stage.rank <= stage.rank,
        stands=isinstance(answer, int) and standing is not None and answer >= standing,
    )


def _next_steps(edition: Edition, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What to do first: what is missing, before what nobody knows, before what stands and was never looked back on.

    Among those, what is due and what the source demands come first, then what is least far, then the order of the
    standard.
    """

    def urgency(finding: Finding) -> tuple[int, bool, bool, int]:
        open_first = 0 if finding.open else 1 if finding.answer == DONT_KNOW else 2
        step = finding.answer if isinstance(finding.answer, int) else 0
        return (open_first, not finding.due, finding.force is not Force.SHOULD, step)

    able = [finding for finding in findings if _can_move(edition, finding)]
    return tuple(sorted(able, key=urgency)[:NEXT_STEPS])


def _can_move(edition: Edition, finding: Finding) -> bool:
    if isinstance(finding.answer, int):
        return finding.answer < edition.scales[finding.criterion.scale].answers - 1
    return finding.answer == DONT_KNOW


def _beside(edition: Edition, stage: Stage) -> tuple[Advice, ...]:
    """What belongs to the preconditions by now and is not asked about at this stage."""
    asked = {criterion.item for criterion in questions(edition, stage)}
    return tuple(
        item
        for precondition in edition.of_kind(PRECONDITION)
        for item in edition.children(precondition.id)
        if isinstance(item, Advice) and item.id not in asked and item.stage.rank <= stage.rank
    )
