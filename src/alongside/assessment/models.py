"""What an organisation found out about itself, and the edition of the standard it was asked by.

A sealed response knows neither who gave it nor when: no account, no address, no time, and a link of which only the hash
is kept. Who got which link is stored nowhere.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models import STAGE_NAMES, Account, Organisation, Team
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
    told_on = models.DateField(null=True)  # when those who were asked were shown what came of it
    reminded_on = models.DateField(null=True)  # the last time all were reminded: once in seven days at most
    summary = models.JSONField(default=dict)  # of what was published, made once at closing: see rules/summary.py

    objects = TenantManager["Round"]()

    class Meta:
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class RoundGroup(models.Model):
    """A perspective in a round, of the whole organisation or of one team; its regime is fixed from the first day.

    `number` tells the teams of a perspective apart (0: not by team); `also` names perspectives that were too small to
    be asked by themselves and joined this one.
    """

    TENANT = "round__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE)
    perspective = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=0)
    team = models.ForeignKey(Team, models.SET_NULL, null=True)
    team_name = models.CharField(max_length=200, blank=True)  # as it was called when it was asked
    also = models.JSONField(default=list)
    regime = models.CharField(max_length=8)
    size = models.PositiveSmallIntegerField()
    questions = models.JSONField(default=list)  # ids of criteria: what is asked stays as it was when the round opened

    objects = TenantManager["RoundGroup"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "perspective", "number"], name="one_group_a_perspective_and_team")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.key}"

    @property
    def key(self) -> str:
        """What the group is called in published figures: ``psw``, or ``team.2`` for the second team that was asked."""
        return f"{self.perspective}.{self.number}" if self.number else self.perspective


class Asked(models.Model):
    """An address that was asked to answer. Never whether it did; reminders go to all.

    `waiting`: a latecomer to a sealed group, who gets a link when there are five of them.
    """

    TENANT = "group__round__org"
    group = models.ForeignKey(RoundGroup, models.CASCADE)
    email = models.EmailField()
    waiting = models.BooleanField(default=False)

    objects = TenantManager["Asked"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="asked_once_a_group")]

    def __str__(self) -> str:
        return str(self.group_id)


class Response(models.Model):
    """The answers behind one link: criterion id → step, dont_know or not_applicable. No time, no address.

    A private response belongs to an account instead of a link, and only its `cipher` is kept.
    """

    TENANT = "group__round__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(RoundGroup, models.CASCADE)
    regime = models.CharField(max_length=8)
    label = models.CharField(max_length=254, blank=True)  # whose joint or named answer it is; never in a sealed group
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  (none: no link leads to it)
    account = models.ForeignKey(Account, models.CASCADE, null=True)
    answers = models.JSONField(default=dict)
    cipher = models.BinaryField(null=True)
    revision = models.PositiveIntegerField(default=0)

    objects = TenantManager["Response"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(regime="sealed") | models.Q(label="", account=None, token_hash__isnull=False),
                name="sealed_responses_name_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(regime="private", account__isnull=False, answers={}, label="")
                | (~models.Q(regime="private") & models.Q(account=None, cipher=None)),
                name="private_responses_are_sealed_for_their_account",
            ),
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


class Agreement(models.Model):
    """Where the project group says the organisation stands on one question, and why. `step` None: left open."""

    TENANT = "round__org"
    round = models.ForeignKey(Round, models.CASCADE)
    criterion = models.CharField(max_length=80)
    step = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(_("why"), max_length=2000)
    agreed_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    objects = TenantManager["Agreement"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "criterion"], name="one_agreement_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.step}"


class Dissent(models.Model):
    """What someone sees otherwise. It stands beside the agreed step, with the voice they speak in, never with a name.

    `account` is there so that whoever wrote it, and nobody else, can take it back.
    """

    TENANT = "round__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE)
    criterion = models.CharField(max_length=80)
    voice = models.CharField(max_length=40)  # a perspective
    text = models.TextField(_("what you see otherwise"), max_length=2000)
    account = models.ForeignKey(Account, models.SET_NULL, null=True)

    objects = TenantManager["Dissent"]()

    class Meta:
        ordering = ["voice", "pk"]

    def __str__(self) -> str:
        return f"{self.criterion} {self.voice}"


class Evidence(models.Model):
    """Something that shows an agreed step: a link or a file, which can be used again for other questions and rounds."""

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    title = models.CharField(_("title"), max_length=120)
    url = models.URLField(_("link"), max_length=500, blank=True)
    valid_from = models.DateField(_("valid from"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    given_by = models.CharField(_("who gave it"), max_length=100)

    objects = TenantManager["Evidence"]()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class EvidenceFile(models.Model):
    """The file of a piece of evidence, in the database: saved, backed up and removed together with it."""

    TENANT = "evidence__org"
    evidence = models.OneToOneField(Evidence, models.CASCADE, primary_key=True, related_name="file")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    objects = TenantManager["EvidenceFile"]()

    def __str__(self) -> str:
        return self.name


class EvidenceUse(models.Model):
    """Which question of which round a piece of evidence speaks for."""

    TENANT = "round__org"
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="uses")
    round = models.ForeignKey(Round, models.CASCADE)
    criterion = models.CharField(max_length=80)

    objects = TenantManager["EvidenceUse"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "round", "criterion"], name="used_once_a_criterion")]

    def __str__(self) -> str:
        return self.criterion


class Move(models.Model):
    """A mapping laid over a round, to read it by another edition. What was answered stays; undoing deletes this row.

    `choices`: criterion of the round's own edition → ``keep``, ``confirm`` (kept, to be confirmed again) or ``aside``.
    """

    TENANT = "round__org"
    round = models.OneToOneField(Round, models.CASCADE, primary_key=True)
    edition = models.ForeignKey(Edition, models.PROTECT)
    choices = models.JSONField(default=dict)
    moved_on = models.DateField()

    objects = TenantManager["Move"]()

    def __str__(self) -> str:
        return f"{self.round_id} → {self.edition_id}"
