"""How many mails one account can cause in a day, so that nobody uses a site to write to strangers by the thousand.

Counted in memory, as wrong passwords are: by each worker for itself, and forgotten at a restart. Nothing of it is kept.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.people.models import Account

A_DAY = 24 * 60 * 60


class TooManyMails(Exception):
    """More than one account can cause in a day."""

    def __str__(self) -> str:
        words = _("These are more mails than one account can cause in a day (%(most)d). Go on tomorrow, or use paper.")
        return words % {"most": settings.MAILS_A_DAY}


def check(account: Account | None, mails: int) -> None:
    """Raises `TooManyMails` where `account` may not cause so many more today."""
    if cache.get(_key(account), 0) + mails > settings.MAILS_A_DAY:
        raise TooManyMails


def count(account: Account | None, mails: int) -> None:
    """Remember for a day that they went out."""
    cache.add(_key(account), 0, A_DAY)
    cache.incr(_key(account), mails)


def _key(account: Account | None) -> str:
    assert account is not None
    return f"mails-{account.pk}-{timezone.localdate()}"
