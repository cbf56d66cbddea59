"""What groups and steps are called, in the words of one language: the same on pages, in reports and in workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from alongside.assessment.models import RoundGroup
from alongside.people.models import ROLE_NAMES
from alongside.rules.access import Role
from alongside.rules.scoring import OTHERS
from alongside.standard.edition import Edition


def group_names(edition: Edition, groups: Iterable[RoundGroup], language: str | None) -> dict[str, str]:
    """What each group of a round is called, by its key: the perspective, who joined it, and its team."""
    titles = edition.words(language).perspectives
    names = {OTHERS: _("several groups together")}
    for group in groups:
        together = ", ".join(titles[name].title for name in (group.perspective, *group.also))
        names[group.key] = f"{together} · {group.team_name}" if group.team_name else together
    return names


def group_name(key: str, names: Mapping[str, str]) -> str:
    """What a group is called; a key that is unknown is its own name."""
    return names.get(key, key)


def voice_title(edition: Edition, voice: str, language: str | None) -> str:
    """In whose voice a dissent speaks: a perspective, or the project group."""
    found = edition.words(language).perspectives.get(voice)
    return found.title if found else str(ROLE_NAMES.get(Role.PROJECT_GROUP, voice)).capitalize()


def step_words(edition: Edition, item: str, step: int | None, language: str | None) -> str:
    """What a step is called on the scale of the questions about an item."""
    if step is None:
        return _("not known")
    scale = next(one.scale for one in edition.criteria_of(item) if edition.scales[one.scale].ordered)
    return edition.words(language).scales[scale].answers[step]
