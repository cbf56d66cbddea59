"""Moving a round to a newer edition: nothing is rewritten, everything is shown once, and one step undoes it."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.assessment import agreements, editions, moves, queries, rounds, standing
from alongside.assessment.models import Agreement, Dissent, Move, Round, RoundGroup
from alongside.people import actions
from alongside.people.models import Account, Event
from alongside.people.scope import scope_of
from alongside.rules.moving import Kind, NotPermitted
from alongside.standard.items import Stage
from tests.closed_round import (
    BOARD,
    BUDDY,
    CHANGES,
    CHOICES,
    COMMITMENT,
    GROUP,
    HAPPENS,
    MONEY,
    OVERALL,
    PLAN,
    STEPPED,
    TENSION,
    TODAY,
    agree,
    closed_round,
    opened,
)
from tests.revising import release, revised, reword


@pytest.fixture
def org(db):
    mara = Account.objects.create_user("mara@example.org")
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def scope(org):
    return scope_of(Account.objects.get(email="mara@example.org"))


@pytest.fixture
def newer(edition):
    return revised(edition, CHANGES)


@pytest.fixture
def closed(scope, org, edition):
    return closed_round(scope, org, edition)


def move(scope, org, found, to, choices=CHOICES):
    return moves.move(by=scope, organisation=org.pk, round_=found.pk, to=to, choices=choices, today=TODAY)


def read(scope, found):
    """The round as a page reads it."""
    return Round.objects.within(scope).select_related("move").get(pk=found.pk)


def dump(*without):
    """Every table of the database, row by row."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in without:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


RECORD, COPIES = Event._meta.db_table, "assessment_edition"


def test_every_kind_of_change_is_looked_at_before_anything_happens(scope, closed, newer):
    before = dump()
    kinds = {change.old or change.new: change.kind for change in moves.preview(scope, closed, newer)}
    assert dump() == before
    assert {id_: kinds[id_] for id_ in (BOARD, STEPPED, GROUP, BUDDY, COMMITMENT, MONEY, OVERALL, "q.A1.more")} == {
        BOARD: Kind.REWORDED,
        STEPPED: Kind.REWORDED,
        GROUP: Kind.RENAMED,
        BUDDY: Kind.REMOVED,
        COMMITMENT: Kind.RESCALED,
        MONEY: Kind.RELINKED,
        OVERALL: Kind.ITEM_REWORDED,
        "q.A1.more": Kind.ADDED,
    }
    assert kinds["q.A4.job-description"] is Kind.WEIGHED_ANEW
    asked = {
        id_ for questions in RoundGroup.objects.within(scope).values_list("questions", flat=True) for id_ in questions
    }
    assert asked == kinds.keys() - {"q.A1.more"}


def test_moving_adds_a_mapping_and_changes_nothing_else(scope, org, closed, newer):
    before = dump()
    move(scope, org, closed, newer)
    after = dump()
    assert {table for table in before if before[table] != after[table]} == {RECORD, COPIES, Move._meta.db_table}
    for table in (RECORD, COPIES):
        assert set(before[table]) < set(after[table])


def test_undoing_brings_everything_back(scope, org, closed, newer):
    before = dump(RECORD, COPIES)
    shown = queries.results(scope, read(scope, closed))
    move(scope, org, closed, newer)
    moves.confirm(by=scope, organisation=org.pk, round_=closed.pk, criteria=[BOARD])
    moves.undo(by=scope, organisation=org.pk, round_=closed.pk)
    assert dump(RECORD, COPIES) == before
    again = queries.results(scope, read(scope, closed))
    assert (again.edition.digest, again.tallies, again.apart) == (shown.edition.digest, shown.tallies, {})
    moves.undo(by=scope, organisation=org.pk, round_=closed.pk)
    done = Event.objects.within(scope).filter(action__in=["round.move", "round.confirm", "round.move_undo"])
    assert list(done.order_by("pk").values_list("action", "about")) == [
        (action, f"round {closed.pk}") for action in ("round.move", "round.confirm", "round.move_undo")
    ]


def test_a_moved_round_shows_the_newer_words_and_apart_what_was_set_aside(scope, org, closed, newer, edition):
    before = queries.results(scope, read(scope, closed)).tallies
    move(scope, org, closed, newer)
    for found in (queries.results(scope, read(scope, closed)), queries.results_for_everyone(read(scope, closed))):
        assert found.edition.words().criteria[BOARD].question == "Does the board speak up for peer support?"
        assert found.edition.criteria[GROUP].item == "A2.steering"
        assert found.apart.keys() == {BUDDY, COMMITMENT, STEPPED}
        assert {**found.tallies, **found.apart} == before
        assert found.tallies.keys() <= found.edition.criteria.keys()
        assert found.set_aside.edition is editions.edition(edition.digest)
        assert found.mapped.to_confirm == {BOARD, MONEY}


@pytest.mark.parametrize(
    ("choices", "missing", "refused"),
    [
        ({}, {BOARD, MONEY, OVERALL, STEPPED}, set()),
        (CHOICES | {BOARD: "keep"}, set(), {BOARD}),
        (CHOICES | {BUDDY: "keep"}, set(), {BUDDY}),
        (CHOICES | {COMMITMENT: "confirm"}, set(), {COMMITMENT}),
        (CHOICES | {GROUP: "aside", "q.nowhere": "keep"}, set(), {GROUP, "q.nowhere"}),
    ],
)
def test_choices_that_are_missing_or_not_permitted_are_named_and_nothing_is_kept(
    scope, org, closed, newer, choices, missing, refused
):
    before = dump()
    with pytest.raises(NotPermitted) as caught:
        move(scope, org, closed, newer, choices)
    assert (set(caught.value.missing), set(caught.value.refused)) == (missing, refused)
    assert dump() == before


def test_only_a_closed_round_of_ones_own_is_moved_and_only_to_another_edition_of_its_standard(
    scope, org, closed, edition, newer
):
    with pytest.raises(moves.SameEdition):
        move(scope, org, closed, edition)
    with pytest.raises(moves.SameEdition):
        move(scope, org, closed, newer.revised(pack="another"))
    running = opened(scope, org, edition).round
    with pytest.raises(moves.StillOpen):
        moves.undo(by=scope, organisation=org.pk, round_=running.pk)
    with pytest.raises(moves.StillOpen):
        moves.confirm(by=scope, organisation=org.pk, round_=running.pk, criteria=[BOARD])
    with pytest.raises(moves.StillOpen):
        move(scope, org, running, newer)
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    for organisation in (org, other):
        with pytest.raises(Round.DoesNotExist):
            move(scope_of(eve), organisation, closed, newer)
    assert not Move.objects.within(scope).exists()


def test_moving_twice_is_moving_once(scope, org, closed, newer):
    move(scope, org, closed, newer)
    moves.confirm(by=scope, organisation=org.pk, round_=closed.pk, criteria=[BOARD])
    before = dump()
    move(scope, org, closed, newer)
    assert dump() == before


def test_what_was_agreed_counts_again_once_it_is_confirmed(scope, org, closed, newer):
    def counted():
        return standing.standing(scope, org.pk)

    assert counted().criteria.keys() == {BOARD, MONEY, COMMITMENT, GROUP, BUDDY, STEPPED, OVERALL}
    move(scope, org, closed, newer)
    assert counted().criteria == {GROUP: 3, OVERALL: 3}
    assert counted().items["A2.steering"] == 3
    assert counted().items["A1.board"] is None
    moves.confirm(by=scope, organisation=org.pk, round_=closed.pk, criteria=[BOARD, MONEY])
    assert counted().criteria == {GROUP: 3, OVERALL: 3, BOARD: 3, MONEY: 3}
    assert counted().items["A1.board"] == 3
    moves.confirm(by=scope, organisation=org.pk, round_=closed.pk, criteria=[BOARD])
    moves.undo(by=scope, organisation=org.pk, round_=closed.pk)
    assert len(counted().criteria) == 7


def test_only_what_waits_can_be_confirmed(scope, org, closed, newer):
    confirming = {"by": scope, "organisation": org.pk, "round_": closed.pk}
    with pytest.raises(Move.DoesNotExist):
        moves.confirm(**confirming, criteria=[BOARD])
    move(scope, org, closed, newer)
    before = dump()
    for wrong in (BUDDY, "q.A1.more", "q.nowhere"):
        with pytest.raises(KeyError):
            moves.confirm(**confirming, criteria=[BOARD, wrong])
    assert dump() == before


def test_agreeing_anew_confirms_it(scope, org, closed, newer):
    move(scope, org, closed, newer)
    agree(scope, org, closed, BOARD, 1, revision=1)
    assert moves.laid_over(read(scope, closed)).to_confirm == {MONEY}
    assert standing.standing(scope, org.pk).criteria[BOARD] == 1


def test_a_third_edition_is_laid_over_what_was_asked_and_not_over_the_second(scope, org, closed, newer, edition):
    move(scope, org, closed, newer)
    third = revised(newer, [{"reword": BOARD, "question": edition.words().criteria[BOARD].question}])
    third = third.revised(version="10.0.0")
    assert moves.newer(read(scope, closed), third)
    move(scope, org, closed, third, {STEPPED: "confirm", MONEY: "confirm", OVERALL: "confirm"})
    found = moves.laid_over(read(scope, closed))
    assert (found.newest.version, found.to_confirm) == ("10.0.0", {STEPPED, MONEY, OVERALL})
    moves.undo(by=scope, organisation=org.pk, round_=closed.pk)
    assert moves.laid_over(read(scope, closed)).newest.digest == edition.digest


def test_what_was_agreed_before_counts_in_a_later_round_under_its_newer_name_and_not_in_other_words(
    scope, org, closed, newer
):
    later = opened(scope, org, newer, title="A year later").round
    rounds.close_round(by=scope, organisation=org.pk, round_=later.pk, today=TODAY.replace(year=2027))
    agree(scope, org, later, "q.A1.more", 1)
    found = standing.standing(scope, org.pk)
    assert found.round.pk == later.pk
    assert found.criteria == {"q.A1.more": 1, "q.A2.steering": 3, OVERALL: 3}


def test_a_dissent_follows_its_question_and_ends_when_that_is_agreed_on_anew_under_its_newer_name(
    monkeypatch, scope, org, closed, newer
):
    said = {"criterion": GROUP, "voice": "project-group", "text": "It meets once a year."}
    agreements.dissent(by=scope, organisation=org.pk, round_=closed.pk, **said)
    release(monkeypatch, newer)
    move(scope, org, closed, newer)

    def standing_today():
        return {(one.criterion, standing.item_of(one)) for one in standing.dissents(scope, org.pk)}

    assert standing_today() == {(GROUP, "A2.steering"), (BUDDY, None)}  # what was set aside is about nothing of today
    later = opened(scope, org, newer, title="A year later").round
    rounds.close_round(by=scope, organisation=org.pk, round_=later.pk, today=TODAY.replace(year=2027))
    assert len(standing_today()) == 2
    agree(scope, org, later, "q.A2.steering", 1)
    assert standing_today() == {(BUDDY, None)}


def test_the_figures_of_a_round_without_agreement_are_read_by_the_newer_edition(scope, org, closed, newer):
    Dissent.objects.within(scope).all().delete()
    Agreement.objects.within(scope).all().delete()
    move(scope, org, closed, newer)
    found = standing.standing(scope, org.pk)
    assert found.items["A2.steering"] == 2
    assert not {BUDDY, COMMITMENT, BOARD, HAPPENS} & found.criteria.keys()


def test_an_edition_that_only_the_database_still_has(monkeypatch, scope, org, closed, newer, edition):
    release(monkeypatch, newer)
    editions._stored.cache_clear()
    moves._mapped.cache_clear()
    assert moves.newer(read(scope, closed), newer)
    move(scope, org, closed, newer)
    found = queries.results(scope, read(scope, closed))
    assert found.set_aside.edition.words().criteria[BUDDY] == edition.words().criteria[BUDDY]
    assert found.edition.words().criteria[BOARD].question.startswith("Does the board speak up")


def test_a_corrected_translation_is_nothing_to_move_to(scope, closed, edition):
    assert not moves.newer(read(scope, closed), edition)
    assert not moves.newer(read(scope, closed), edition.revised(texts=edition.texts | {"nl": edition.texts["en"]}))
    assert moves.newer(read(scope, closed), reword(edition, BOARD, question="Does it?"))


def test_reading_costs_no_query_however_many_rounds_there_are(
    scope, org, closed, newer, edition, django_assert_num_queries
):
    move(scope, org, closed, newer)
    for _ in range(3):
        later = opened(scope, org, newer).round
        rounds.close_round(by=scope, organisation=org.pk, round_=later.pk, today=TODAY)
        agreements.agree_undisputed(
            by=scope, organisation=org.pk, round_=later.pk, steps={BOARD: 1}, reason="Seen.", today=TODAY
        )
        agreements.tell(by=scope, organisation=org.pk, round_=later.pk, today=TODAY)
    with django_assert_num_queries(1):
        read_by = [moves.laid_over(one).newest.version for one in queries.rounds(scope, org.pk)]
    assert read_by == ["9.0.0"] * 4
    unread = Round.objects.within(scope).get(pk=closed.pk)
    with django_assert_num_queries(1):
        moves.laid_over(unread), moves.laid_over(unread)


SOME = [BOARD, MONEY, COMMITMENT, GROUP, BUDDY, TENSION, HAPPENS, STEPPED]
one_change = st.sampled_from(SOME).flatmap(
    lambda id_: st.sampled_from(
        [
            {"reword": id_, "question": "Put in other words?"},
            {"remove": id_},
            {"rename": id_, "to": f"{id_}.newer"},
            {"ask": id_, "scale": "happens"},
            {"ask": id_, "item": "A4.job-description", "aspect": ""},
            {"merge": id_, "into": PLAN},
            {"weigh": "progress", "standing": 4},
        ]
    )
)
several_changes = st.lists(one_change, min_size=1, max_size=5, unique_by=lambda change: next(iter(change.values())))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(several_changes, st.data())
def test_whatever_changes_no_row_does_and_every_question_is_shown_once(scope, org, closed, edition, several, data):
    before, newer = dump(RECORD, COPIES), revised(edition, several)
    found = moves.preview(scope, closed, newer)
    choices = {
        change.old: data.draw(st.sampled_from(change.permitted))
        for change in found
        if change.old and len(change.permitted) > 1
    }
    own = queries.results(scope, read(scope, closed))
    move(scope, org, closed, newer, choices)
    after = dump(RECORD, COPIES)
    assert {table for table in before if before[table] != after[table]} == {Move._meta.db_table}
    shown = queries.results(scope, read(scope, closed))
    assert not shown.tallies.keys() & shown.apart.keys()
    assert {**shown.tallies, **shown.apart} == own.tallies
    assert set(shown.mapped.aside) == shown.apart.keys()
    assert shown.mapped.to_confirm <= shown.tallies.keys()
    counted = standing.standing(scope, org.pk).criteria.keys()
    assert not counted & (shown.mapped.to_confirm | shown.apart.keys())
    moves.undo(by=scope, organisation=org.pk, round_=closed.pk)
    assert dump(RECORD, COPIES) == before
