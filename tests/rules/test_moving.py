"""Moving a round to a newer edition, by worked cases (moving_cases.yaml), and what must hold for any change."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules.mapped import Mapped, laid, matching
from alongside.rules.moving import PERMITTED, Choice, Kind, NotPermitted, changes, checked
from alongside.rules.question_words import Piece, marked
from tests.revising import revised, reword, translated

CASES = yaml.safe_load((Path(__file__).parent / "moving_cases.yaml").read_text(encoding="utf-8"))
BOARD, MONEY, GROUP = "q.A1.board", "q.A1.management.money", "q.A2.project-group"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_case(edition, case):
    newer = revised(edition, case["changes"])
    found = changes(edition, newer, case["asked"])
    became = {change.old: change for change in found if change.old}
    assert {
        id_: {"kinds": [*map(str, change.kinds)], "choose": [*map(str, change.permitted)]}
        for id_, change in became.items()
    } == case["expect"]
    called = {id_: change.new for id_, change in became.items() if change.new and change.new != id_}
    assert called == case.get("called", {})
    assert [change.new for change in found if change.old is None] == case.get("new", [])


def test_every_kind_has_a_worked_case():
    seen = {kind for case in CASES for expected in case["expect"].values() for kind in expected["kinds"]}
    assert seen | {Kind.ADDED} == set(Kind)


def test_nothing_that_reads_otherwise_is_kept_without_a_word():
    for kind in (Kind.REMOVED, Kind.MERGED, Kind.RESCALED, Kind.RELINKED, Kind.REWORDED):
        assert Choice.KEEP not in PERMITTED[kind]


def test_a_corrected_translation_makes_no_newer_edition_and_changes_nothing(edition):
    dutch = translated(edition, "nl")
    corrected = reword(dutch, BOARD, language="nl", question="Hoe staat het bestuur hierin?")
    assert corrected.digest == dutch.digest == edition.digest
    (change,) = changes(dutch, corrected, [BOARD], "nl")
    assert change.kinds == (Kind.SAME,)


def test_both_texts_are_in_one_language(edition):
    """The Dutch words of a question that was reworded in English are stale; Dutch beside English helps nobody."""
    dutch = translated(edition, "nl")
    newer = reword(dutch, BOARD, question="Does the board speak up?")
    (reworded, same) = changes(dutch, newer, [BOARD, GROUP], "nl")
    assert (reworded.language, reworded.then.question) == ("en", edition.words().criteria[BOARD].question)
    assert (same.language, same.then) == ("nl", same.now)
    assert same.now.question.startswith("nl: ")


def test_choices_that_are_missing_or_not_allowed_are_named(edition):
    newer = revised(edition, [{"reword": "q.A1.board", "question": "?"}, {"remove": "q.B1"}])
    found = changes(edition, newer, ["q.A1.board", "q.B1", "q.B4"])
    with pytest.raises(NotPermitted) as refused:
        checked(found, {"q.B1": "keep", "q.B4": "aside", "q.unknown": "keep"})
    assert refused.value.missing == ("q.A1.board",)
    assert refused.value.refused == ("q.B1", "q.B4", "q.unknown")
    with pytest.raises(NotPermitted) as refused:
        checked(found, {"q.A1.board": "keep"})
    assert refused.value.refused == ("q.A1.board",)
    assert checked(found, {"q.A1.board": "confirm"}) == {"q.A1.board": "confirm", "q.B1": "aside", "q.B4": "keep"}


def moved(own, newer, *asked, **choices):
    chosen = {id_: choices.get(id_, "keep") for id_ in asked}
    return Mapped(own, newer, laid(own, newer, chosen), chosen)


def test_a_moved_round_is_read_by_newer_words_under_its_own_ids(edition):
    newer = revised(
        edition,
        [
            {"rename": BOARD, "to": "q.A1.backing"},
            {"reword": "q.A1.backing", "question": "Does the board speak up?"},
            {"rename": "A1.board", "to": "A1.backing"},
            {"ask": MONEY, "scale": "happens"},
        ],
    )
    mapped = moved(edition, newer, BOARD, MONEY, GROUP, **{BOARD: "confirm", MONEY: "aside"})
    read_by = mapped.edition
    assert read_by.words().criteria[BOARD].question == "Does the board speak up?"
    assert (read_by.criteria[BOARD].id, read_by.criteria[BOARD].item) == (BOARD, "A1.backing")
    assert read_by.criteria_of("A1.backing") == (read_by.criteria[BOARD],)
    assert MONEY not in read_by.criteria
    assert (mapped.now(BOARD), mapped.now(MONEY), mapped.now(GROUP)) == ("q.A1.backing", None, GROUP)
    assert (mapped.to_confirm, mapped.aside) == ({BOARD}, (MONEY,))
    said = {BOARD: 1, MONEY: 2, GROUP: 3}
    assert mapped.kept(said) == {BOARD: 1, GROUP: 3}
    assert mapped.set_aside(said) == {MONEY: 2}
    assert mapped.standing(said) == {GROUP: 3}
    assert mapped.asked_as(BOARD, "en").question == edition.words().criteria[BOARD].question
    assert mapped.asked_as(GROUP, "en") is None


def test_who_was_asked_keeps_its_name_when_the_newer_edition_has_no_such_group(edition):
    others = {name: one for name, one in edition.perspectives.items() if name != "hr"}
    words = edition.words()
    texts = words.model_copy(update={"perspectives": {name: words.perspectives[name] for name in others}})
    newer = edition.revised(perspectives=others, texts={"en": texts})
    mapped = moved(edition, newer, BOARD)
    assert mapped.edition.words().perspectives["hr"].title == words.perspectives["hr"].title


def test_a_round_that_was_never_moved_is_read_as_it_is(edition):
    mapped = Mapped(edition, edition, edition)
    assert (mapped.now(BOARD), mapped.kept({BOARD: 1}), mapped.set_aside({BOARD: 1})) == (BOARD, {BOARD: 1}, {})
    assert (mapped.moved, mapped.to_confirm, mapped.aside, mapped.asked_as(BOARD, "en")) == (False, set(), (), None)


def test_the_same_question_is_found_in_another_round_whatever_it_is_called(edition):
    newer = revised(
        edition,
        [
            {"rename": BOARD, "to": "q.A1.backing"},
            {"reword": MONEY, "question": "Is there money?"},
            {"ask": "q.A8.buddy", "item": "A8.contact-person"},
        ],
    )
    then, now = Mapped(edition, edition, edition), Mapped(newer, newer, newer)
    found = matching(then, now)
    assert found[BOARD] == "q.A1.backing"
    assert not {MONEY, "q.A8.buddy"} & found.keys()
    assert found[GROUP] == GROUP
    carried = moved(edition, newer, BOARD, MONEY, GROUP)
    assert matching(carried, now)[BOARD] == "q.A1.backing"
    assert matching(carried, now)[MONEY] == MONEY  # it is read by the newer words already
    assert matching(then, carried)[BOARD] == BOARD


words = st.lists(st.sampled_from(["the", "board", "says", "so", ",", "every", "year", "\n", "Größe"]), max_size=12)


@given(words.map(" ".join), words.map(" ".join))
def test_marking_loses_no_letter_and_leaves_unmarked_what_both_have(then, now):
    before, after = marked(then, now)
    assert ("".join(piece.text for piece in before), "".join(piece.text for piece in after)) == (then, now)
    marks = any(piece.changed for piece in (*before, *after))
    same = ["".join(piece.text for piece in side if not piece.changed) for side in (before, after)]
    assert not marks or same[0] == same[1]
    assert not (marks and then == now)


def test_words_that_changed_are_marked_together():
    assert marked("The board says so every year.", "The board says so in public, each year.") == (
        (Piece("The board says so ", False), Piece("every", True), Piece(" year.", False)),
        (Piece("The board says so ", False), Piece("in public, each", True), Piece(" year.", False)),
    )
    assert marked("One thing", "Quite another matter") == (
        (Piece("One thing", False),), (Piece("Quite another matter", False),),
    )  # fmt: skip


ASKED = [BOARD, MONEY, "q.A1.management.commitment", GROUP, "q.B1", "q.B1.happens", "q.A8.buddy"]
one_change = st.sampled_from(ASKED).flatmap(
    lambda id_: st.sampled_from(
        [
            {"reword": id_, "question": "Put in other words?"},
            {"remove": id_},
            {"rename": id_, "to": f"{id_}.newer"},
            {"ask": id_, "scale": "lived"},
            {"ask": id_, "item": "A4.job-description", "aspect": ""},
            {"weigh": "progress", "standing": 4},
            {"merge": id_, "into": "q.A1.vision-documents.recovery"},
        ]
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(one_change, max_size=5, unique_by=lambda change: next(iter(change.values()))), st.data())
def test_every_question_of_a_round_is_read_exactly_once(edition, several, data):
    newer = revised(edition, several)
    found = changes(edition, newer, ASKED)
    assert sorted(change.old for change in found if change.old) == sorted(ASKED)
    choices = {change.old: data.draw(st.sampled_from(change.permitted)) for change in found if change.old}
    chosen = checked(found, choices)
    mapped = Mapped(edition, newer, laid(edition, newer, chosen), chosen)
    kept = [id_ for id_ in ASKED if id_ in mapped.edition.criteria]
    assert sorted((*kept, *mapped.aside)) == sorted(ASKED)
    assert mapped.to_confirm <= set(kept)
    assert len({mapped.now(id_) for id_ in kept}) == len(kept)
    for id_ in kept:
        scales = [one.scales[one.criteria[id_].scale].answers for one in (edition, mapped.edition)]
        assert scales[0] == scales[1]
