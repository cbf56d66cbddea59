"""Every figure of the latest round, for a workbook: one row for each question and group; numbers stay numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from alongside.assessment.naming import group_name, voice_title
from alongside.documents.blocks import Rows
from alongside.documents.reports.facts import Facts
from alongside.rules.tallies import Tally

Cell = str | int | float | None
MOST_ANSWERS = 5


def figures(facts: Facts) -> dict[str, Rows]:
    """Sheet name → table: what was said, what was agreed, where each item stands, the roadmap."""
    both = (facts, facts.apart) if facts.apart else (facts,)
    return {
        _("Said"): Rows(_("What people said"), _said_head(), tuple(chain.from_iterable(map(_said, both)))),
        _("Agreed"): Rows(_("What was agreed"), _agreed_head(), tuple(chain.from_iterable(map(_agreed, both)))),
        _("Standing"): _standing(facts),
        _("Roadmap"): _roadmap(facts),
    }


def _said_head() -> tuple[str, ...]:
    counts = tuple(_("answer %(n)s") % {"n": number} for number in range(MOST_ANSWERS))
    first = (_("Question"), _("Item"), _("In words"), _("Who"), _("withheld"))
    return (*first, _("answered"), _("don't know"), _("does not apply"), _("blank"), *counts, _("middle"))


def _said(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    """Withheld groups have a row without figures, so that nobody takes their absence for silence."""
    if facts.results is None:
        return
    edition = facts.standing.edition
    words = edition.words(facts.language)
    for criterion, groups in facts.results.tallies.items():
        for key, one in groups.items():
            name = group_name(key, facts.names) if key else _("all together")
            start = (criterion, edition.criteria[criterion].item, words.criteria[criterion].question, name)
            yield (*start, *_numbers(one))


def _numbers(one: Tally) -> tuple[Cell, ...]:
    if one.counts is None:
        return (_("yes"), *(None,) * (5 + MOST_ANSWERS))
    counts = (*one.counts, *(None,) * (MOST_ANSWERS - len(one.counts)))
    return ("", one.n, one.dont_know, one.not_applicable, one.blank, *counts, one.median)


def _agreed_head() -> tuple[str, ...]:
    asked = (_("Question"), _("Item"), _("In words"))
    return (*asked, _("step"), _("what one sees"), _("why"), _("agreed on"), _("otherwise"))


def _agreed(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    edition = facts.standing.edition
    words = edition.words(facts.language)
    for criterion, came in facts.came.items():
        asked, agreement = edition.criteria[criterion], came.agreement
        steps = words.criteria[criterion].steps or words.scales[asked.scale].answers
        step = agreement.step if agreement else None
        yield (
            criterion,
            asked.item,
            words.criteria[criterion].question,
            step,
            steps[step] if step is not None else "",
            agreement.reason if agreement else "",
            agreement.agreed_on.isoformat() if agreement else "",
            "\n".join(f"{voice_title(edition, row.voice, facts.language)}: {row.text}" for row in came.dissents),
        )


def _standing(facts: Facts) -> Rows:
    words = facts.standing.edition.words(facts.language)
    rows = tuple(
        (item, words.items[item].title, step, facts.standing.before.get(item))
        for item, step in facts.standing.items.items()
    )
    return Rows(_("Where each item stands"), (_("Item"), _("In words"), _("step"), _("step before")), rows)


def _roadmap(facts: Facts) -> Rows:
    head = (_("What is to be done"), _("Item"), _("State"), _("from"), _("by"), _("done on"), _("hours"), _("euros"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            step.title,
            step.item,
            str(step.get_state_display()),
            *(day.isoformat() if day else "" for day in (step.starts_on, step.due, step.done_on)),
            round(step.minutes / 60, 2),
            step.cents / 100,
        )
        for step in facts.steps
    )
    return Rows(_("The steps of the roadmap"), head, rows)
