"""What people do with first looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from alongside.assessment import editions
from alongside.assessment.models import FirstLook
from alongside.people import actions as people
from alongside.people.models import Account, Organisation
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.first_look import Given


@transaction.atomic
def keep_first_look(*, by: Scope, organisation: UUID, given: Given, today: date) -> FirstLook:
    """Keep a first look in an organisation that `by` belongs to. Raises Organisation.DoesNotExist."""
    org = Organisation.objects.within(by).get(pk=organisation)
    return _kept(by, org, given, today)


@transaction.atomic
def open_with_first_look(
    *,
    by: Account,
    facts: Mapping[str, str],
    given: Given,
    today: date,
    once: UUID | None = None,
) -> Organisation:
    """Open an organisation's place with a first look in it. `facts`: name, kind and country."""
    org = people.open_organisation(
        by=by, name=facts["name"], kind=facts["kind"], country=facts["country"], stage=given.stage, once=once
    )
    _kept(by, org, given, today)
    return org


@transaction.atomic
def remove_first_look(*, by: Scope, organisation: UUID, look: UUID) -> None:
    """Remove a first look for good."""
    if FirstLook.objects.within(by).filter(pk=look, org=organisation).delete()[0]:
        record(by=by, organisation=organisation, action="look.remove", about=f"look {look}")


def _kept(by: Scope | Account, org: Organisation, given: Given, today: date) -> FirstLook:
    before = FirstLook.objects.across(because="a look that is being kept").filter(org=org)
    look = FirstLook(
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
        org=org,
        edition=editions.keep(given.edition),
        stage=given.stage,
        answers=dict(given.answers),
        made_on=today,
    )
    look.save()
    record(by=by, organisation=org.pk, action="look.keep", about=f"look {look.pk}", fields=("stage", "answers"))
    return look
