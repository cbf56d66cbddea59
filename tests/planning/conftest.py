"""An organisation with people, and what one says of a step."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from alongside.people import actions as people
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.planning import actions
from alongside.planning.facts import Facts, NewStep
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)
FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.FIRST_PSW}


def join(org, name, *roles):
    """Someone with these roles in the organisation; returns their scope."""
    account = Account.objects.create_user(f"{name}@example.org", name=name)
    for role in roles:
        Membership(org=org, account=account, role=role).save()
    return scope_of(account)


def step(title="Name a buddy", item="A8.buddy", template="", **facts):
    return NewStep(item, Facts(title=title, **{"project": "First weeks", **facts}), template)


def make_place():
    """mara steers, jonas manages a team, tom and sam have no say in plans; ada is elsewhere."""
    mara = Account.objects.create_user("mara@example.org", name="mara")
    org = people.open_organisation(by=mara, name="Noorderhof", **FACTS)
    ada = Account.objects.create_user("ada@example.org", name="ada")
    other = people.open_organisation(by=ada, name="Elsewhere", **FACTS)
    return SimpleNamespace(
        org=org,
        other=other,
        mara=scope_of(mara),
        ada=scope_of(ada),
        jonas=join(org, "jonas", Role.MANAGER),
        tom=join(org, "tom", Role.TEAM_MEMBER),
        sam=join(org, "sam", Role.PEER_WORKER),
        board=join(org, "ines", Role.BOARD),
        research=join(org, "remi", Role.RESEARCHER),
    )


def adder(place, edition):
    """Puts steps on the roadmap of the place, by mara."""

    def added(*steps, by=None, today=TODAY, **more):
        return actions.add_to_roadmap(
            by=by or place.mara,
            organisation=place.org.pk,
            title="Roadmap 2026–2028",
            steps=steps,
            edition=edition,
            today=today,
            **more,
        )

    return added


@pytest.fixture
def place(db):
    """See `make_place`."""
    return make_place()


@pytest.fixture
def add(place, edition):
    """See `adder`."""
    return adder(place, edition)
