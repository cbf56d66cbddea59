"""The readiness questions as a workbook: one sheet for each perspective, one row for each person or joint answer.

It reads back in with `alongside assess`, also when LibreOffice has saved it in between or a sheet was saved as CSV.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from alongside.documents.xlsx_book import head_format, open_book
from alongside.rules.selection import distribute
from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Stage

ROWS = {"official": 1, "named": 12, "sealed": 40}
"""Rows to fill in, by the regime of the perspective: an office gives one joint answer, the private give none."""
DONT_KNOW, NOT_APPLICABLE = "I don't know", "Does not apply here"
QUESTIONS, SCALES = "Questions", "Scales"
"""Sheets that hold no answers; reading back in passes over them."""
MOST_IN_A_MESSAGE = 250
MOST_IN_A_TITLE = 30


def template(
    edition: Edition, instrument: str, *, stage: Stage, roles: Sequence[str] = (), modules: bool = False
) -> bytes:
    """The workbook as the content of an .xlsx file; nobody is shown more than the instrument's limit."""
    shown = distribute(edition, instrument, stage=stage, roles=roles, modules=modules)
    content = BytesIO()
    with open_book(content) as book:
        book.set_properties({"title": edition.words().instruments[instrument].title, "comments": _origin(edition)})
        places = _scale_sheet(book, edition)
        for perspective, criteria in shown.items():
            if criteria and edition.perspectives[perspective].regime in ROWS:
                _answer_sheet(book, edition, perspective, criteria, places)
        _question_sheet(book, edition, shown)
        book.get_worksheet_by_name(SCALES).hide()
    return content.getvalue()


def _origin(edition: Edition) -> str:
    return f"{edition.pack} {edition.version}, CC BY-NC-SA 4.0"


def _scale_sheet(book: Any, edition: Edition) -> dict[str, str]:
    """A sheet that only the drop-down lists read; returns for each scale where its answers stand."""
    sheet, places = book.add_worksheet(SCALES), {}
    for column, (scale, text) in enumerate(edition.words().scales.items()):
        answers = [*text.answers, DONT_KNOW, NOT_APPLICABLE]
        sheet.write_column(0, column, answers)
        letter = chr(ord("A") + column)
        places[scale] = f"={SCALES}!${letter}$1:${letter}${len(answers)}"
    return places


def _answer_sheet(
    book: Any, edition: Edition, perspective: str, criteria: Sequence[Criterion], places: dict[str, str]
) -> None:
    words = edition.words()
    head = head_format(book)
    sheet = book.add_worksheet(words.perspectives[perspective].title[:MOST_IN_A_TITLE])
    rows = ROWS[edition.perspectives[perspective].regime]
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, len(criteria), 26)
    sheet.write_string(0, 0, "perspective", head)
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, words.perspectives[perspective].title)
    for column, criterion in enumerate(criteria, 1):
        sheet.write_string(0, column, criterion.id, head)
        sheet.write_comment(0, column, words.criteria[criterion.id].question, {"x_scale": 2})
        sheet.data_validation(1, column, rows, column, _choice(edition, criterion, places))


def _choice(edition: Edition, criterion: Criterion, places: dict[str, str]) -> dict[str, Any]:
    """A drop-down list that shows the question while one chooses; numbers may be typed as well."""
    question = edition.words().criteria[criterion.id].question
    return {
        "validate": "list",
        "source": places[criterion.scale],
        "input_title": criterion.id[:MOST_IN_A_TITLE],
        "input_message": question[:MOST_IN_A_MESSAGE],
        "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": "Choose from the list, or type the number of the step as on the sheet Questions.",
    }


def _question_sheet(book: Any, edition: Edition, shown: dict[str, tuple[Criterion, ...]]) -> None:
    """Every question in full, to read and to print."""
    words, sheet = edition.words(), book.add_worksheet(QUESTIONS)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    head = head_format(book)
    sheet.write_row(0, 0, ["id", "question", "0", "1", "2", "3", "4"], head)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 6, 34)
    sheet.freeze_panes(1, 1)
    asked = {criterion.id: criterion for criteria in shown.values() for criterion in criteria}
    ordered = [criterion for id_, criterion in edition.criteria.items() if id_ in asked]
    for row, criterion in enumerate(ordered, 1):
        text = words.criteria[criterion.id]
        steps = text.steps or words.scales[criterion.scale].answers
        for column, value in enumerate([criterion.id, text.question, *steps]):
            sheet.write_string(row, column, value, wrap)
