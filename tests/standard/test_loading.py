"""A pack that is whole loads; a broken one says with file, row and column what is wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import yaml

from alongside.standard.bad_input import BadInput
from alongside.standard.edition import Edition
from alongside.standard.loading import STANDARD, load_pack


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "eu-psw"
    shutil.copytree(STANDARD, folder)
    return folder


def change(file: Path, old: str, new: str) -> int:
    """Replace text in a file; returns the row it stood in."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


BROKEN = {
    "an unknown field": ("a07-hiring/items.yaml", "  force: should", "  forc: should", "forc"),
    "an unknown force": ("a07-hiring/items.yaml", "  force: should", "  force: must", "must"),
    "an unknown kind": ("a07-hiring/items.yaml", "kind: precondition", "kind: preconditon", "preconditon"),
    "an id that stands twice": ("a07-hiring/items.yaml", "id: A7.valuation", "id: A7.workplace", "used once"),
    "an id that another file has": ("a07-hiring/items.yaml", "id: A7.valuation", "id: A8.buddy", "a08-orientation"),
    "a parent that is not there": ("a07-hiring/items.yaml", "parent: A7", "parent: A70", "A70"),
    "a related item that is not there": ("a07-hiring/items.yaml", "related: [B9,", "related: [B99,", "B99"),
    "a reference that is none": ("a07-hiring/items.yaml", "[ref.davidson-2012]", "[A8.buddy]", "reference"),
    "a document that is not named": ("a07-hiring/items.yaml", "source: R 3.1", "source: Q 3.1", "Q"),
    "a field that stands twice": (
        "a07-hiring/items.yaml",
        "  kind: precondition",
        "  id: A7b\n  kind: precondition",
        "id",
    ),
    "a question about nothing": ("a07-hiring/criteria.yaml", "item: A7.valuation", "item: A7.value", "A7.value"),
    "a scale that is not there": (
        "a07-hiring/criteria.yaml",
        "scale: progress, known_by: [hr, team]",
        "scale: stars, known_by: [hr, team]",
        "stars",
    ),
    "a perspective that is not there": ("a07-hiring/criteria.yaml", "[hr, management]", "[hr, owner]", "owner"),
    "a text that is missing": ("a07-hiring/en.yaml", "  A7.valuation:", "  A7.valuations:", "A7.valuation"),
    "a step that is missing": ("a07-hiring/en.yaml", "    - A sentence is being drafted\n", "", "4 steps"),
    "an aspect without words": ("a07-hiring/en.yaml", "      pairs:", "      couples:", "aspects"),
    "broken YAML": ("a07-hiring/items.yaml", "  kind: precondition", "  kind: [precondition", "YAML"),
    "a part that is missing": ("pack.yaml", "- a07-hiring", "- a07-hirings", "a07-hirings"),
    "a question too many": ("asking.yaml", "  limit: 15", "  limit: 14", "14 at most"),
    "an item under itself": ("a07-hiring/items.yaml", "parent: A\n", "parent: A7.valuation\n", "under itself"),
    "a source without a section": ("a07-hiring/items.yaml", "source: R 3.1 A.7\n", "source: R\n", "section"),
    "an empty title": ("a07-hiring/en.yaml", "title: Hiring", "title: ''", "title"),
    "a scale with a label too few": ("en.yaml", "[not yet, being prepared,", "[not yet,", "4 answers"),
    "a point that is no answer": (
        "asking.yaml",
        "answers: 5, standing: 3}     #",
        "answers: 5, standing: 9}     #",
        "9",
    ),
    "a cell that is unknown and has a value": (
        "profile/items.yaml",
        "emphasis: null, confidence: unknown",
        "emphasis: 2, confidence: unknown",
        "unknown",
    ),
    "another language inside": ("a07-hiring/en.yaml", "language: en", "language: nl", "nl"),
    "a successor of what is still there": ("pack.yaml", "successors: {}", "successors: {A7: A8}", "A7"),
    "a question asked twice": ("asking.yaml", "    - q.A2.project-group", "    - q.A1.management.commitment", "twice"),
    "a list where a mapping belongs": ("pack.yaml", "documents:", "documents: !!map [a]\nnothing:", "map"),
    "an anchor that holds itself": ("pack.yaml", "successors: {}", "successors: &a [*a]", "deeply"),
    "a number of a thousand digits": ("asking.yaml", "  limit: 15", f"  limit: {'1' * 5000}", "smaller whole number"),
    "a control character": ("pack.yaml", "successors: {}", "successors: {}  # \x07", "row"),
    "a step for nothing": ("a08-orientation/steps.yaml", "item: A8.buddy,", "item: A8.buddies,", "A8.buddies"),
    "a step for what is no recommendation": (
        "a08-orientation/steps.yaml",
        "item: A8.buddy,",
        "item: ref.davidson-2012,",
        "ref.davidson-2012",
    ),
    "a step that waits for what is not there": (
        "a08-orientation/steps.yaml",
        "after: [s.A8.buddy]",
        "after: [s.A8.body]",
        "s.A8.body",
    ),
    "a step that waits for itself": (
        "a08-orientation/steps.yaml",
        "after: [s.A8.buddy]",
        "after: [s.A8.buddy.2]",
        "waits for itself",
    ),
    "steps in a circle": (
        "a02-culture-change/steps.yaml",
        "after: [s.A1.management]",
        "after: [s.A4.job-description]",
        "waits for itself",
    ),
    "a step done by nobody known": ("a08-orientation/steps.yaml", "[hr, coordinator]", "[hr, wizard]", "wizard"),
    "a step done by nobody": ("a08-orientation/steps.yaml", "[hr, coordinator]", "[]", "at least one"),
    "hours below nothing": ("a08-orientation/steps.yaml", "hours: 9", "hours: -9", "row"),
    "hours that are no number": ("a08-orientation/steps.yaml", "hours: 9", "hours: a day", "whole number"),
    "money below nothing": ("a08-orientation/steps.yaml", "euros: 1500", "euros: -1500", "row"),
    "a step of no weeks": ("a08-orientation/steps.yaml", "weeks: 13", "weeks: 0", "row"),
    "a step without words": ("a08-orientation/en.yaml", "  s.A8.buddy.2:", "  s.A8.buddy.3:", "s.A8.buddy.2"),
    "a step that nobody sees done": (
        "a08-orientation/en.yaml",
        "    done: The page has",
        "    dune: The page has",
        "done",
    ),
    "a step that stands twice": ("a08-orientation/steps.yaml", "id: s.A8.clarity", "id: s.A8.buddy", "used once"),
    "an item that names a step that is not there": (
        "attention/items.yaml",
        "steps: [s.A7.seniority]",
        "steps: [s.A7.senior]",
        "s.A7.senior",
    ),
    "a successor that is not there": ("pack.yaml", "successors: {}", "successors: {A7.old: A7.new}", "A7.new"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_says_where(pack, name):
    file, old, new, word = BROKEN[name]
    change(pack / file, old, new)
    with pytest.raises(BadInput) as refused:
        load_pack(pack)
    assert word in str(refused.value)
    assert "eu-psw" in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_the_message_names_row_and_column(pack):
    row = change(pack / "a07-hiring/items.yaml", "parent: A7\n", "parent: A70\n")
    with pytest.raises(BadInput) as refused:
        load_pack(pack)
    problem = refused.value.problems[0]
    assert (problem.file, problem.row, problem.column) == ("eu-psw/a07-hiring/items.yaml", row, 11)


def test_a_recommendation_without_a_question_is_refused(pack):
    change(pack / "a07-hiring/criteria.yaml", "- {id: q.A7.valuation", "#- {id: q.A7.valuation")
    change(pack / "a07-hiring/en.yaml", "  q.A7.valuation:", "  q.A7.valuation.gone:")
    with pytest.raises(BadInput, match=r"A7\.valuation"):
        load_pack(pack)


def test_a_recommendation_that_nothing_is_done_about_is_refused(pack):
    change(pack / "a07-hiring/steps.yaml", "- {id: s.A7.valuation", "#- {id: s.A7.valuation")
    change(pack / "a07-hiring/en.yaml", "  s.A7.valuation:", "  s.A7.valuation.gone:")
    with pytest.raises(BadInput) as refused:
        load_pack(pack)
    assert any("what one can do about “A7.valuation”" in str(problem) for problem in refused.value.problems)


def test_a_file_in_another_encoding_is_refused(pack):
    file = pack / "a07-hiring/en.yaml"
    file.write_bytes(file.read_text(encoding="utf-8").replace("Hiring", "Hïring", 1).encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        load_pack(pack)


def test_an_empty_file_is_refused(pack):
    (pack / "a07-hiring/items.yaml").write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="empty"):
        load_pack(pack)


def test_anchors_that_repeat_each_other_are_refused(pack):
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    (pack / "pack.yaml").write_text("\n".join(levels), encoding="utf-8")
    with pytest.raises(BadInput, match="too many values"):
        load_pack(pack)


def translated(pack, of):
    text = {"of": of, "title": "Wie neu ist, arbeitet nicht allein", "points": {}}
    data = {"language": "de", "draft": True, "items": {"A7.seniority": text}}
    (pack / "a07-hiring" / "de.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return load_pack(pack)


def test_a_translation_is_used_while_it_says_what_the_source_says(pack, edition):
    of = edition.words().items["A7.seniority"].fingerprint
    german = translated(pack, of)
    assert german.words("de").items["A7.seniority"].title == "Wie neu ist, arbeitet nicht allein"
    assert german.words("de").items["A7"].title == "Hiring"
    assert german.translated("de", "items", "A7.seniority")
    assert not german.translated("de", "items", "A7")
    assert german.words("de").draft


def test_a_stale_translation_counts_as_absent(pack):
    german = translated(pack, "00000000")
    assert german.words("de").items["A7.seniority"].title == "Nobody new works alone"
    assert not german.translated("de", "items", "A7.seniority")


def test_a_translation_changes_no_digest(pack, edition):
    assert translated(pack, edition.words().items["A7.seniority"].fingerprint).digest == edition.digest


def test_an_edition_is_the_same_after_being_written_and_read(edition):
    again = Edition.model_validate_json(edition.model_dump_json())
    assert again == edition
    assert again.digest == edition.digest
    assert again.children("A7") == edition.children("A7")


def test_an_edition_from_before_there_were_steps_is_read_back_with_its_digest(edition):
    later = {"steps", "kit", "welcome"}
    data = json.loads(edition.model_dump_json(exclude={"items", "criteria", *later, "texts"}))
    old = data | {"items": {}, "criteria": {}, "texts": {"en": {"language": "en", "draft": False}}}
    read = Edition.model_validate_json(json.dumps(old))
    as_it_was = read.model_dump_json(exclude={**dict.fromkeys(later, True), "texts": {"__all__": later}})
    assert read.digest == hashlib.sha256(as_it_was.encode()).hexdigest()
    assert edition.revised(steps={}).digest != edition.digest
    assert read.steps_of("A8.buddy") == ()


def test_names_of_rules_are_checked_once_there_are_rules(pack):
    change(pack / "a07-hiring/items.yaml", "  aspects:", "  rules: [not-alone, typo]\n  aspects:")
    assert load_pack(pack).items["A7.seniority"].rules == ("not-alone", "typo")
    assert load_pack(pack, known={"rules": {"not-alone", "typo"}, "indicators": set()})
    with pytest.raises(BadInput, match="typo"):
        load_pack(pack, known={"rules": {"not-alone"}})


def test_the_standard_is_not_changed_in_place(edition):
    item = edition.items["A7.seniority"]
    with pytest.raises(TypeError):
        edition.items.pop("A7")
    with pytest.raises(TypeError):
        item.aspects["alone"] = "prefer"
    with pytest.raises(TypeError):
        edition.words().items["A7"] = edition.words().items["A8"]
    with pytest.raises(ValueError, match="frozen"):
        item.force = "prefer"
