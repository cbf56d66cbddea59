"""Columns are known by their names in six languages, and health data by the names people give such columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.people_words import COLUMNS, HEADERS, Column, key, looks_like_health, plain, titles_in


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("E-Mail", Column.EMAIL),
        (" e mail ", Column.EMAIL),
        ("EMAIL ADDRESS", Column.EMAIL),
        ("e-mailadres", Column.EMAIL),
        ("E-postadresse", Column.EMAIL),
        ("Διεύθυνση e-mail", Column.EMAIL),
        ("ΡΟΛΟΣ", Column.ROLE),
        ("Rolle", Column.ROLE),
        ("Zespół", Column.TEAM),
        ("ΟΜΑΔΑ", Column.TEAM),
        ("Kind of  Team", Column.KIND),
        ("Rodzaj zespołu", Column.KIND),
        ("Imię i nazwisko", Column.NAME),
        ("Telefon", None),
    ],
)
def test_a_column_is_known_however_it_is_written(title, column):
    assert COLUMNS.get(key(title)) == column


def test_no_name_means_two_columns():
    names = [(key(name), column) for column, named in HEADERS.items() for names in named.values() for name in names]
    assert len({name for name, _ in names}) == len(set(names))


@pytest.mark.parametrize("language", ["en", "de", "nl", "nb", "pl", "el"])
def test_what_we_call_a_column_reads_back(language):
    titles = titles_in(language)
    assert {column: COLUMNS[key(title)] for column, title in titles.items()} == {column: column for column in Column}


def test_a_language_that_is_not_ours_gets_english():
    assert titles_in("xx") == titles_in("en") == titles_in(None)


@pytest.mark.parametrize(
    "title",
    [
        "Diagnosis", "Hauptdiagnose", "DIAGNOSE", "hoofddiagnose", "Rozpoznanie", "Διάγνωση", "ΔΙΑΓΝΩΣΗ", "ICD-10",
        "Medication", "Medikamente", "medicatie", "leki", "Φάρμακα", "Krankmeldung", "ziekteverzuim", "Sykefravær",
        "Choroby", "Θεραπεία", "Health notes", "Zdrowie psychiczne", "Psykisk helse", "Lived experience", "Behinderung",
        "Niepełnosprawność", "Hospital stays", "Patient no.",
    ],
)  # fmt: skip
def test_health_data_is_seen_by_its_name(title):
    assert looks_like_health(title)


@pytest.mark.parametrize(
    "title",
    ["Phone", "Telefon", "Lektor", "Besuchte Kurse", "Afdeling", "Wykształcenie", "Παρατηρήσεις", "Fysikk", "Start"],
)
def test_ordinary_columns_are_not_called_health_data(title):
    assert not looks_like_health(title)


@given(st.text())
def test_comparing_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
    assert key(key(text)) == key(text)
