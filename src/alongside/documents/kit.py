"""The sheets of the welcome kit as documents, for one role, kind of team, stage and organisation. Needs no database.

A sheet is in one language from top to bottom: in the wanted one if the pack has all of its words there, else in the
pack's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from alongside.documents.blocks import Blank, Block, Columns, Document, Heading, NewPage, Paragraph, Point, Points, Rows
from alongside.standard.edition import Edition
from alongside.standard.items import Confidence, Task
from alongside.standard.kit import KIT, ROLES, Choice, Fact, Line, Section, Shape, Sheet, key_of
from alongside.standard.texts import KitText, Texts


def sheet(edition: Edition, language: str, sheet_id: str, choice: Choice) -> Document:
    """One sheet. Raises KeyError for a sheet that the edition does not have."""
    found = edition.kit[sheet_id]
    words = _words(edition, language, (found,))
    return Document(
        title=words.kit[sheet_id].title,
        language=words.language,
        blocks=tuple(_Writer(edition, words, choice).sheet(found)),
        eyebrow=_for_whom(words, choice),
        lead=words.kit[sheet_id].text,
        foot=words.kit[KIT].lines["foot"],
        one_sheet=found.sides == 1,
    )


def whole(edition: Edition, language: str, choice: Choice) -> Document:
    """All sheets as one document, each on a side of its own, after a page that says which there are."""
    sheets = tuple(edition.kit.values())
    words = _words(edition, language, sheets)
    writer = _Writer(edition, words, choice, depth=1)
    blocks: list[Block] = [
        Points(tuple(Point(f"{words.kit[one.id].title}. {words.kit[one.id].text}") for one in sheets))
    ]
    for one in sheets:
        text = words.kit[one.id]
        blocks += [NewPage(), Heading(text.title), Paragraph(text.text), *writer.sheet(one)]
    text = words.kit[KIT]
    return Document(
        text.title, words.language, tuple(blocks), _for_whom(words, choice, named=False), text.text, text.lines["foot"]
    )


def items_of(edition: Edition, sheet_id: str, choice: Choice) -> tuple[str, ...]:
    """The items that the lines of a sheet rest on, each once, in the order of the standard."""
    lines = (line for section in edition.kit[sheet_id].sections for line in section.lines if line.fits(choice))
    used = {item for line in lines for item in line.items}
    return tuple(item for item in edition.items if item in used)


def _words(edition: Edition, language: str, sheets: tuple[Sheet, ...]) -> Texts:
    keys = [KIT, *(one.id for one in sheets), *(key_of(one, section) for one in sheets for section in one.sections)]
    items = list(ROLES)
    if any(section.shape is Shape.TASKS for one in sheets for section in one.sections):
        items += [task.id for task in edition.of_kind("task")]
    whole = all(edition.translated(language, "kit", key) for key in keys)
    whole = whole and all(edition.translated(language, "items", item) for item in items)
    return edition.words(language if whole else None)


def _for_whom(words: Texts, choice: Choice, *, named: bool = True) -> str:
    """The line above the title: which kit, for which role and where."""
    kit = words.kit[KIT].title if named else ""
    places = (kit, words.items[choice.role].title, choice.team_name, choice.organisation)
    return " · ".join(place for place in places if place)


class _Writer:
    """Turns sections into blocks. `depth`: how many levels deeper than usual their headings are."""

    def __init__(self, edition: Edition, words: Texts, choice: Choice, depth: int = 0) -> None:
        self.edition, self.words, self.choice, self.level = edition, words, choice, 2 + depth

    def sheet(self, sheet: Sheet) -> Iterator[Block]:
        """The blocks of a sheet, without its title."""
        parts = [(section, self._lines(section)) for section in sheet.sections]
        filled = [(section, lines) for section, lines in parts if lines]
        for column, group in groupby(filled, key=lambda part: part[0].shape is Shape.COLUMN):
            together = [(self.words.kit[key_of(sheet, section)], section, lines) for section, lines in group]
            if column:
                yield Columns(tuple((text.title, _points(text, lines)) for text, _, lines in together))
                continue
            for text, section, lines in together:
                yield Heading(text.title, self.level)
                if text.text:
                    yield Paragraph(text.text, quiet=True)
                yield from self._shapes[section.shape](self, text, lines)

    def _lines(self, section: Section) -> tuple[Line, ...]:
        return tuple(line for line in section.lines if line.fits(self.choice))

    def _listed(self, text: KitText, lines: tuple[Line, ...]) -> Iterator[Block]:
        yield Points(_points(text, lines))

    def _ticked(self, text: KitText, lines: tuple[Line, ...]) -> Iterator[Block]:
        yield Points(_points(text, lines), ticks=True)

    def _blanks(self, text: KitText, lines: tuple[Line, ...]) -> Iterator[Block]:
        known = [(line, self._known(line.fact)) for line in lines]
        if filled := tuple(Point(f"{text.lines[line.id]}: {value}") for line, value in known if value):
            yield Points(filled)
        for line, value in known:
            if not value:
                yield Blank(text.lines[line.id], line.lines)

    def _known(self, fact: Fact | None) -> str:
        match fact:
            case Fact.ORGANISATION:
                return self.choice.organisation
            case Fact.TEAM:
                return self.choice.team_name
            case Fact.ROLE:
                return self.words.items[self.choice.role].title
        return ""

    def _tasks(self, text: KitText, lines: tuple[Line, ...]) -> Iterator[Block]:
        """A table of the tasks to mark; with the emphasis at the chosen level, as sure as the source is."""
        level = self.choice.level
        marks = ("from-start", "later", "not-here")
        head = [text.lines["task"], *([f"{text.lines['emphasis']} {level}"] if level else [])]
        tasks = [item for item in self.edition.items.values() if isinstance(item, Task)]
        rows = tuple(
            (self.words.items[task.id].title, *([_emphasis(text, task, level)] if level else []), "", "", "")
            for task in tasks
        )
        caption = " ".join(text.lines[line.id] for line in lines)
        yield Rows(caption, (*head, *(text.lines[mark] for mark in marks)), rows)

    _shapes: dict[Shape, Callable[[_Writer, KitText, tuple[Line, ...]], Iterator[Block]]] = {
        Shape.POINTS: _listed,
        Shape.QUESTIONS: _listed,
        Shape.TICKS: _ticked,
        Shape.BLANKS: _blanks,
        Shape.TASKS: _tasks,
    }


def _points(text: KitText, lines: tuple[Line, ...]) -> tuple[Point, ...]:
    return tuple(Point(text.lines[line.id], line.items[0]) for line in lines)


def _emphasis(text: KitText, task: Task, level: int) -> str:
    """The emphasis of a task at a level in words; a mark that is lost is never a zero."""
    cell = task.cells[level]
    if cell.emphasis is None:
        return text.lines["not-stated"]
    said = text.lines["of"].format(emphasis=cell.emphasis) if cell.emphasis else text.lines["none"]
    return f"{said} ({text.lines['inferred']})" if cell.confidence is Confidence.INFERRED else said
