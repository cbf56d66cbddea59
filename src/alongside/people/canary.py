"""A canary for the keys: a word sealed with each key that was used here tells at once when one is missing or wrong.

Checked whenever tables are brought up to date, which every start of a site does.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from alongside.people.keys import WrongKey, decrypt, encrypt, ring

WORD = b"alongside"


def look_after_the_canary(**signal: Any) -> None:
    """After tables were brought up to date. Raises CommandError, which ends the start with one message."""
    if signal["using"] != "default":
        return
    try:
        check_keys()
    except WrongKey as wrong:
        raise CommandError(
            _(
                "The private records of this site cannot be opened: %(why)s. Put back the file “private-keys” (or "
                "ALONGSIDE_PRIVATE_KEYS) that belongs to this database; nothing else can open them."
            )
            % {"why": wrong}
        ) from None


def check_keys() -> None:
    """Open every canary, and set one free for a key that is new. Raises `WrongKey`.

    A site without a key and without private records has nothing to check.
    """
    canaries: Any = apps.get_model("people", "Canary")  # this module is there before the models are
    known = list(canaries.objects.all())
    if not known and not settings.PRIVATE_KEYS.strip():
        return
    current = ring().current
    for canary in known:
        if decrypt(canary.cipher, about=_about(canary.key)) != WORD:
            raise WrongKey(f"the canary of key {canary.key} sings another song")
    if current not in {canary.key for canary in known}:
        canaries.objects.create(key=current, cipher=encrypt(WORD, about=_about(current)))


def _about(key: str) -> str:
    return f"people_canary.cipher {key}"
