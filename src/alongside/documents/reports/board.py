"""The board page: one sheet with where we stand, what a year takes, three decisions, and who sees it otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.documents.blocks import Block, Document, Heading, Paragraph, Point, Points
from alongside.documents.reports.facts import Facts
from alongside.documents.reports.parts import dissents, euros, eyebrow, hours, in_short, picture
from alongside.planning.models import Step
from alongside.standard.items import Advice, Force
from alongside.standard.steps import Who

DECISIONS = 3
VOICES = ("psw", "client")
THEIRS = {Who.BOARD, Who.MANAGEMENT}


def board_page(facts: Facts) -> Document:
    """One side of A4. Nothing in it needs another page to be understood."""
    blocks: list[Block] = [
        picture(facts),
        Heading(_("What the next twelve months take"), item="C.start-small"),
        Paragraph(_takes(facts)),
        Heading(_("What we ask the board to decide")),
        Points(tuple(decisions(facts)) or (Point(_("Nothing is planned yet: begin with a roadmap.")),), ticks=True),
        Heading(_("What peer workers and clients see otherwise")),
        *(dissents(facts, VOICES, most=3, longest=240) or [Paragraph(_("Nothing was said otherwise."), quiet=True)]),
    ]
    return Document(
        title=_("Peer support: where we stand"),
        language=facts.language,
        blocks=tuple(blocks),
        eyebrow=eyebrow(facts),
        lead=in_short(facts),
        foot=eyebrow(facts),
        one_sheet=True,
    )


def _takes(facts: Facts) -> str:
    steps = ngettext("%(n)s step", "%(n)s steps", facts.year.steps) % {"n": facts.year.steps}
    return _("%(steps)s on the roadmap: %(hours)s of work of everyone together, and %(money)s.") % {
        "steps": steps,
        "hours": hours(facts.year.minutes),
        "money": euros(facts.year.cents),
    }


def decisions(facts: Facts) -> list[Point]:
    """Three at most of what has not begun: what a board or management sees to, then what the source demands."""
    ranked = sorted(
        (step for step in facts.steps if step.state == Step.State.PLANNED), key=lambda step: _rank(facts, step)
    )
    return [Point(_decision(step), step.item) for step in _each_item_once(ranked)[:DECISIONS]]


def _rank(facts: Facts, step: Step) -> tuple[bool, bool, int, int, str]:
    edition = facts.standing.edition
    template = edition.steps.get(step.template)
    item = edition.items.get(step.item)
    demanded = isinstance(item, Advice) and item.force is Force.SHOULD
    theirs = template is not None and not THEIRS.isdisjoint(template.who[:1])
    return (not theirs, not demanded, -step.cents, -step.minutes, step.title)


def _each_item_once(steps: Sequence[Step]) -> list[Step]:
    first: dict[str, Step] = {}
    for step in steps:
        first.setdefault(step.item, step)
    return list(first.values())


def _decision(step: Step) -> str:
    takes = [hours(step.minutes) if step.minutes else "", euros(step.cents) if step.cents else ""]
    said = {"title": step.title, "takes": _(" and ").join(text for text in takes if text)}
    return (_("Set aside %(takes)s for “%(title)s”.") if said["takes"] else _("Stand behind “%(title)s”.")) % said
