"""The signed link that switches the weekly mail off without signing in."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer

from alongside.people.models import Account

SALT = "alongside.mail-off"


def token_of(account: Account) -> str:
    """What stands in the link. It switches this mail off, nothing else, and works for good: an old mail may be read."""
    return Signer(salt=SALT).sign(account.pk.hex)


def account_of(token: str) -> UUID | None:
    """The account that the token was made for; None where this site did not make it."""
    try:
        return UUID(Signer(salt=SALT).unsign(token))
    except BadSignature:
        return None
