"""From the cells of a table to answers: what each cell means, and one clear message where it means nothing.

Pure: the table comes as header and rows of text. Columns that an instrument leaves alone are not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from alongside.rules.scoring import Answers, Asked
from alongside.rules.tallies import Answer
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.surveys import Group, Question, Survey, plain

NOT_GIVEN = "(not given)"
UNNAMED = "the instrument does not name it"
ONLY_FOR_GROUPS = "read only when results are shown by it"
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")


class Tabular(Protocol):
    """A table as `documents/tables.py` reads it: text in cells, `first_row` the row number of rows[0] in the file."""

    @property
    def name(self) -> str: ...
    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> list[tuple[str, ...]]: ...
    @property
    def first_row(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers, and what became of each column: used (column, question or group) or left alone (column, why)."""

    answers: Answers
    used: tuple[tuple[str, str], ...]
    left_alone: tuple[tuple[str, str], ...]


def read_answers(survey: Survey, tables: Sequence[Tabular], *, by: str | None = None) -> Reading:
    """The answers that `tables` hold, one row a person, grouped by the group or column called `by`.

    Raises `BadInput`, naming table, row and column, for columns and answers that the survey does not know.
    """
    group = _group(survey, tables[0].name, by)
    columns: dict[str, list[Answer]] = {question.id: [] for question in survey.questions}
    groups: list[str] = []
    used: dict[str, str] = {}
    left: dict[str, str] = {}
    for table in tables:
        places = _places(survey, table)
        filled = _filled(survey, table, places)
        for question in survey.questions:
            place = places.get(plain(question.column))
            columns[question.id] += [None] * len(filled) if place is None else _coded(question, table, place, filled)
            if place is not None:
                used[table.header[place]] = question.id
        if group:
            groups += _grouped(group, table, places[plain(group.column)], filled)
            used[table.header[places[plain(group.column)]]] = group.id
        left |= {column: why for column, why in _left_alone(survey, table).items() if column not in used}
    if not any(map(len, columns.values())):
        file = tables[0].name.partition(", sheet ")[0]
        raise BadInput(Problem(file, "has no answers in it; fill in at least one row"))
    answers = Answers(
        questions=tuple(Asked(q.id, q.item, q.scale, q.labels, q.ordered) for q in survey.questions),
        columns=columns,
        rows=len(next(iter(columns.values()))),
        groups=groups if group else None,
        official=frozenset(group.open_groups) if group else frozenset(),
    )
    return Reading(answers, tuple(used.items()), tuple(left.items()))


def _group(survey: Survey, file: str, by: str | None) -> Group | None:
    """The group called `by`; refuses a column that is left alone or unknown."""
    if by is None:
        return None
    for group in survey.groups:
        if plain(by) in {plain(group.id), plain(group.column)}:
            return group
    known = ", ".join(group.id for group in survey.groups) or "nothing (this instrument has no groups)"
    for rule in survey.left_alone:
        if plain(by) in map(plain, rule.columns):
            raise BadInput(
                Problem(file, f"results are not shown by this column, it is left alone: {rule.why}", None, by)
            )
    raise BadInput(Problem(file, f"is no group of {survey.id}; results can be shown by {known}", None, by))


def _places(survey: Survey, table: Tabular) -> dict[str, int]:
    """Where each column stands; refuses a table that lacks one it must have, or has one that means nothing."""
    places = {plain(name): index for index, name in enumerate(table.header)}
    wanted = {plain(column): column for column in _columns(survey)}
    missing = [column for plain, column in wanted.items() if plain not in places]
    for plainly, column in wanted.items():
        if f"{plainly} (2)" in places:
            raise BadInput(Problem(table.name, "the column stands twice; take one of them out", 1, column))
    if survey.whole and missing:
        raise BadInput(
            Problem(
                table.name, "the column is missing; was it renamed? The names must be as in the survey", 1, missing[0]
            )
        )
    if survey.whole:
        return places
    unknown = [name for name in table.header if plain(name) not in wanted]
    if unknown:
        message = f"is no column of {survey.id}; correct its name or take it out"
        raise BadInput(*(Problem(table.name, message, 1, name) for name in unknown))
    for column in survey.prefilled:
        if plain(column) not in places:
            raise BadInput(Problem(table.name, "the column is missing; put it back", 1, column))
    return places


def _columns(survey: Survey) -> list[str]:
    return [q.column for q in survey.questions] + [group.column for group in survey.groups]


def _filled(survey: Survey, table: Tabular, places: dict[str, int]) -> list[int]:
    """The rows that someone filled in: anything at all stands in them beside what was there before."""
    spared = [places[plain(column)] for column in survey.prefilled]
    if not spared:
        return [index for index, row in enumerate(table.rows) if any(row)]
    kept = [index for index in range(len(table.header)) if index not in spared]
    return [index for index, row in enumerate(table.rows) if any(row[place].strip() for place in kept)]


def _coded(question: Question, table: Tabular, place: int, filled: Sequence[int]) -> list[Answer]:
    meaning: dict[str, Answer] = {"": None}
    coded: list[Answer] = []
    for index in filled:
        cell = table.rows[index][place]
        if cell not in meaning:
            meaning[cell] = _meaning(question, table, index, cell)
        coded.append(meaning[cell])
    return coded


def _meaning(question: Question, table: Tabular, index: int, cell: str) -> Answer:
    text = plain(cell)
    if not text:
        return None
    number = _WHOLE_NUMBER.fullmatch(text)
    key = number[1] if number else text
    if key in question.answers:
        return question.answers[key]
    apart = {code: answer for answer, code in reversed(question.answers.items()) if not isinstance(code, int)}
    known = ", ".join(f"“{answer}”" for answer in (*question.labels, *apart.values()))
    message = f"“{cell[:60]}” is not an answer to this question; it can be {known}, or empty"
    raise BadInput(Problem(table.name, message, table.first_row + index, question.column))


def _grouped(group: Group, table: Tabular, place: int, filled: Sequence[int]) -> list[str]:
    names = {plain(name): id_ for name, id_ in group.names.items()} | {plain(i): i for i in group.names.values()}
    found = []
    for index in filled:
        cell = table.rows[index][place].strip()
        if names and cell and plain(cell) not in names:
            known = ", ".join(f"“{name}”" for name in group.names)
            message = f"“{cell[:60]}” is none of {known}"
            raise BadInput(Problem(table.name, message, table.first_row + index, group.column))
        found.append((names[plain(cell)] if names else cell) if cell else NOT_GIVEN)
    return found


def _left_alone(survey: Survey, table: Tabular) -> dict[str, str]:
    """The table's columns that nothing is read from, with the reason."""
    asked = {plain(question.column) for question in survey.questions}
    reasons = {plain(column): rule.why for rule in survey.left_alone for column in rule.columns}
    reasons |= {plain(group.column): ONLY_FOR_GROUPS for group in survey.groups}
    return {name: reasons.get(plain(name), UNNAMED) for name in table.header if plain(name) not in asked}
