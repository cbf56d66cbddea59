"""What a programme sees: for each organisation that lets it, how many recommendations of part A stand at which step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from alongside.assessment.standing import Basis, Standing
from alongside.people.models import Grant, Organisation
from alongside.people.programmes import Granted
from alongside.pictures.bars import share_bar
from alongside.standard.edition import Edition

PART = "A"
"""What has to be in place. The tensions of part B are expected everywhere, and no figure to compare."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A precondition: how many of its recommendations stand at each step (lowest first), and how many nowhere yet."""

    id: str
    title: str
    counts: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation as the programme sees it; `groups` is empty where nothing was agreed on yet.

    `figures` tells whether there are published figures, and the programme may see them.
    """

    grant: Grant
    organisation: Organisation
    agreed_on: date | None
    labels: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    figures: bool

    @property
    def counts(self) -> tuple[int, ...]:
        """How many recommendations stand at each step, over all groups."""
        return tuple(sum(column) for column in zip(*(row.counts for row in self.groups), strict=True))

    @property
    def unknown(self) -> int:
        """How many nobody has agreed on yet."""
        return sum(row.unknown for row in self.groups)

    @property
    def picture(self) -> SafeString:
        """The same as a bar."""
        return mark_safe(share_bar(self.counts, self.labels) if sum(self.counts) else "")  # escaped in pictures


def places(granted: Granted, standings: Mapping[UUID, Standing], language: str | None) -> list[Place]:
    """Every organisation whose grant holds, by name."""
    return [_place(grant, standings[grant.org_id], language) for grant in granted.grants]


def _place(grant: Grant, standing: Standing, language: str | None) -> Place:
    agreed = standing.basis is Basis.AGREED
    labels = _labels(standing.edition, language)
    return Place(
        grant=grant,
        organisation=grant.org,
        agreed_on=standing.day if agreed else None,
        labels=labels,
        groups=tuple(_rows(standing, len(labels), language)) if agreed else (),
        figures=grant.purpose == Grant.Purpose.FIGURES and standing.round is not None,
    )


def _rows(standing: Standing, steps: int, language: str | None) -> list[GroupRow]:
    edition, words = standing.edition, standing.edition.words(language)
    rows = []
    for group in edition.children(PART):
        found = Counter(standing.items[item.id] for item in edition.under(group.id) if item.id in standing.items)
        counts = tuple(found[step] for step in range(steps))
        rows.append(GroupRow(group.id, words.items[group.id].title, counts, found[None]))
    return rows


def _labels(edition: Edition, language: str | None) -> tuple[str, ...]:
    """What the steps of part A are called."""
    asked = (criterion for item in edition.under(PART) for criterion in edition.criteria_of(item.id))
    scale = next(criterion.scale for criterion in asked if edition.scales[criterion.scale].ordered)
    return edition.words(language).scales[scale].answers
