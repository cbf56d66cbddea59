"""An organisation and the one who steers it."""

from __future__ import annotations

import pytest

from alongside.people import actions
from alongside.people.models import Account
from alongside.people.scope import scope_of
from alongside.standard.items import Stage


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara Visser")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def scope(org, mara):
    return scope_of(mara)
