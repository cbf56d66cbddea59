"""Asking more people while a round is open.

Whoever answers by name, or jointly, gets a link at once. In a sealed group a single new slot would be somebody's:
latecomers wait until there are five, and then all of them get their links in one shuffled transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from alongside.assessment.answering import Closed
from alongside.assessment.links import OFFICIAL, PRIVATE, SEALED, Links, Opened, joint_link, keep, note_asked, own_links
from alongside.assessment.models import Asked, Response, Round, RoundGroup
from alongside.assessment.own_answers import own_slots
from alongside.assessment.plan_of_round import TooFew
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.small_groups import LIMIT


class Meanwhile(Exception):
    """Others of the group were asked in between, perhaps by sending the same form twice; it carries the group."""

    def __init__(self, group: RoundGroup) -> None:
        super().__init__()
        self.group = group


@transaction.atomic
def ask_more(
    *,
    by: Scope,
    organisation: UUID,
    round_: UUID,
    group: UUID,
    size: int,
    emails: Iterable[str] = (),
    printed: int = 0,
    accounts: Iterable[UUID] = (),
) -> Opened:
    """Ask more people in a group; whoever was asked already is passed over. `size` is the group's as it was read.

    Of a sealed group the letters are empty while fewer than five wait. Raises `Closed`, `Meanwhile`, RoundGroup and
    Round.DoesNotExist, and `TooFew` for printed codes that nobody could wait with: paper has no address to wait at.
    """
    found = Round.objects.within(by).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state != Round.State.OPEN:
        raise Closed
    asked = RoundGroup.objects.within(by).get(pk=group, round=found)
    if asked.size != size:
        raise Meanwhile(asked)
    known = set(Asked.objects.within(by).filter(group=asked).values_list("email", flat=True))
    new = sorted({email.lower() for email in emails} - known)
    made = _links(by, asked, new, printed, list(accounts))
    record(by=by, organisation=organisation, action="round.ask-more", about=f"round {found.pk}", fields=["size"])
    return keep(found, [made])


def _links(by: Scope, group: RoundGroup, new: list[str], printed: int, accounts: list[UUID]) -> Links:
    if group.regime == PRIVATE:
        return _for_themselves(by, group, accounts)
    if group.regime == OFFICIAL:
        return _jointly(by, group, new, printed)
    if group.regime == SEALED:
        return _sealed(by, group, new, printed)
    note_asked(group, new)
    _grow(group, len(new) + printed)
    return own_links(group, new, printed)


def _sealed(by: Scope, group: RoundGroup, new: list[str], printed: int) -> Links:
    rows = Asked.objects.within(by).filter(group=group, waiting=True)
    waiting = [*rows.values_list("email", flat=True), *new]
    together = len(waiting) + printed
    if printed and together < LIMIT:
        raise TooFew([group.key])
    note_asked(group, new, waiting=together < LIMIT)
    if together < LIMIT:
        return Links(group, ())
    rows.update(waiting=False)
    _grow(group, together)
    return own_links(group, waiting, printed)


def _jointly(by: Scope, group: RoundGroup, new: list[str], printed: int) -> Links:
    """A joint answer has one link, of which only the hash is left: a new one goes to all and replaces it."""
    note_asked(group, new)
    _grow(group, len(new) + printed)
    standing = Response.objects.within(by).get(group=group)
    everybody = Asked.objects.within(by).filter(group=group).values_list("email", flat=True)
    made = joint_link(group, everybody, printed, label=standing.label)
    standing.token_hash = made.slots[0].token_hash
    standing.save(update_fields=["token_hash"])
    return Links(group, (), made.letters, made.codes, joint=True)


def _for_themselves(by: Scope, group: RoundGroup, accounts: list[UUID]) -> Links:
    known = set(Response.objects.within(by).filter(group=group).values_list("account_id", flat=True))
    slots = own_slots(group, [account for account in dict.fromkeys(accounts) if account not in known])
    _grow(group, len(slots))
    return Links(group, tuple(slots))


def _grow(group: RoundGroup, more: int) -> None:
    group.size += more
    group.save(update_fields=["size"])
