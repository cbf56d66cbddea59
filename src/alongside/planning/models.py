"""Plans and their steps: a roadmap of years, or the welcome of one colleague. Time in minutes, money in cents."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.assessment.models import Edition
from alongside.people.models import Account, Organisation, Team, one_line
from alongside.people.tenancy import TenantManager


class Plan(models.Model):
    """What is to be done for one purpose, and who may know of it: every list and count obeys `audience`."""

    class Kind(models.TextChoices):
        """What a plan is for."""

        ROADMAP = "roadmap", _("roadmap")
        WELCOME = "welcome", _("welcome of a colleague")

    class Audience(models.TextChoices):
        """Who may know that the plan exists."""

        ORGANISATION = "organisation", _("everyone in the organisation")
        NAMED = "named", _("the people named in it")
        OWNER = "owner", _("its owner alone")

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=100, validators=[one_line])
    edition = models.ForeignKey(Edition, models.PROTECT)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.ORGANISATION)
    owner = models.ForeignKey(Account, models.SET_NULL, null=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True)
    role = models.CharField(max_length=40, blank=True)  # the item of the role that is welcomed
    starts_on = models.DateField()

    objects = TenantManager["Plan"]()

    class Meta:
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Reader(models.Model):
    """Someone who is named in a plan that not everyone may see."""

    TENANT = "plan__org"
    plan = models.ForeignKey(Plan, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE)

    objects = TenantManager["Reader"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "account"], name="named_once_a_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.account_id}"


class Project(models.Model):
    """Steps of a plan that belong together, in the year they are meant for: 1 is the first year of the plan."""

    TENANT = "plan__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE)
    title = models.CharField(_("title"), max_length=100, validators=[one_line])
    year = models.PositiveSmallIntegerField(_("year"), default=1)
    number = models.PositiveSmallIntegerField(default=1)

    objects = TenantManager["Project"]()

    class Meta:
        ordering = ["year", "number", "pk"]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One thing to do, for one item of the standard; out of a template of the pack, or the organisation's own."""

    class State(models.TextChoices):
        """Where a step is on its way."""

        PLANNED = "planned", _("planned")
        DOING = "doing", _("being done")
        DONE = "done", _("done")
        DROPPED = "dropped", _("set aside")

    TENANT = "plan__org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE)
    project = models.ForeignKey(Project, models.CASCADE)
    item = models.CharField(max_length=80)
    template = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("what is to be done"), max_length=200, validators=[one_line])
    assignee = models.ForeignKey(Account, models.SET_NULL, null=True)
    minutes = models.PositiveIntegerField(_("hours"), default=0)
    cents = models.PositiveBigIntegerField(_("money"), default=0)
    starts_on = models.DateField(_("from"), null=True)
    due = models.DateField(_("by"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    done_on = models.DateField(null=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)

    objects = TenantManager["Step"]()

    class Meta:
        ordering = ["project__year", "project__number", "number", "pk"]

    def __str__(self) -> str:
        return self.title
