"""Organisations stay apart: no query without a scope, no model without a word on whose it is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from alongside.people import actions
from alongside.people.models import Account, Membership, Organisation
from alongside.people.scope import NOBODY, scope_of
from alongside.people.tenancy import Unscoped
from alongside.people.tenancy_check import every_model_says_whose_it_is
from alongside.standard.items import Stage

FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.GROWING}
FLOORS = ["alongside.people", "alongside.assessment", "alongside.planning"]


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


@pytest.mark.parametrize("model", [m for m in ours() if m.TENANT], ids=lambda model: model.__name__)
def test_a_query_without_a_scope_is_refused(model):
    with pytest.raises(Unscoped):
        model.objects.all()
    with pytest.raises(Unscoped):
        model.objects.filter(pk=1)
    with pytest.raises(Unscoped):
        model.objects.count()


def test_a_scope_sees_its_own_organisations_only(db):
    ana, ben = Account.objects.create_user("ana@example.org"), Account.objects.create_user("ben@example.org")
    mine = actions.open_organisation(by=ana, name="Mine", **FACTS)
    actions.open_organisation(by=ben, name="Theirs", **FACTS)
    assert list(Organisation.objects.within(scope_of(ana))) == [mine]
    assert {member.account_id for member in Membership.objects.within(scope_of(ana))} == {ana.pk}
    assert not Organisation.objects.within(NOBODY).exists()


def test_every_model_of_ours_passes_the_check():
    assert every_model_says_whose_it_is() == []


def test_a_model_that_does_not_say_whose_it_is_fails_the_check(monkeypatch):
    monkeypatch.delattr(Membership, "TENANT")
    assert [error.id for error in every_model_says_whose_it_is()] == ["people.E001"]


def test_a_tenant_that_leads_nowhere_fails_the_check(monkeypatch):
    monkeypatch.setattr(Membership, "TENANT", "account")
    assert [error.id for error in every_model_says_whose_it_is()] == ["people.E002"]


def test_foreign_keys_run_down_the_floors():
    for model in ours():
        floor = next(i for i, room in enumerate(FLOORS) if model.__module__.startswith(room))
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith("alongside."):
                below = next(i for i, room in enumerate(FLOORS) if field.related_model.__module__.startswith(room))
                assert below <= floor, f"{model.__name__}.{field.name}"
