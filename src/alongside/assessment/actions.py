"""What people do with first looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.models import FirstLook
from alongside.people import actions as people
from alongside.people.models import Account, Organisation
from alongside.people.scope import Scope
from alongside.rules.tallies import Answer
from alongside.standard.edition import Edition
from alongside.standard.items import Stage


@transaction.atomic
def keep_first_look(
    *, by: Scope, organisation: UUID, edition: Edition, stage: Stage, answers: Mapping[str, Answer], today: date
) -> FirstLook:
    """Keep a first look in an organisation that `by` belongs to. Raises Organisation.DoesNotExist."""
    org = Organisation.objects.within(by).get(pk=organisation)
    look = FirstLook(org=org, edition=editions.keep(edition), stage=stage, answers=dict(answers), made_on=today)
    look.save()
    return look


@transaction.atomic
def open_with_first_look(
    *,
    by: Account,
    facts: Mapping[str, str],
    edition: Edition,
    stage: Stage,
    answers: Mapping[str, Answer],
    today: date,
) -> Organisation:
    """Open an organisation's place with a first look in it. `facts`: name, kind and country."""
    org = people.open_organisation(by=by, stage=stage, **facts)
    kept = editions.keep(edition)
    FirstLook(org=org, edition=kept, stage=stage, answers=dict(answers), made_on=today).save()
    return org


@transaction.atomic
def remove_first_look(*, by: Scope, organisation: UUID, look: UUID) -> None:
    """Remove a first look for good."""
    FirstLook.objects.within(by).filter(pk=look, org=organisation).delete()
