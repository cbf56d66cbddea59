"""``alongside standard``: what it counts, shows and compares."""

from __future__ import annotations

import json
import shutil

import pytest

from alongside.cli.main import main
from alongside.standard.loading import STANDARD

COUNTS = {
    "tasks", "cells", "generic_competences", "specific_competences", "generic_behaviours", "specific_behaviours",
    "knowledge_themes", "preconditions", "precondition_recommendations", "attention_points", "final_recommendations",
    "company_topics", "culture_paradigms", "culture_conditions", "culture_actions", "culture_issues", "research_steps",
    "obstacles", "glossary_terms", "references", "criteria", "step_templates",
}  # fmt: skip


def run(*arguments, expect=0):
    assert main(["standard", *map(str, arguments)]) == expect


@pytest.fixture
def changed(tmp_path):
    """A newer edition: one item each renamed, reworded, removed and added, one weighed anew, one scale changed."""
    folder = tmp_path / "newer"
    shutil.copytree(STANDARD, folder)

    def change(file, *pairs):
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")

    change(
        "pack.yaml", ("version: 1.0.0", "version: 2.0.0"), ("successors: {}", "successors: {A7.valuation: A7.value}")
    )
    change("a07-hiring/items.yaml", ("id: A7.valuation", "id: A7.value"), ("A7.valuation]", "A7.value]"))
    change(
        "a07-hiring/en.yaml",
        ("  A7.valuation:", "  A7.value:"),
        ("title: Look close to home as well", "title: Look at home first"),
    )
    change("a07-hiring/criteria.yaml", ("item: A7.valuation", "item: A7.value"))
    change("a07-hiring/steps.yaml", ("item: A7.valuation", "item: A7.value"))
    change("a03-terms/items.yaml", ("stage: preparing", "stage: growing"))
    change("asking.yaml", ("{id: lived, answers: 5, standing: 3}", "{id: lived, answers: 5, standing: 4}"))
    change(
        "knowledge/items.yaml",
        ("items:\n", "items:\n- {id: knowledge.new, kind: group, parent: knowledge, source: P I.1}\n"),
    )
    change("knowledge/en.yaml", ("items:\n", "items:\n  knowledge.new: {title: New knowledge}\n"))
    for file in ("companies/items.yaml", "culture/items.yaml", "a03-terms/items.yaml"):
        text = (folder / file).read_text(encoding="utf-8").replace("A7.valuation", "A7.value")
        (folder / file).write_text(text, encoding="utf-8")
    for path in folder.rglob("items.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("A7.valuation", "A7.value"), encoding="utf-8")
    return folder


def test_check_counts_everything_as_json(capsys):
    run("check", "--json")
    found = json.loads(capsys.readouterr().out)
    assert set(found["counts"]) == COUNTS
    assert found["counts"]["precondition_recommendations"] == 45
    assert found["counts"]["cells"] == 42
    assert found["languages"]["en"] == 1


def test_check_is_readable_without_json(capsys):
    run("check")
    printed = capsys.readouterr().out
    assert "precondition recommendations" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_show_tells_an_item_its_force_and_its_source(capsys):
    run("show", "A7.seniority")
    printed = capsys.readouterr().out
    for word in ("Nobody new works alone", "force: should", "3.1 A.7 Seniority", "ref.davidson-2012", "q.A7.seniority"):
        assert word in printed


def test_show_takes_the_qualified_id_too(capsys):
    run("show", "eu-psw:A7.seniority")
    assert "Nobody new works alone" in capsys.readouterr().out


def test_show_never_makes_a_zero_of_what_is_not_stated(capsys):
    run("show", "task.social-parties")
    printed = capsys.readouterr().out
    assert printed.count("not stated (unknown)") == 3
    assert "emphasis 0" not in printed


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["show", "A7.senority"], "A7.seniority"),
        (["show", "A7", "--lang", "xx"], "no language"),
        (["check", "no-such-folder"], "no-such-folder"),
        (["diff", "eu-psw", "no-such-folder"], "no-such-folder"),
        (["show", "A7", "--overlay", "no-such-file.yaml"], "no-such-file.yaml"),
    ],
)
def test_what_is_not_there_is_named(arguments, word, capsys):
    run(*arguments, expect=2)
    assert word in capsys.readouterr().err


def test_diff_of_an_edition_with_itself_is_empty(capsys):
    run("diff", "eu-psw", STANDARD)
    assert "Nothing changed" in capsys.readouterr().out


def test_diff_tells_every_kind_of_change(changed, capsys):
    run("diff", STANDARD, changed, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["renamed"] == {"A7.valuation": "A7.value"}
    assert found["added"] == ["knowledge.new"]
    assert found["removed"] == []
    assert found["reworded"] == ["A7.recruitment"]
    assert "A3.parity" in found["weighed anew"]
    culture = {f"q.culture.condition.{n}" for n in range(1, 9)} | {f"q.culture.action.{n}" for n in range(1, 5)}
    assert set(found["re-scaled"]) == culture | {"scale lived"}
    assert found["relinked"] == []
    run("diff", changed, STANDARD, "--json")
    back = json.loads(capsys.readouterr().out)
    assert set(back["removed"]) == {"A7.value", "knowledge.new"}
    assert back["added"] == ["A7.valuation"]


CHANGES = [
    ("a07-hiring/items.yaml", "R 3.1 A.7 Workplace", "R 3.1 A.7", "relinked", "A7.workplace"),
    ("a07-hiring/items.yaml", "extra: true", "extra: false", "weighed anew", "A7.coordinator"),
    ("a07-hiring/items.yaml", "roles: [role.psw, role.cpee]", "roles: [role.psw]", "relinked", "A7.role-choice"),
    ("a07-hiring/criteria.yaml", "known_by: [hr, team]", "known_by: [hr]", "relinked", "q.A7.valuation"),
    ("a07-hiring/criteria.yaml", "aspect: alone, ", "", "weighed anew", "q.A7.seniority.plan"),
    ("asking.yaml", "- q.A2.project-group", "- q.A2.support-in-organisation", "relinked", "instrument first-look"),
    ("en.yaml", "[not yet, being prepared", "[never, being prepared", "reworded", "scale progress"),
    ("en.yaml", "title: The board", "title: Board", "reworded", "perspective board"),
    (
        "a08-orientation/steps.yaml",
        "who: [hr, coordinator], hours: 10",
        "who: [hr, coordinator], hours: 14",
        "weighed anew",
        "s.A8.job-coaching",
    ),
    ("a08-orientation/steps.yaml", "who: [hr, coordinator]", "who: [coordinator]", "relinked", "s.A8.job-coaching"),
    ("a08-orientation/en.yaml", "title: Name a buddy before", "title: Find a buddy before", "reworded", "s.A8.buddy"),
    ("asking.yaml", "{id: hr, regime: official}", "{id: hr, regime: named}", "weighed anew", "perspective hr"),
]


@pytest.mark.parametrize(("file", "old", "new", "kind", "id_"), CHANGES)
def test_diff_misses_nothing(tmp_path, capsys, file, old, new, kind, id_):
    folder = tmp_path / "newer"
    shutil.copytree(STANDARD, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    run("diff", STANDARD, folder, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found[kind] == [id_]
    assert not any(found[other] for other in found if other != kind)


OVERLAY = """\
id: noorderhof
title: Our own reading
because: The project group talked it through in May.
cells: {task.social-parties: {2: 2}}
force: {A7.workplace: should}
steps: {s.A7.workplace: {hours: 20}}
"""


def test_an_overlay_shows_where_it_was_laid(tmp_path, capsys):
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    run("show", "task.social-parties", "--overlay", overlay)
    printed = capsys.readouterr().out
    assert "level 2: emphasis 2 (own)" in printed
    assert "level 1: not stated (unknown)" in printed
    assert "laid over by: noorderhof" in printed
    run("show", "A7.workplace", "--overlay", overlay)
    assert "force: should" in capsys.readouterr().out
    run("show", "A7.workplace")
    assert "force: prefer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("task.social-parties", "task.nothing", "task.nothing"),
        ("{2: 2}", "{4: 2}", "level 4"),
        ("{2: 2}", "{2: 5}", "row 4"),
        ("A7.workplace: should", "A7.workplace: must", "row 5"),
        ("A7.workplace: should", "task.groups: should", "task.groups"),
        ("s.A7.workplace", "s.A7.work", "s.A7.work"),
        ("hours: 20", "hours: -1", "row 6"),
    ],
)
def test_a_broken_overlay_says_where(tmp_path, capsys, old, new, word):
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(OVERLAY.replace(old, new), encoding="utf-8")
    run("show", "A7", "--overlay", overlay, expect=2)
    message = capsys.readouterr().err
    assert "ours.yaml" in message
    assert word in message


def test_what_a_language_lacks_can_be_filled_in(tmp_path, capsys):
    """The printed file, put into a pack as it is, makes the language complete; one changed text makes one stale."""
    run("texts", "de")
    printed = capsys.readouterr().out
    folder = tmp_path / "newer"
    shutil.copytree(STANDARD, folder)
    (folder / "de.yaml").write_text(printed, encoding="utf-8")
    run("check", folder, "--json")
    assert json.loads(capsys.readouterr().out)["languages"] == {"en": 1, "de": 1}
    english = folder / "a07-hiring" / "en.yaml"
    text = english.read_text(encoding="utf-8").replace("title: Hiring", "title: Hiring people")
    english.write_text(text, encoding="utf-8")
    run("check", folder, "--json")
    assert 0.99 < json.loads(capsys.readouterr().out)["languages"]["de"] < 1
    run("texts", "english", expect=2)
    run("texts", "en", expect=2)
