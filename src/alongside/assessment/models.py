"""What an organisation found out about itself, and the edition of the standard it was asked by.

A sealed response knows neither who gave it nor when: no account, no address, no time, and a link of which only the hash
is kept. Who got which link is stored nowhere.
"""

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
    number = models.PositiveIntegerField(default=1)  # in the order they were kept; a day can have several

    objects = TenantManager["FirstLook"]()

    class Meta:
        ordering = ["-made_on", "-number"]

    def __str__(self) -> str:
        return f"{self.org_id} {self.made_on}"


class Round(models.Model):
    """One asking: an instrument put to several groups by one edition. Results exist once it is closed."""

    class State(models.TextChoices):
        """Where a round is on its way."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    edition = models.ForeignKey(Edition, models.PROTECT)
    instrument = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=100)
    stage = models.CharField(_("where you are"), max_length=12, choices=list(STAGE_NAMES.items()))
    modules = models.BooleanField(_("with the questions on culture"), default=False)
    limit = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = TenantManager["Round"]()

    class Meta:
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class RoundGroup(models.Model):
    """A perspective in a round. Its regime is fixed from the day the round is opened."""

    TENANT = "round__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE)
    perspective = models.CharField(max_length=40)
    regime = models.CharField(max_length=8)
    size = models.PositiveSmallIntegerField()
    questions = models.JSONField(default=list)  # ids of criteria: what is asked stays as it was when the round opened

    objects = TenantManager["RoundGroup"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "perspective"], name="one_group_a_perspective")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.perspective}"


class Asked(models.Model):
    """An address that was asked to answer. Never whether it did; reminders go to all."""

    TENANT = "group__round__org"
    group = models.ForeignKey(RoundGroup, models.CASCADE)
    email = models.EmailField()

    objects = TenantManager["Asked"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="asked_once_a_group")]

    def __str__(self) -> str:
        return str(self.group_id)


class Response(models.Model):
    """The answers behind one link: criterion id → step, dont_know or not_applicable. No time, no address."""

    TENANT = "group__round__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(RoundGroup, models.CASCADE)
    regime = models.CharField(max_length=8)
    label = models.CharField(max_length=254, blank=True)  # whose joint or named answer it is; never in a sealed group
    token_hash = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    objects = TenantManager["Response"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(regime="sealed") | models.Q(label=""), name="sealed_responses_name_nobody"
            )
        ]

    def __str__(self) -> str:
        return str(self.group_id)


class Tally(models.Model):
    """Published figures of one criterion and group (empty: all together). Withheld ones have no figures at all."""

    TENANT = "round__org"
    round = models.ForeignKey(Round, models.CASCADE)
    criterion = models.CharField(max_length=80)
    group = models.CharField(max_length=40, blank=True)
    counts = models.JSONField(null=True)
    dont_know = models.PositiveIntegerField(null=True)
    not_applicable = models.PositiveIntegerField(null=True)
    blank = models.PositiveIntegerField(null=True)

    objects = TenantManager["Tally"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "criterion", "group"], name="one_tally_a_group"),
            models.CheckConstraint(
                condition=models.Q(counts__isnull=False)
                | models.Q(dont_know__isnull=True, not_applicable__isnull=True, blank__isnull=True),
                name="withheld_tallies_have_no_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.group}"
