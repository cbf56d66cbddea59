"""The project group's report: everything that was said, agreed, said otherwise and planned."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.documents.blocks import Block, Document, Heading, NewPage, Paragraph, Rows
from alongside.documents.reports.facts import Facts
from alongside.documents.reports.parts import dissents, eyebrow, in_short, picture
from alongside.documents.reports.questions import question


def whole_report(facts: Facts) -> Document:
    """A picture of all, then each part with its questions, then the roadmap."""
    return Document(
        title=_("Peer support: the project group's report"),
        language=facts.language,
        blocks=tuple(_blocks(facts)),
        eyebrow=eyebrow(facts),
        lead=in_short(facts),
        foot=eyebrow(facts),
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    yield picture(facts)
    yield Heading(_("Who sees it otherwise"))
    yield from dissents(facts) or [Paragraph(_("Nothing was said otherwise."), quiet=True)]
    yield NewPage()
    yield from _questions(facts)
    if facts.apart:
        yield Heading(_("Asked then, not in this edition"))
        yield from _questions(facts.apart)
    yield NewPage()
    yield from _roadmap(facts)


def _questions(facts: Facts) -> Iterator[Block]:
    if facts.results is None:
        yield Heading(_("What people said"))
        yield Paragraph(_("No round has been closed yet."), quiet=True)
        return
    edition = facts.standing.edition
    words = edition.words(facts.language)
    part = ""
    for criterion in edition.criteria:
        if criterion not in facts.results.tallies:
            continue
        group = edition.trail(edition.criteria[criterion].item)[1].id
        if group != part:
            yield Heading(words.items[group].title, 2, group)
        part = group
        yield from question(facts, criterion, facts.results.tallies[criterion])


def _roadmap(facts: Facts) -> Iterator[Block]:
    yield Heading(_("Roadmap"))
    if not facts.steps:
        yield Paragraph(_("Nothing is planned yet."), quiet=True)
        return
    head = (_("What is to be done"), _("Item"), _("State"), _("by"), _("hours"), _("euros"))
    rows = tuple(
        (
            step.title,
            step.item,
            str(step.get_state_display()),
            date_format(step.due, "DATE_FORMAT") if step.due else None,
            round(step.minutes / 60, 1),
            step.cents / 100,
        )
        for step in facts.steps
    )
    yield Rows(_("The steps of the roadmap"), head, rows)
