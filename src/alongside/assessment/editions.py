"""Editions in use: kept whole in the database, so that an old result shows what was asked then."""

from __future__ import annotations

from functools import lru_cache

from alongside.assessment import models
from alongside.standard.edition import Edition
from alongside.standard.loading import standard


def keep(edition: Edition) -> models.Edition:
    """The row of an edition, made when it is used for the first time."""
    row, _ = models.Edition.objects.get_or_create(
        digest=edition.digest,
        defaults={"pack": edition.pack, "version": edition.version, "content": edition.model_dump_json()},
    )
    return row


def edition(digest: str) -> Edition:
    """The edition with this digest, from this release or from the database. Raises Edition.DoesNotExist."""
    return standard() if digest == standard().digest else _stored(digest)


@lru_cache(maxsize=8)
def _stored(digest: str) -> Edition:
    return Edition.model_validate_json(models.Edition.objects.get(pk=digest).content)
