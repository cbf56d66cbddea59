"""Every answer is answered: nobody is asked again before they were shown what came of the last round."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from alongside.assessment.models import RoundGroup
from alongside.people.scope import Scope


class NotShown(Exception):
    """Perspectives that were asked in a round whose outcome nobody has shown them yet."""

    def __init__(self, perspectives: Collection[str]) -> None:
        super().__init__(*perspectives)
        self.perspectives = tuple(perspectives)


def refuse_unshown(*, by: Scope, organisation: UUID, perspectives: Collection[str]) -> None:
    """Raises `NotShown` for those of `perspectives` who wait for what came of an earlier round.

    It goes by perspective and not by address: who holds a printed link is known to nobody. Nothing ever comes of
    private answers, so nobody waits for it.
    """
    waiting = RoundGroup.objects.within(by).filter(round__org=organisation, round__told_on=None)
    waiting = waiting.exclude(regime="private")
    asked = {name for group in waiting for name in (group.perspective, *group.also)}
    unshown = sorted(asked & set(perspectives))
    if unshown:
        raise NotShown(unshown)
