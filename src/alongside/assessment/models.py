"""What an organisation found out about itself, and the edition of the standard it was asked by."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models import STAGE_NAMES, Organisation
from alongside.people.tenancy import TenantManager


class Edition(models.Model):
    """An edition in use, kept whole, so that an old result can be shown without the old package."""

    TENANT = None
    digest = models.CharField(primary_key=True, max_length=64)
    pack = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    content = models.TextField()  # JSON text: read whole, never searched by the database

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class FirstLook(models.Model):
    """The answers of a first look that someone chose to keep: criterion id → step, dont_know or not_applicable."""

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    edition = models.ForeignKey(Edition, models.PROTECT)
    stage = models.CharField(_("where you are"), max_length=12, choices=list(STAGE_NAMES.items()))
    answers = models.JSONField()
    made_on = models.DateField()

    objects = TenantManager["FirstLook"]()

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.org_id} {self.made_on}"
