"""Accounts, organisations with their teams, memberships and invitations, programmes and what was granted to them.

There is no field for diagnosis, treatment or anyone's health, here or anywhere (design: dignity).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.tenancy import TenantManager
from alongside.rules.access import Role
from alongside.standard.items import Stage

ROLE_NAMES = {
    Role.ADMIN: _("administrator"),
    Role.COORDINATOR: _("coordinator"),
    Role.PROJECT_GROUP: _("project group"),
    Role.BOARD: _("board"),
    Role.MANAGER: _("team manager"),
    Role.HR: _("human resources"),
    Role.TEAM_MEMBER: _("team member"),
    Role.PEER_WORKER: _("peer worker"),
    Role.CLIENT_REPRESENTATIVE: _("client representative"),
    Role.RELATIVE: _("relative"),
    Role.RESEARCHER: _("researcher"),
}
STAGE_NAMES = {
    Stage.PREPARING: _("preparing for a first peer worker"),
    Stage.FIRST_PSW: _("our first peer worker is here"),
    Stage.GROWING: _("several peer workers, and growing"),
}
KIND_NAMES = {
    "kind.care": _("mental health or social welfare institution"),
    "kind.ngo": _("non-governmental or social service organisation"),
    "kind.company": _("company outside health and social care"),
}


TEAM_KINDS = {
    "care": _("care team"),
    "peer-workers": _("team of peer workers"),
    "department": _("department"),
}

one_line = RegexValidator(r"^[^\x00-\x1f\x7f]*$", _("Please write it on one line."))
"""For what enters mails and headings."""


class Accounts(BaseUserManager["Account"]):
    """Makes accounts and finds them by address."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> Account:
        """A new account; without `password` nobody can sign in to it with one."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of an e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Someone who can sign in. The name is what colleagues see; an address is enough to begin."""

    TENANT = None
    last_login = None  # when someone was here is nobody's business
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    weekly = models.BooleanField(_("one mail a week with what needs me"), default=True)
    mailed_on = models.DateField(null=True)  # the last weekly mail, so that there is one a week at most
    language = models.CharField(max_length=10, blank=True)  # as chosen while signed in; mails are written in it

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A service that employs peer workers or wants to."""

    TENANT = "pk"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=list(KIND_NAMES.items()))
    country = models.CharField(_("country"), max_length=2)
    stage = models.CharField(_("where you are"), max_length=12, choices=list(STAGE_NAMES.items()))

    objects = TenantManager["Organisation"]()

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an organisation, or a department."""

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(_("name"), max_length=80, validators=[one_line])
    kind = models.CharField(_("kind of team"), max_length=12, choices=list(TEAM_KINDS.items()))

    objects = TenantManager["Team"]()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org", "name"], name="one_team_a_name")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one account in one organisation, in one of its teams or in all of it."""

    TENANT = "org"
    org = models.ForeignKey(Organisation, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE)
    role = models.CharField(max_length=24, choices=list(ROLE_NAMES.items()))
    team = models.ForeignKey(Team, models.RESTRICT, null=True)

    objects = TenantManager["Membership"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "account", "role"], condition=models.Q(team=None), name="one_membership_a_role"
            ),
            models.UniqueConstraint(fields=["org", "account", "role", "team"], name="one_membership_a_role_and_team"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Invitation(models.Model):
    """An address that was asked to join. Only the hash of the link's token is kept."""

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=24, choices=list(ROLE_NAMES.items()))
    team = models.ForeignKey(Team, models.CASCADE, null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()

    objects = TenantManager["Invitation"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "email", "role"], condition=models.Q(team=None), name="one_invitation_a_role"
            ),
            models.UniqueConstraint(fields=["org", "email", "role", "team"], name="one_invitation_a_role_and_team"),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} {self.role}"


class Programme(models.Model):
    """Organisations that work together, such as a region: it sees of each only what that one granted."""

    TENANT = None
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    purpose = models.CharField(_("what it is for"), max_length=300)
    code = models.CharField(max_length=40, unique=True)  # organisations find the programme by it
    people = models.ManyToManyField(Account)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """What an organisation lets a programme see, and until when. It ends by itself, or the organisation ends it."""

    class Purpose(models.TextChoices):
        """What may be seen."""

        STANDING = "standing", _("the agreed steps")
        FIGURES = "figures", _("the agreed steps, and the published figures behind them")

    TENANT = "org"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey(Organisation, models.CASCADE)
    programme = models.ForeignKey(Programme, models.CASCADE)
    purpose = models.CharField(_("what it may see"), max_length=8, choices=Purpose.choices)
    granted_from = models.DateField()
    until = models.DateField(_("until"))

    objects = TenantManager["Grant"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "programme"], name="one_grant_a_programme")]

    def __str__(self) -> str:
        return f"{self.org_id} {self.purpose}"


class Event(models.Model):
    """Who did what, when: names of fields, never values. The database itself refuses to change or delete it.

    `account` is no foreign key: an account that is closed leaves its events, which then name nobody.
    """

    TENANT = "org"
    org = models.ForeignKey(Organisation, models.PROTECT)
    account = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=160, blank=True)  # kind and id of what it was done to
    fields = models.JSONField(default=list)
    at = models.DateTimeField()
    keep_until = models.DateField()

    objects = TenantManager["Event"]()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.action


class Canary(models.Model):
    """A known word, sealed with a key of the ring: it tells at once when that key is missing or another (keys.py)."""

    TENANT = None
    key = models.CharField(primary_key=True, max_length=8)
    cipher = models.BinaryField()

    def __str__(self) -> str:
        return self.key
