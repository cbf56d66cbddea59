"""What the pages of the standard show, laid out for reading: parts, items, the table of tasks, the glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, AnyItem, Cell, Force, Item, Level, Task
from alongside.standard.search import Hit, marked, sentences
from alongside.standard.texts import ItemText
from alongside.web.reading import Link, Reader, Row, Wording, alphabetical
from alongside.web.templatetags.words import kind_name, kind_names

# Kinds that hold others together, or of which there is one: they say little in a count.
_UNCOUNTED = {"group", "area", "level", "overarching-competence"}

BESIDE = 6
"""So many links stand at the side of a page; more are part of what there is to read."""


class Section(NamedTuple):
    """Some of a part's items under one heading: an item's own, or that of their kind where they share no parent."""

    anchor: str
    heading: str
    row: Row | None
    rows: tuple[Row, ...]


class PartPage(NamedTuple):
    """A part as one page to read; on the overview only its first sentence, and no sections."""

    item: Item
    link: Link
    text: ItemText
    wording: Wording
    counts: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...] = ()


class Point(NamedTuple):
    """One aspect of an item, with its own force."""

    text: str
    force: Force


class Question(NamedTuple):
    """A question about an item, its answers (lowest first) and who can know. `ordered`: each answer is a step."""

    text: str
    point: str
    answers: tuple[str, ...]
    ordered: bool
    first_move: str
    known_by: tuple[str, ...]
    lang: str


class ItemPage(NamedTuple):
    """All there is to say about one item."""

    item: AnyItem
    link: Link
    text: ItemText
    wording: Wording
    trail: tuple[Link, ...]
    points: tuple[Point, ...]
    cells: tuple[tuple[Link, Cell], ...]
    sources: tuple[tuple[str, tuple[str, ...]], ...]
    roles: tuple[Link, ...]
    references: tuple[Row, ...]
    related: tuple[Link, ...]
    pointing: tuple[Link, ...]
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]
    before: Link | None
    after: Link | None
    overlay: str

    @property
    def has_body(self) -> bool:
        """Whether there is more than a title, a sentence and where it stands."""
        parts = (self.text.why, self.points, self.cells, self.rows, self.questions, self.much_points_here)
        return any(parts)

    @property
    def much_points_here(self) -> bool:
        """Whether what leads here is too much to stand at the side."""
        return len(self.pointing) > BESIDE


class Area(NamedTuple):
    """A task area and its rows in the table of tasks, one cell for each level."""

    link: Link
    tasks: tuple[tuple[Link, tuple[Cell, ...]], ...]


class Result(NamedTuple):
    """An item that a search found: its title and its sentence in pieces, each with whether the query meets it."""

    link: Link
    kind: str
    part: Link
    title: tuple[tuple[str, bool], ...]
    sentence: tuple[tuple[str, bool], ...]


class Matrix(NamedTuple):
    """The table of tasks: levels across, tasks down."""

    levels: tuple[tuple[Link, Level], ...]
    areas: tuple[Area, ...]
    wording: Wording


class Glossary(NamedTuple):
    """The words that the standard explains."""

    entries: tuple[tuple[Link, ItemText], ...]
    wording: Wording


def parts(edition: Edition, language: str) -> tuple[PartPage, ...]:
    """Every part with its first sentence, for the overview."""
    return tuple(_opening(Reader(edition, language), part) for part in edition.children(None))


def part_page(edition: Edition, language: str, part: str) -> PartPage:
    """A part, laid out in sections."""
    reader, item = Reader(edition, language), edition.items[part]
    return PartPage(
        item=item,
        link=reader.link(part),
        text=reader.words.items[part],
        wording=reader.wording([part, *(found.id for found in edition.under(part))]),
        counts=_counts(edition, part),
        sections=tuple(_sections(reader, part)),
    )


def item_page(edition: Edition, language: str, id_: str) -> ItemPage:
    """An item with everything that belongs to it and everything that leads to it."""
    reader, item = Reader(edition, language), edition.items[id_]
    before, after = _beside(reader, item)
    text = reader.words.items[id_]
    return ItemPage(
        item=item,
        link=reader.link(id_),
        text=text,
        wording=reader.wording([id_]),
        trail=reader.links(above.id for above in edition.trail(id_)[:-1]),
        points=tuple(Point(text.points[aspect], force) for aspect, force in item.aspects.items()),
        cells=_cells(reader, item),
        sources=_sources(edition, item),
        roles=reader.links(item.roles),
        references=tuple(map(reader.row, item.references)),
        related=reader.links(item.related),
        pointing=reader.links(other.id for other in edition.pointing_at(id_) if other.id not in item.related),
        rows=reader.rows_under(id_),
        questions=tuple(_question(reader, criterion) for criterion in edition.criteria_of(id_)),
        before=before,
        after=after,
        overlay=edition.laid_over.get(id_, ""),
    )


def matrix(edition: Edition, language: str) -> Matrix:
    """The fourteen tasks at three levels, by area."""
    reader = Reader(edition, language)
    levels = tuple((reader.link(level.id), level) for level in edition.of_kind("level") if isinstance(level, Level))
    areas = tuple(
        Area(
            reader.link(area.id),
            tuple(
                (reader.link(task.id), _by_level(task)) for task in edition.children(area.id) if isinstance(task, Task)
            ),
        )
        for area in edition.of_kind("area")
    )
    return Matrix(levels, areas, reader.wording(task.id for task in edition.of_kind("task", "area")))


def glossary(edition: Edition, language: str) -> Glossary:
    """The words that the standard explains, in the order of the language's alphabet."""
    reader = Reader(edition, language)
    ids = [concept.id for concept in edition.of_kind("concept")]
    entries = [(reader.link(id_), reader.words.items[id_]) for id_ in ids]
    entries.sort(key=lambda entry: alphabetical(entry[0].title, language))
    return Glossary(tuple(entries), reader.wording(ids))


def results(edition: Edition, language: str, query: str, hits: Iterable[Hit]) -> tuple[Result, ...]:
    """The items that were found, each with the part it stands in."""
    reader = Reader(edition, language)
    return tuple(
        Result(
            link=reader.link(hit.item),
            kind=edition.items[hit.item].kind,
            part=reader.link(edition.trail(hit.item)[0].id),
            title=tuple(marked(reader.words.items[hit.item].title, query)),
            sentence=tuple(marked(hit.sentence, query)),
        )
        for hit in hits
    )


def _opening(reader: Reader, part: Item) -> PartPage:
    text = reader.words.items[part.id]
    first = text.model_copy(update={"text": next(iter(sentences(text.text)), "")})
    return PartPage(part, reader.link(part.id), first, reader.wording([part.id]), _counts(reader.edition, part.id))


def _counts(edition: Edition, part: str) -> tuple[tuple[str, int], ...]:
    """How many of each kind a part has; what the source names only in passing is not counted."""
    counted = (item.kind for item in edition.under(part) if not (isinstance(item, Advice) and item.extra))
    return tuple((kind, n) for kind, n in Counter(counted).items() if kind not in _UNCOUNTED)


def _sections(reader: Reader, part: str) -> Iterator[Section]:
    """A section for each child that has children, and one for each run of the others that are of one kind."""
    for kind, rows in groupby(reader.rows_under(part), key=lambda row: "" if row.rows else row.item.kind):
        run = tuple(rows)
        if kind:
            yield Section(kind, (kind_names if len(run) > 1 else kind_name)(kind), None, run)
        else:
            yield from (Section(row.link.id, row.link.title, row, row.rows) for row in run)


def _beside(reader: Reader, item: Item) -> tuple[Link | None, Link | None]:
    """The items before and after it under the same parent."""
    siblings = [sibling.id for sibling in reader.edition.children(item.parent)]
    place = siblings.index(item.id)
    before, after = siblings[:place][-1:], siblings[place + 1 :][:1]
    return (reader.link(before[0]) if before else None, reader.link(after[0]) if after else None)


def _cells(reader: Reader, item: Item) -> tuple[tuple[Link, Cell], ...]:
    if not isinstance(item, Task):
        return ()
    levels = reader.links(level.id for level in reader.edition.of_kind("level"))
    return tuple(zip(levels, _by_level(item), strict=True))


def _by_level(task: Task) -> tuple[Cell, ...]:
    return tuple(task.cells[level] for level in sorted(task.cells))


def _sources(edition: Edition, item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sections an item rests on, by the title of their document."""
    found: dict[str, list[str]] = {}
    for source in item.source:
        found.setdefault(edition.documents[source.document].title, []).append(source.section)
    return tuple((title, tuple(sections)) for title, sections in found.items())


def _question(reader: Reader, criterion: Criterion) -> Question:
    words, scale = reader.words, reader.edition.scales[criterion.scale]
    text = words.criteria[criterion.id]
    return Question(
        text=text.question,
        point=words.items[criterion.item].points.get(criterion.aspect, ""),
        answers=text.steps if scale.described else words.scales[scale.id].answers,
        ordered=scale.ordered,
        first_move=text.next,
        known_by=tuple(words.perspectives[who].title for who in criterion.known_by),
        lang=reader.lang("criteria", criterion.id),
    )
