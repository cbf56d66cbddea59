"""Editions in use: kept whole in the database, so that an old result shows what was asked then."""

from __future__ import annotations

import re
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


def last_with(item: str) -> Edition | None:
    """The latest kept edition of the standard that has an item; None where no edition is known to have had it."""
    rows = models.Edition.objects.filter(pack=standard().pack, content__contains=f'"{item}":')
    kept = [edition(digest) for digest in rows.values_list("pk", flat=True)]
    return max((one for one in kept if item in one.items), key=_age, default=None)


def _age(one: Edition) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", one.version)]


@lru_cache(maxsize=8)
def _stored(digest: str) -> Edition:
    return Edition.model_validate_json(models.Edition.objects.get(pk=digest).content)
