"""An empty workbook for people to bring in: our columns, and lists to choose roles and kinds of team from.

`xlsx_book` writes tables of what is known; this one is to be filled in, and its lists keep most faults from being made.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from alongside.documents.xlsx_book import head_format, open_book
from alongside.rules.people_words import Column, titles_in

ROWS = 1000
"""How far down the lists reach; more rows may be filled in."""
LONGEST_TITLE = 31
WIDTHS = {Column.NAME: 24, Column.EMAIL: 32, Column.ROLE: 28, Column.TEAM: 24, Column.KIND: 28}


def people_workbook(
    language: str | None, roles: Sequence[str], kinds: Sequence[str], *, sheets: tuple[str, str] = ("1", "2")
) -> bytes:
    """The workbook as the content of an .xlsx file; `roles` and `kinds` are what may be chosen, in that language.

    `sheets`: what the sheet to fill in and the one with the lists are called.
    """
    titles, content = titles_in(language), BytesIO()
    with open_book(content) as book:
        head = head_format(book)
        sheet, lists = (book.add_worksheet(name[:LONGEST_TITLE]) for name in sheets)
        sheet.freeze_panes(1, 0)
        for place, (column, title) in enumerate(titles.items()):
            sheet.set_column(place, place, WIDTHS[column])
            sheet.write_string(0, place, title, head)
        places = list(titles)
        for number, (column, choices) in enumerate(((Column.ROLE, roles), (Column.KIND, kinds))):
            place = places.index(column)
            sheet.data_validation(1, place, ROWS, place, _list(lists, number, titles[column], choices, head))
    return content.getvalue()


def _list(lists: Any, column: int, title: str, choices: Sequence[str], head: Any) -> dict[str, Any]:
    """Writes what may be chosen onto the second sheet; returns the drop-down list that reads it."""
    lists.set_column(column, column, 44)
    lists.write_string(0, column, title, head)
    for row, choice in enumerate(choices, 1):
        lists.write_string(row, column, choice)
    letter = chr(ord("A") + column)
    quoted = lists.get_name().replace("'", "''")
    source = f"='{quoted}'!${letter}$2:${letter}${len(choices) + 1}"
    return {"validate": "list", "source": source, "error_type": "warning"}
