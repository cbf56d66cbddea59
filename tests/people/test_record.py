"""The record: it cannot be changed, it holds no value, and nothing that matters is left out of it."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from alongside import assessment, people, planning
from alongside.assessment import rounds
from alongside.people import actions, teams, upkeep
from alongside.people.models import Account, Event, Membership
from alongside.people.record import A_PAGE, NotForTheRecord, read, record
from alongside.people.scope import scope_of
from alongside.rules.access import POLICY, Role
from alongside.standard.items import Stage
from alongside.web.record_words import ACTIONS, KINDS

TODAY = date(2026, 11, 25)
FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}

NOT_RECORDED = {
    # action, why: written by hand
    "alongside.assessment.agreements.dissent": "it has a voice, not a name",
    "alongside.assessment.agreements.take_back": "it has a voice, not a name",
    "alongside.assessment.own_answers.remove_own": "one's own answers, and no organisation's business",
    "alongside.assessment.own_answers.save_own": "one's own answers: a time would tell that there are some",
    "alongside.assessment.shown.refuse_unshown": "changes nothing",
    "alongside.people.actions.change_name": "one's own account, and no organisation's business",
    "alongside.people.actions.remove_expired": "what had run out by itself",
    "alongside.people.own.choose_language": "one's own account, and no organisation's business",
    "alongside.people.own.choose_mail": "one's own account, and no organisation's business",
    "alongside.people.programmes.open_programme": "concerns no organisation before one grants it something",
}
"""Public functions with `by` that leave no event. Saving answers has no `by` at all; a test below looks at it."""


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", **FACTS)


def events():
    return Event.objects.across(because="test")


def kept_for_long(settings, mara, org):
    settings.EVENT_DAYS = 3650
    record(by=mara, organisation=org.pk, action="round.open", about="round 1")
    return events().get(action="round.open")


def test_the_database_refuses_to_change_an_event_at_all(settings, mara, org):
    settings.EVENT_DAYS = -1
    record(by=mara, organisation=org.pk, action="round.open")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        events().filter(action="round.open").update(account=None)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        events().filter(action="round.open").update(keep_until=TODAY)


def test_the_database_refuses_to_delete_an_event_before_its_day(settings, mara, org):
    event = kept_for_long(settings, mara, org)
    with pytest.raises(IntegrityError, match="kept until its day"), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError, match="kept until its day"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_event")
    assert events().filter(pk=event.pk).exists()


def test_the_database_refuses_to_empty_the_table(settings, mara, org):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has another way to empty a table")
    event = kept_for_long(settings, mara, org)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="kept until its day"), transaction.atomic():
            cursor.execute("TRUNCATE people_event")
    assert events().filter(pk=event.pk).exists()


def test_an_organisation_is_not_deleted_while_its_record_is_kept(settings, mara, org):
    kept_for_long(settings, mara, org)
    with pytest.raises(models.ProtectedError):
        org.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_event")


def test_an_event_is_forgotten_once_its_day_is_over(settings, mara, org):
    events().all().delete()
    today = timezone.localdate()
    for days in (-1, 0, 1):
        settings.EVENT_DAYS = days
        record(by=mara, organisation=org.pk, action=f"day.{'abc'[days + 1]}")
    assert upkeep.clear_events(today=today) == 1
    assert sorted(event.action for event in events()) == ["day.b", "day.c"]


@pytest.mark.parametrize(
    "value",
    [
        {"about": "round Autumn"},
        {"about": f"round {'1' * 160}"},
        {"about": "person mara@example.org"},
        {"about": "team Team Noord"},
        {"action": "Opened the round"},
        {"fields": ["Mara Visser"]},
        {"fields": ["name: Mara"]},
    ],
    ids=str,
)
def test_what_looks_like_a_value_is_refused(mara, org, value):
    with pytest.raises(NotForTheRecord):
        record(**{"by": mara, "organisation": org.pk, "action": "round.open"} | value)


def test_the_record_is_read_latest_first_and_page_by_page(mara, org, django_assert_num_queries):
    for number in range(A_PAGE + 3):
        record(by=mara if number % 2 else None, organisation=org.pk, action="round.open", about=f"round {number}")
    scope = scope_of(mara)
    with django_assert_num_queries(2):
        first = read(scope, org.pk)
    assert [len(first.entries), first.entries[0].event.about] == [A_PAGE, f"round {A_PAGE + 2}"]
    second = read(scope, org.pk, before=first.older)
    assert second.older is None
    assert [entry.event.about for entry in second.entries[:3]] == ["round 2", "round 1", "round 0"]
    assert {entry.who for entry in first.entries} == {"Mara", ""}


def test_the_record_is_narrowed_to_a_kind_and_to_someone(mara, org):
    sam = Account.objects.create_user("sam@example.org", name="Sam")
    Membership(org=org, account=sam, role=Role.ADMIN).save()
    for by, action in ((mara, "round.open"), (sam, "round.close"), (sam, "roundabout.take")):
        record(by=by, organisation=org.pk, action=action)
    scope = scope_of(mara)
    assert [entry.who for entry in read(scope, org.pk, kind="round").entries] == ["Sam", "Mara"]
    assert [entry.event.action for entry in read(scope, org.pk, account=mara.pk, kind="round").entries] == [
        "round.open"
    ]


def test_someone_who_left_is_named_no_longer(mara, org):
    sam = Account.objects.create_user("sam@example.org", name="Sam")
    held = Membership(org=org, account=sam, role=Role.BOARD)
    held.save()
    record(by=sam, organisation=org.pk, action="round.open")
    assert read(scope_of(mara), org.pk).entries[0].who == "Sam"
    held.delete()
    assert read(scope_of(mara), org.pk).entries[0].who is None


def test_the_record_of_another_organisation_stays_there(mara, org):
    ben = Account.objects.create_user("ben@example.org")
    other = actions.open_organisation(by=ben, name="Elsewhere", **FACTS)
    assert read(scope_of(mara), other.pk).entries == ()
    assert {entry.event.org_id for entry in read(scope_of(mara), org.pk).entries} == {org.pk}


def rooms():
    """Every module of the rooms with data, but migrations."""
    for room in (people, assessment, planning):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" not in found.name:
                yield import_module(found.name)


def public_actions():
    """What people do: public functions that say by whom."""
    found = {}
    for module in rooms():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__ and function is not record:
                by = inspect.signature(function).parameters.get("by")
                if by and by.kind is by.KEYWORD_ONLY:
                    found[f"{module.__name__}.{name}"] = function
    return found


def leads_to_the_record(function, seen=frozenset()):
    """Whether a function calls `record`, or something of ours that does."""
    function = inspect.unwrap(function)
    if function in seen:
        return False
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for call in (node.func for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = called_by(function, call)
        if called is record:
            return True
        ours = inspect.isfunction(called) and called.__module__.startswith("alongside.")
        if ours and leads_to_the_record(called, seen | {function}):
            return True
    return False


def called_by(function, call):
    if isinstance(call, ast.Name):
        return function.__globals__.get(call.id)
    if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name):
        return getattr(function.__globals__.get(call.value.id), call.attr, None)
    return None


def test_every_action_leaves_an_event_or_is_known_not_to():
    silent = {name for name, function in public_actions().items() if not leads_to_the_record(function)}
    assert silent == set(NOT_RECORDED)


def test_saving_answers_leaves_no_trace_in_the_record():
    assert not leads_to_the_record(rounds.save_answers)


def test_every_recorded_action_has_its_words():
    written = set()
    for module in rooms():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                kind, _, verb = node.value.partition(".")
                if kind in KINDS and verb.replace("-", "").replace("_", "").isalpha():
                    written.add(node.value)
    assert written - set(POLICY) <= set(ACTIONS) <= written


def test_no_value_ever_enters_the_record(db, settings):
    """The demo is filled by the same actions that people use: nothing that somebody wrote stands in an event."""
    settings.DEMO = True
    call_command("fill_demo")
    kept = [f"{event.action} {event.about} {event.fields}" for event in events()]
    assert len(kept) > 20
    assert {event.action for event in events()} <= set(ACTIONS)
    texts = written_texts()
    assert {"Noorderhof", "Mara Visser", "mara.visser@example.org"} <= texts
    assert {text for text in texts if any(text in line for line in kept)} == set()


OWN_WORDS = {
    "digest", "pack", "version", "content", "perspective", "regime", "voice", "criterion", "item", "template", "group",
    "instrument", "role", "token_hash", "media_type", "language", "password",
}  # fmt: skip
"""Columns in which the program writes its own words and ids; in all the others people write."""


def written_texts():
    """What people wrote, in every row: names, addresses, titles, reasons, notes."""
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("alongside.") and model is not Event:
            for field in model._meta.concrete_fields:
                text = isinstance(field, models.CharField | models.TextField) and not field.choices
                if text and field.name not in OWN_WORDS:
                    found |= set(model._base_manager.values_list(field.name, flat=True))
    return {text for text in found if text}


def test_a_marked_name_is_nowhere_in_the_record(mara, org):
    scope, secret = scope_of(mara), "ZZSECRET"
    actions.change_organisation(
        by=scope, organisation=org.pk, name=secret, kind="kind.ngo", country="PL", stage="growing"
    )
    actions.invite(by=scope, organisation=org.pk, email=f"{secret}@example.org", role=Role.BOARD, today=TODAY)
    teams.add_team(by=scope, organisation=org.pk, name=secret, kind="care")
    assert events().count() == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_event")
        assert secret.lower() not in str(cursor.fetchall()).lower()
