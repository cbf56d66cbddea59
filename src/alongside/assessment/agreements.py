"""After a round: the project group agrees on a step, others may dissent, and those who answered are told.

Agreeing never changes what people said. A dissent belongs to a voice, such as the peer workers, and is kept in no
record: who sees it otherwise must not have to fear it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.inviting import ROLES
from alongside.assessment.models import Agreement, Asked, Dissent, Round
from alongside.assessment.moves import settle
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.access import Role
from alongside.standard.edition import Edition


class NotClosed(Exception):
    """Nothing can be agreed on, or told, while people still answer."""


class NothingAgreed(Exception):
    """Those who answered cannot be told what came of it before anything was agreed."""


class NotTheirVoice(Exception):
    """Nobody speaks for others: a dissent is in the voice of a role that one has."""


class Overtaken(Exception):
    """Someone else agreed on the same question in between; `agreement` is what stands now."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__()
        self.agreement = agreement


@transaction.atomic
def agree(
    *,
    by: Scope,
    organisation: UUID,
    round_: UUID,
    criterion: str,
    step: int | None,
    reason: str,
    revision: int,
    today: date,
) -> Agreement:
    """Set where the organisation stands on a question, and why; `step` None leaves it open.

    `revision` is the one that was read (0: nothing was agreed yet). Raises `NotClosed`, `Overtaken`, KeyError for a
    question that is unknown, and ValueError for a step that the scale has not or a reason that is empty.
    """
    found = _closed(by, organisation, round_)
    edition = editions.edition(found.edition_id)
    _check_step(edition, criterion, step)
    if not reason.strip():
        raise ValueError("a reason belongs to it")
    agreed = Agreement.objects.within(by).filter(round=found, criterion=criterion).first()
    if agreed is not None and (agreed.step, agreed.reason) == (step, reason.strip()):
        return agreed  # the form was sent twice, or two people agree
    if agreed is not None and agreed.revision != revision:
        raise Overtaken(agreed)
    agreed = agreed or Agreement(round=found, criterion=criterion, revision=0)
    agreed.step, agreed.reason, agreed.agreed_on = step, reason.strip(), today
    agreed.revision += 1
    agreed.save()
    settle(by, found, [criterion])
    record(
        by=by,
        organisation=organisation,
        action="agreement.set",
        about=f"round {found.pk} {criterion}",
        fields=["step", "reason"],
    )
    return agreed


@transaction.atomic
def agree_undisputed(
    *, by: Scope, organisation: UUID, round_: UUID, steps: Mapping[str, int], reason: str, today: date
) -> int:
    """Agree at once on what nobody sees differently; what is agreed already stays. Returns on how many.

    Raises as `agree` does.
    """
    found = _closed(by, organisation, round_)
    edition = editions.edition(found.edition_id)
    done = set(Agreement.objects.within(by).filter(round=found).values_list("criterion", flat=True))
    new = []
    for criterion, step in steps.items():
        _check_step(edition, criterion, step)
        if criterion not in done:
            new.append(Agreement(round=found, criterion=criterion, step=step, reason=reason, agreed_on=today))
    Agreement.objects.across(because="a round that was found within the scope").bulk_create(new)
    record(by=by, organisation=organisation, action="agreement.undisputed", about=f"round {found.pk}", fields=["step"])
    return len(new)


@transaction.atomic
def dissent(
    *, by: Scope, organisation: UUID, round_: UUID, criterion: str, voice: str, text: str, once: UUID | None = None
) -> Dissent:
    """Say what one sees otherwise, in the voice of a perspective. It stands beside the agreed step from then on.

    Sent twice with the same `once` it stands once. Raises `NotClosed`, `NotTheirVoice`, KeyError for an unknown
    question and ValueError for no words.
    """
    found = _closed(by, organisation, round_)
    editions.edition(found.edition_id).criteria[criterion]
    if voice not in voices_of(by, organisation):
        raise NotTheirVoice(voice)
    if not text.strip():
        raise ValueError("a dissent is said in words")
    words = text.strip()
    key = uuid5(once, f"{found.pk} {criterion} {by.account and by.account.pk} {words}") if once else uuid4()
    standing = Dissent.objects.within(by).filter(pk=key).first()
    if standing is not None:
        return standing
    said = Dissent(pk=key, round=found, criterion=criterion, voice=voice, text=words, account=by.account)
    said.save(force_insert=True)
    return said


def voices_of(by: Scope, organisation: UUID) -> tuple[str, ...]:
    """In whose voice someone can speak there: the perspectives of their roles, else the project group."""
    held = by.roles.get(organisation, frozenset())
    own = tuple(perspective for perspective, role in ROLES.items() if role in held)
    return own or ((Role.PROJECT_GROUP.value,) if held else ())


@transaction.atomic
def take_back(*, by: Scope, organisation: UUID, dissent: UUID) -> None:
    """Take one's own dissent back. Nobody else's: raises Dissent.DoesNotExist."""
    own = Dissent.objects.within(by).get(pk=dissent, round__org=organisation, account=by.account)
    own.delete()


@transaction.atomic
def tell(*, by: Scope, organisation: UUID, round_: UUID, today: date) -> tuple[Round, tuple[str, ...]]:
    """Show those who were asked what came of the round; returns the addresses to write to, none the second time.

    Whoever answered by a link on paper sees the same by that link. Raises `NotClosed` and `NothingAgreed`.
    """
    found = _closed(by, organisation, round_)
    if found.told_on is not None:
        return found, ()
    if not Agreement.objects.within(by).filter(round=found).exists():
        raise NothingAgreed
    found.told_on = today
    found.save(update_fields=["told_on"])
    asked = Asked.objects.within(by).filter(group__round=found, waiting=False)
    record(by=by, organisation=organisation, action="round.tell", about=f"round {found.pk}", fields=["told_on"])
    return found, tuple(sorted(set(asked.values_list("email", flat=True))))


def _closed(scope: Scope, organisation: UUID, round_: UUID) -> Round:
    """The round, locked: two agreements on it come one after the other."""
    found = Round.objects.within(scope).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state != Round.State.CLOSED:
        raise NotClosed
    return found


def _check_step(edition: Edition, criterion: str, step: int | None) -> None:
    scale = edition.scales[edition.criteria[criterion].scale]
    if step is not None and not (scale.ordered and 0 <= step < scale.answers):
        raise ValueError(f"{step} is no step of {criterion}")
