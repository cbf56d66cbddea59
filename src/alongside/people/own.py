"""What people choose for their own account."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from alongside.people.models import Account


@transaction.atomic
def choose_mail(*, by: Account, weekly: bool) -> None:
    """Whether someone gets the weekly mail."""
    by.weekly = weekly
    by.save(update_fields=["weekly"])


@transaction.atomic
def stop_mail(*, account: UUID) -> None:
    """Switch the weekly mail off for whoever holds the link that stands in it; one that is closed by now is fine."""
    Account.objects.filter(pk=account).update(weekly=False)


@transaction.atomic
def choose_language(*, by: Account, language: str) -> None:
    """In which language mails are written to someone."""
    if by.language != language:
        by.language = language
        by.save(update_fields=["language"])
