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
    "obstacles", "glossary_terms", "references", "criteria",
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
