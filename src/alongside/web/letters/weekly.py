"""The weekly mail: the two things that need someone most, each in one sentence with its link.

Its subject is the same for everyone and says nothing; the body holds sentences of the site's own, no name of a person,
nothing that somebody wrote or answered (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.people.models import Account
from alongside.people.scope import scope_of
from alongside.web.letters.switch import token_of
from alongside.web.needs import Told, needs_of

A_WEEK = timedelta(days=7)
MOST = 2


class Sent(NamedTuple):
    """How many mails went out, and how many could not."""

    sent: int
    failed: int


def send_due(today: date) -> Sent:
    """Send every weekly mail that is due: one in seven days at most, and none where nothing waits."""
    sent = failed = 0
    for account in Account.objects.filter(_due(today), weekly=True, is_active=True).exclude(email="").order_by("pk"):
        letter = letter_to(account, today)
        if letter is None or not _claim(account, today):
            continue
        try:
            letter.send()
            sent += 1
        except (
            OSError,
            ValueError,
        ):  # a server that refuses or is not there, an address that is none: tried again later
            _give_back(account)
            failed += 1
    return Sent(sent, failed)


def letter_to(account: Account, today: date) -> EmailMessage | None:
    """The mail in the language of `account`; None where nothing waits."""
    with override(account.language or settings.LANGUAGE_CODE):
        needs = _first(needs_of(scope_of(account), today))
        if not needs:
            return None
        off = settings.SITE_URL + reverse("mail-off", args=[token_of(account)])
        context = {"needs": needs, "site": settings.SITE_URL, "off": off}
        body = render_to_string("letters/weekly.txt", context)
        return EmailMessage(_("What waits for you this week"), body, to=[account.email], headers=_headers(off))


def _first(needs: Sequence[Told]) -> list[Told]:
    """The first two that lead to different pages."""
    return list({need.url: need for need in reversed(needs)}.values())[::-1][:MOST]


def _headers(off: str) -> dict[str, str]:
    """What lets mail programs offer “unsubscribe” (RFC 2369); with one click only where there is https (RFC 8058)."""
    headers = {"List-Unsubscribe": f"<{off}>", "Auto-Submitted": "auto-generated"}
    return headers | ({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if off.startswith("https://") else {})


def _due(today: date) -> Q:
    return Q(mailed_on=None) | Q(mailed_on__lte=today - A_WEEK)


def _claim(account: Account, today: date) -> bool:
    """Note the day before sending: whatever happens then, nobody gets two."""
    return bool(Account.objects.filter(_due(today), pk=account.pk, weekly=True).update(mailed_on=today))


def _give_back(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(mailed_on=account.mailed_on)
