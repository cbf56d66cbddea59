"""Moving a round to a newer edition of the standard: looked at first, done in one step, undone in one step.

A move lays a mapping over a round. What was answered, published and agreed on stays as it is, by the ids it was given
under; only how it is read changes. Undoing removes the mapping and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.models import Move, Round, RoundGroup
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.mapped import Mapped, laid
from alongside.rules.moving import Change, Choice, changes, checked
from alongside.standard.edition import Edition


class StillOpen(Exception):
    """While people answer, everyone answers by the same edition."""


class SameEdition(Exception):
    """The round was asked by this very edition, or by another standard altogether: there is nothing to move."""


def laid_over(round_: Round) -> Mapped:
    """How a round is read. No query where the round was read with its move (`select_related("move")`), else one."""
    move: Move | None = getattr(round_, "move", None)
    if move is None:
        return _mapped(round_.edition_id, round_.edition_id, ())
    return _mapped(round_.edition_id, move.edition_id, tuple(move.choices.items()))


@lru_cache(maxsize=32)
def _mapped(own: str, newest: str, choices: tuple[tuple[str, str], ...]) -> Mapped:
    asked_by, moved_to = editions.edition(own), editions.edition(newest)
    read_by = laid(asked_by, moved_to, dict(choices)) if choices else asked_by
    return Mapped(asked_by, moved_to, read_by, dict(choices))


def newer(round_: Round, newest: Edition) -> bool:
    """Whether the round can be moved on to `newest`: it is closed, and is read by another edition of that standard."""
    mapped = laid_over(round_)
    known = (mapped.own.digest, mapped.newest.digest)
    return round_.state == Round.State.CLOSED and mapped.own.pack == newest.pack and newest.digest not in known


def preview(scope: Scope, round_: Round, edition: Edition, language: str | None = None) -> tuple[Change, ...]:
    """What moving to `edition` would mean for each question of the round, and what is new; changes nothing."""
    groups = RoundGroup.objects.within(scope).filter(round=round_).values_list("questions", flat=True)
    asked = {criterion for questions in groups for criterion in questions}
    return changes(editions.edition(round_.edition_id), edition, {*asked, *round_.summary}, language)


@transaction.atomic
def move(*, by: Scope, organisation: UUID, round_: UUID, to: Edition, choices: Mapping[str, str], today: date) -> Move:
    """Read a closed round by `to` from now on. Moving again to the same edition changes nothing.

    A round that was moved before is mapped anew, from its own edition; what was confirmed then is asked again. Raises
    `StillOpen`, `SameEdition`, Round.DoesNotExist, and `NotPermitted` naming choices that are missing or refused.
    """
    found = _closed(by, organisation, round_)
    own = editions.edition(found.edition_id)
    if to.digest == own.digest or to.pack != own.pack:
        raise SameEdition
    moved = Move.objects.within(by).filter(round=found).first()
    if moved is not None and moved.edition_id == to.digest:
        return moved
    moved = moved or Move(round=found)
    moved.choices = dict(checked(preview(by, found, to), choices))
    moved.edition, moved.moved_on = editions.keep(to), today
    moved.save()
    _record(by, found, "round.move", ["edition", "choices"])
    return moved


@transaction.atomic
def undo(*, by: Scope, organisation: UUID, round_: UUID) -> None:
    """Read a round by its own edition again, as if it had never been moved."""
    found = _closed(by, organisation, round_)
    deleted, _rows = Move.objects.within(by).filter(round=found).delete()
    if deleted:
        _record(by, found, "round.move_undo", ["edition", "choices"])


@transaction.atomic
def confirm(*, by: Scope, organisation: UUID, round_: UUID, criteria: Collection[str]) -> None:
    """Say of questions, by the round's own ids, that their answers still hold in the new words.

    What is confirmed already stays so. Raises Move.DoesNotExist for a round that was not moved, and KeyError for a
    question that was set aside or never asked.
    """
    found = _closed(by, organisation, round_)
    moved = Move.objects.within(by).get(round=found)
    for criterion in criteria:
        if moved.choices[criterion] == Choice.ASIDE:
            raise KeyError(criterion)
    settle(by, found, criteria)
    _record(by, found, "round.confirm", ["choices"])


def settle(scope: Scope, found: Round, criteria: Collection[str]) -> None:
    """Let questions wait no more to be confirmed, as after agreeing on them anew. Part of another action."""
    moved = Move.objects.within(scope).filter(round=found).first()
    waiting = [criterion for criterion in criteria if moved and moved.choices.get(criterion) == Choice.CONFIRM]
    if moved and waiting:
        moved.choices = moved.choices | dict.fromkeys(waiting, Choice.KEEP.value)
        moved.save(update_fields=["choices"])


def _closed(scope: Scope, organisation: UUID, round_: UUID) -> Round:
    """The round, locked: two moves of it come one after the other."""
    found = Round.objects.within(scope).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state != Round.State.CLOSED:
        raise StillOpen
    return found


def _record(by: Scope, found: Round, action: str, fields: list[str]) -> None:
    record(by=by, organisation=found.org_id, action=action, about=f"round {found.pk}", fields=fields)
