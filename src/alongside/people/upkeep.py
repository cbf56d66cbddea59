"""What the site itself clears away when its time is over, in all organisations. Each returns how many there were."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from alongside.people.models import Event, Grant, Invitation, Organisation
from alongside.people.record import record

WHY = "the site itself clears away what is over, wherever it is"


@transaction.atomic
def clear_invitations(*, today: date) -> int:
    """Invitations that nobody took up in time."""
    return Invitation.objects.across(because=WHY).filter(expires_on__lt=today).delete()[0]


@transaction.atomic
def end_grants(*, today: date) -> int:
    """Grants to a programme that are out of date; the record says that they ended by themselves."""
    over = list(Grant.objects.across(because=WHY).filter(until__lt=today))
    for grant in over:
        record(by=None, organisation=grant.org_id, action="grant.end", about=f"grant {grant.pk}")
        grant.delete()
    return len(over)


@transaction.atomic
def clear_events(*, today: date) -> int:
    """Events that need not be kept any longer, and places that were closed once nothing is left of their record."""
    gone = Event.objects.across(because=WHY).filter(keep_until__lt=today).delete()[0]
    Organisation.objects.across(because=WHY).filter(name="", event=None, membership=None).delete()
    return gone
