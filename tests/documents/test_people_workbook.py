"""The empty workbook for people: our columns in every language, and lists that read back."""

from __future__ import annotations

import pytest
from django.conf import settings

from alongside.documents.people_workbook import people_workbook
from alongside.documents.tables import read_tables
from alongside.rules.people_words import COLUMNS, Column, key


@pytest.mark.parametrize("language", [language for language, _ in settings.LANGUAGES])
def test_its_columns_are_understood_in_every_language(tmp_path, language):
    path = tmp_path / "people.xlsx"
    path.write_bytes(
        people_workbook(language, ["board", "peer worker"], ["care team"], sheets=("Mensen", "Rollen d'hier"))
    )
    people, lists = read_tables(path)
    assert [COLUMNS[key(title)] for title in people.header] == list(Column)
    assert people.rows == []
    assert [COLUMNS[key(title)] for title in lists.header] == [Column.ROLE, Column.KIND]
    assert lists.rows == [("board", "care team"), ("peer worker", "")]
