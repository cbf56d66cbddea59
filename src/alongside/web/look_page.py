"""A first look in the words of one language, ready for the page: each finding with what was said and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.rules.first_look import ATTENTION, Finding, FirstLook
from alongside.rules.selection import whom_to_ask
from alongside.rules.tallies import Answer
from alongside.standard.asking import DONT_KNOW
from alongside.standard.edition import Edition
from alongside.standard.items import Force, Stage
from alongside.standard.texts import CriterionText


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: `said` is what one would see at the step that was chosen, `step` its number or None.

    `moved` is by how many steps it went up (or down) since an earlier look that asked the same.
    """

    item: str
    title: str
    group: str
    group_title: str
    question: str
    said: str
    step: int | None
    step_name: str
    force: Force
    move: str
    whom: tuple[str, ...]
    reason: str
    moved: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class LookPage:
    """The whole page; lists as in `FirstLook`. `beside`: id, title and force of what is due and was not asked."""

    stage: Stage
    asked: int
    said: tuple[Line, ...]
    stands: tuple[Line, ...]
    demanded: tuple[Line, ...]
    preferred: tuple[Line, ...]
    later: tuple[Line, ...]
    tensions: tuple[Line, ...]
    to_ask: tuple[Line, ...]
    not_applicable: tuple[Line, ...]
    next_steps: tuple[Line, ...]
    missing: int
    unknown: int
    beside: tuple[tuple[str, str, Force], ...]


def look_page(
    edition: Edition, look: FirstLook, language: str | None, *, before: Mapping[str, Answer] | None = None
) -> LookPage:
    """`look` in `language`, by the edition it was made with; `before`: the answers of an earlier look."""
    earlier = before or {}
    lines = {
        found.criterion.id: _line(edition, found, look.stage, language, earlier.get(found.criterion.id))
        for found in look.findings
    }

    def of(findings: tuple[Finding, ...]) -> tuple[Line, ...]:
        return tuple(lines[finding.criterion.id] for finding in findings)

    words = edition.words(language)
    return LookPage(
        stage=look.stage,
        asked=len(look.findings),
        said=of(look.findings),
        stands=of(look.stands),
        demanded=of(look.demanded),
        preferred=of(look.preferred),
        later=of(look.later),
        tensions=of(look.tensions),
        to_ask=of(look.to_ask),
        not_applicable=of(look.not_applicable),
        next_steps=of(look.next_steps),
        missing=look.missing,
        unknown=look.unknown,
        beside=tuple((item.id, words.items[item.id].title, item.force) for item in look.beside),
    )


def _line(edition: Edition, finding: Finding, stage: Stage, language: str | None, before: Answer) -> Line:
    words, criterion = edition.words(language), finding.criterion
    text = words.criteria[criterion.id]
    step = finding.answer if isinstance(finding.answer, int) else None
    whom = tuple(words.perspectives[one].title for one in whom_to_ask(edition, criterion, stage))
    return Line(
        item=finding.item.id,
        title=words.items[finding.item.id].title,
        group=finding.group.id,
        group_title=words.items[finding.group.id].title,
        question=text.question,
        said=text.steps[step] if step is not None else "",
        step=step,
        step_name=words.scales[criterion.scale].answers[step] if step is not None else "",
        force=finding.force,
        move=_move(finding, text, whom),
        whom=whom,
        reason=_reason(finding, stage),
        moved=step - before if step is not None and isinstance(before, int) else 0,
        unknown=finding.answer == DONT_KNOW,
    )


def _move(finding: Finding, text: CriterionText, whom: tuple[str, ...]) -> str:
    if finding.answer == DONT_KNOW:
        return _("Ask %(whom)s: %(question)s") % {"whom": ", ".join(whom), "question": text.question}
    return _("Look back together: whom does it help, and what is still missing?") if finding.stands else text.next


def _reason(finding: Finding, stage: Stage) -> str:
    """Why this comes first, in a sentence."""
    if finding.answer == DONT_KNOW:
        return _("You do not know yet, and someone else may.")
    if finding.stands:
        return _("It is in place, and nobody has looked back at it yet.")
    if finding.group.kind == ATTENTION:
        return _("This tension belongs to the work. What helps is to talk about it before it hurts.")
    if not finding.due:
        return _("It can come later, and it takes time to prepare.")
    if finding.force is Force.SHOULD and stage is Stage.PREPARING:
        return _("The source asks for this, and it belongs in place before the first day.")
    if finding.force is Force.SHOULD:
        return _("The source asks for this, and at your stage it belongs in place.")
    return _("The source prefers this, and it makes the rest easier.")
