"""The welcome kit as the pack carries it: no line without an item and its words, and what is for whom."""

from __future__ import annotations

import re
import shutil
from itertools import product

import pytest
import yaml

from alongside.people.models import TEAM_KINDS
from alongside.standard.bad_input import BadInput
from alongside.standard.edition import Edition
from alongside.standard.items import STAGES, Advice
from alongside.standard.kit import CPEE, PSW, ROLES, Choice, ForSome, Phase, Shape, TeamKind, Welcomer, key_of
from alongside.standard.kit_checks import words_needed
from alongside.standard.loading import STANDARD, load_pack

SHEETS = ["role-card", "team-talk", "agreement", "first-day", "buddy", "manager"]
CHOICES = [Choice(role, team, stage) for role, team, stage in product(ROLES, TeamKind, STAGES)]


def lines_of(edition, sheet, choice):
    """Section id and line id of what stands on a sheet."""
    return [
        (section.id, line.id) for section in edition.kit[sheet].sections for line in section.lines if line.fits(choice)
    ]


def test_there_are_six_sheets_and_only_the_agreement_takes_two_sides(edition):
    assert list(edition.kit) == SHEETS
    assert [sheet.id for sheet in edition.kit.values() if sheet.sides > 1] == ["agreement"]


def test_no_line_and_no_step_is_without_an_item(edition):
    lines = [line for sheet in edition.kit.values() for section in sheet.sections for line in section.lines]
    assert all(line.items and set(line.items) <= edition.items.keys() for line in lines)
    assert all(step.item in edition.items for step in edition.welcome.values())


def test_the_sheets_carry_what_the_source_says_of_files_sharing_and_coercion(edition):
    for role, team in product(ROLES, (TeamKind.CARE, TeamKind.PEER_WORKERS)):
        for sheet in ("role-card", "agreement"):
            fits = [
                line
                for section in edition.kit[sheet].sections
                for line in section.lines
                if line.fits(Choice(role, team))
            ]
            used = {item for line in fits for item in line.items}
            assert {"B3", "B4", "B5", role} <= used, (sheet, role, team)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: f"{one.role} {one.team} {one.stage}")
def test_every_sheet_has_something_to_say_to_everyone(edition, choice):
    for sheet in edition.kit.values():
        sections = {section for section, _ in lines_of(edition, sheet.id, choice)}
        columns = [section for section in sheet.sections if section.shape is Shape.COLUMN]
        assert len(sections) >= 4, sheet.id
        assert all(section.id in sections for section in columns), sheet.id


def test_the_two_roles_are_never_told_the_same_about_the_file(edition):
    for sheet in ("role-card", "agreement", "manager"):
        psw, cpee = (set(lines_of(edition, sheet, Choice(role))) for role in ROLES)
        assert psw - cpee, sheet
        assert cpee - psw, sheet
    assert ("file", "closed") in lines_of(edition, "role-card", Choice(PSW))
    assert ("file", "open") in lines_of(edition, "role-card", Choice(CPEE))


def test_companies_are_told_that_advice_would_come_too_soon(edition):
    for sheet in ("role-card", "agreement", "manager"):
        company = {line for _, line in lines_of(edition, sheet, Choice(team=TeamKind.COMPANY))}
        care = {line for _, line in lines_of(edition, sheet, Choice(team=TeamKind.CARE))}
        assert "tentative" in company
        assert "tentative" not in care


def test_words_stay_plain_and_without_anything_that_belongs_to_medicine_or_pity(edition):
    texts = edition.words().kit.values()
    words = "\n".join(part for text in texts for part in (text.title, text.text, *text.lines.values())).lower()
    assert not re.search(r"\bpatient|disorder|illness|symptom|suffer|vulnerab|brave|despite", words)


def test_lines_are_short_enough_to_be_read_standing(edition):
    for key, text in edition.words().kit.items():
        for line, words in text.lines.items():
            assert len(words) <= 175, (key, line)


def test_teams_of_an_organisation_are_kinds_the_kit_knows(edition):
    assert set(TEAM_KINDS) == set(TeamKind) - {TeamKind.COMPANY}


def test_steps_of_a_welcome_are_in_order_and_every_part_has_some(edition):
    steps = list(edition.welcome.values())
    assert [step.days for step in steps] == sorted(step.days for step in steps)
    assert [*dict.fromkeys(step.phase for step in steps)] == list(Phase)
    assert {step.who for step in steps} == set(Welcomer)
    assert all(step.item.startswith("A") or isinstance(edition.items[step.item], Advice) for step in steps)


def test_an_edition_kept_before_there_was_a_kit_reads_back_without_one(edition):
    kept = edition.model_dump(mode="json")
    del kept["kit"], kept["welcome"]
    for texts in kept["texts"].values():
        del texts["kit"]
    older = Edition.model_validate(kept)
    assert not older.kit
    assert not older.welcome
    assert older.words().items == edition.words().items


def test_nothing_fits_only_by_accident():
    line = ForSome(roles=(PSW,), teams=(TeamKind.CARE,), stages=(STAGES[0],))
    assert [one for one in CHOICES if line.fits(one)] == [Choice(PSW, TeamKind.CARE, STAGES[0])]
    assert all(ForSome().fits(one) for one in CHOICES)


def broken(tmp_path, file, change):
    """The pack with one of its kit files changed."""
    folder = tmp_path / "eu-psw"
    shutil.copytree(STANDARD, folder)
    data = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
    change(data)
    (folder / file).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        load_pack(folder, ["en"])
    return "\n".join(map(str, refused.value.problems))


def first_line(data):
    return data["sheets"][0]["sections"][0]["lines"][0]


def test_a_line_without_an_item_or_with_an_unknown_one_is_refused(tmp_path):
    message = broken(tmp_path, "kit/sheets.yaml", lambda data: first_line(data).update(items=["A99"]))
    assert "“A99” is not an item of the pack" in message
    assert "kit/sheets.yaml, row" in message


def test_a_line_with_no_item_at_all_is_refused(tmp_path):
    assert "sheets.yaml" in broken(tmp_path, "kit/sheets.yaml", lambda data: first_line(data).update(items=[]))


def test_a_line_twice_a_role_nobody_knows_and_a_missing_word_are_refused(tmp_path):
    def change(data):
        lines = data["sheets"][0]["sections"][0]["lines"]
        lines.append(dict(lines[0]))
        lines[1]["roles"] = ["role.doctor"]
        lines[2]["id"] = "without-words"

    message = broken(tmp_path, "kit/sheets.yaml", change)
    assert "stands here a second time" in message
    assert "role.doctor" in message
    assert "without-words" in message


def test_words_for_what_is_not_in_the_kit_are_refused(tmp_path):
    def change(data):
        data["kit"]["role-card.nothing"] = {"title": "Nothing"}
        del data["kit"]["buddy"]

    message = broken(tmp_path, "kit/en.yaml", change)
    assert "role-card.nothing" in message
    assert "“buddy” has no text" in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": 3}, "do not belong to “before”"),
        ({"item": "A99"}, "A99"),
        ({"sheet": "nowhere"}, "the sheet “nowhere” is not in the kit"),
        ({"roles": ["nobody"]}, "nobody"),
    ],
)
def test_a_step_of_a_welcome_that_leads_nowhere_is_refused(tmp_path, change, said):
    assert said in broken(tmp_path, "welcome/steps.yaml", lambda data: data["welcome"][0].update(change))


def test_a_pack_without_a_kit_needs_no_words_for_one(edition):
    assert words_needed(edition.revised(kit={}, welcome={})) == {}
    assert key_of(edition.kit["buddy"], edition.kit["buddy"].sections[0]) in words_needed(edition)
