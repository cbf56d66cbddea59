"""A question in a report: what each group said, what was agreed, who sees it otherwise, what shows it, what is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.assessment.naming import group_name, voice_title
from alongside.documents.blocks import Block, Dumbbell, Heading, Paragraph, Point, Points, Rows
from alongside.documents.reports.facts import Facts
from alongside.planning.models import Step
from alongside.rules.tallies import Tally, in_words


def question(facts: Facts, criterion: str, groups: Mapping[str, Tally], *, steps: bool = True) -> list[Block]:
    """`groups`: key → tally, "" for all together; withheld ones are named without figures."""
    edition = facts.standing.edition
    words = edition.words(facts.language)
    asked = edition.criteria[criterion]
    labels = words.scales[asked.scale].answers
    shown = {group_name(key, facts.names): one for key, one in groups.items() if key and one.n}
    middles = {name: one.median for name, one in shown.items() if one.median is not None}
    blocks: list[Block] = [Heading(words.criteria[criterion].question, 3, asked.item)]
    came = facts.came.get(criterion)
    step = came.agreement.step if came and came.agreement else None
    if len(middles) > 1:
        blocks.append(Dumbbell(words.criteria[criterion].question, middles, labels, agreed=step))
    blocks.append(_figures({**shown, _("all together"): groups[""]}, labels))
    blocks += _came(facts, criterion)
    return blocks + (_doing(facts.steps, asked.item) if steps else [])


def _figures(groups: Mapping[str, Tally], labels: Sequence[str]) -> Rows:
    head = (_("Who"), _("answered"), _("don't know"), *labels, _("in the middle"))
    rows = tuple(
        (name, one.n, one.dont_know, *(one.counts or (None,) * len(labels)), in_words(one.median, labels))
        for name, one in groups.items()
    )
    return Rows(_("What people said"), head, rows)


def _came(facts: Facts, criterion: str) -> list[Block]:
    came = facts.came.get(criterion)
    if came is None or came.agreement is None:
        blocks: list[Block] = [Paragraph(_("Not agreed on yet."), quiet=True)]
    else:
        words = facts.standing.edition.words(facts.language)
        asked = facts.standing.edition.criteria[criterion]
        steps = words.criteria[criterion].steps or words.scales[asked.scale].answers
        step = came.agreement.step
        said = _("Left open.") if step is None else _("We agreed: %(step)s.") % {"step": steps[step]}
        blocks = [Paragraph(f"{said} {came.agreement.reason}")]
    for row in came.dissents if came else ():
        blocks.append(Paragraph(row.text, voice=voice_title(facts.standing.edition, row.voice, facts.language)))
    shown = [Point(_evidence(use.evidence.title, use.evidence.given_by)) for use in facts.evidence.get(criterion, ())]
    return [*blocks, Points(tuple(shown))] if shown else blocks


def _evidence(title: str, given_by: str) -> str:
    return _("Shown by: %(title)s (from %(who)s)") % {"title": title, "who": given_by}


def _doing(steps: Sequence[Step], item: str) -> list[Block]:
    points = tuple(Point(step_line(step)) for step in steps if step.item == item)
    return [Points(points)] if points else []


def step_line(step: Step) -> str:
    """A step with its state and day."""
    day = step.done_on or step.due
    return f"{step.title} · {step.get_state_display()}" + (f" · {date_format(day, 'DATE_FORMAT')}" if day else "")
