"""One team's report: what the team said beside all others, and what was agreed. Nothing of a team under five."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.documents.blocks import Block, Document, Heading, Paragraph
from alongside.documents.reports.facts import Facts
from alongside.documents.reports.parts import eyebrow
from alongside.documents.reports.questions import question


def team_report(facts: Facts, team: UUID, name: str) -> Document:
    """`team` is the id of the team, `name` what it is called."""
    return Document(
        title=_("Peer support: %(team)s") % {"team": name},
        language=facts.language,
        blocks=tuple(_blocks(facts, team)),
        eyebrow=eyebrow(facts),
        lead=_("What the team said, beside what everyone said, and what was agreed."),
        foot=eyebrow(facts),
    )


def _blocks(facts: Facts, team: UUID) -> Iterator[Block]:
    if facts.results is None:
        yield Paragraph(_("No round has been closed yet."), quiet=True)
        return
    keys = {group.key for group in facts.results.groups if group.team_id == team}
    shown = False
    words = facts.standing.edition.words(facts.language)
    part = ""
    for criterion in facts.standing.edition.criteria:
        groups = facts.results.tallies.get(criterion, {})
        own = {key: one for key, one in groups.items() if key in keys and one.n}
        if not own:
            continue
        shown = True
        group = facts.standing.edition.trail(facts.standing.edition.criteria[criterion].item)[1].id
        if group != part:
            yield Heading(words.items[group].title, 2, group)
        part = group
        yield from question(facts, criterion, {**own, "": groups[""]})
    if not shown:
        yield Paragraph(
            _("This team was not asked by itself, or fewer than five of it answered. Then nothing is shown of it.")
        )
