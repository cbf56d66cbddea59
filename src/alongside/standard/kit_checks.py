"""What the welcome kit of a pack must keep to: no line without an item, every line with its words, nothing odd."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.standard.edition import Edition
from alongside.standard.kit import (
    KIT,
    ROLES,
    TASK_WORDS,
    WORDS,
    ForSome,
    Phase,
    Section,
    Shape,
    Sheet,
    key_of,
    phase_key,
)

Finding = tuple[str, tuple[str | int, ...], str]


def kit_findings(edition: Edition) -> Iterator[Finding]:
    """Every place where sheets, steps of a welcome and their words contradict the pack or one another."""
    for sheet in edition.kit.values():
        yield from _sheet(edition, sheet)
    yield from _welcome(edition)
    yield from _words(edition)


def words_needed(edition: Edition) -> dict[str, set[str]]:
    """Key of a text → the lines it must have, for every text that the kit and the welcome need."""
    if not edition.kit and not edition.welcome:
        return {}
    needed: dict[str, set[str]] = {KIT: set(WORDS)}
    for sheet in edition.kit.values():
        needed[sheet.id] = set()
        for section in sheet.sections:
            own = TASK_WORDS if section.shape is Shape.TASKS else ()
            needed[key_of(sheet, section)] = {*own, *(line.id for line in section.lines)}
    if edition.welcome:
        needed |= {phase_key(phase): set() for phase in Phase} | {step: set() for step in edition.welcome}
    return needed


def _sheet(edition: Edition, sheet: Sheet) -> Iterator[Finding]:
    for place, section in enumerate(sheet.sections):
        if section.id in {other.id for other in sheet.sections[:place]}:
            yield sheet.id, ("sections", place), f"the section “{section.id}” stands here a second time"
        yield from _lines(edition, sheet, place, section)


def _lines(edition: Edition, sheet: Sheet, place: int, section: Section) -> Iterator[Finding]:
    for number, line in enumerate(section.lines):
        path = ("sections", place, "lines", number)
        if line.id in {other.id for other in section.lines[:number]}:
            yield sheet.id, path, f"the line “{line.id}” stands here a second time"
        for index, item in enumerate(line.items):
            if item not in edition.items:
                yield sheet.id, (*path, "items", index), f"“{item}” is not an item of the pack"
        yield from _roles(sheet.id, path, line)


def _welcome(edition: Edition) -> Iterator[Finding]:
    for step in edition.welcome.values():
        if step.item not in edition.items:
            yield step.id, ("item",), f"“{step.item}” is not an item of the pack"
        if step.sheet and step.sheet not in edition.kit:
            yield step.id, ("sheet",), f"the sheet “{step.sheet}” is not in the kit"
        if (step.days < 0) != (step.phase is Phase.BEFORE) or (step.days == 0) != (step.phase is Phase.FIRST_DAY):
            yield step.id, ("days",), f"{step.days} days from the first day on do not belong to “{step.phase}”"
        yield from _roles(step.id, (), step)


def _roles(key: str, path: tuple[str | int, ...], thing: ForSome) -> Iterator[Finding]:
    for index, role in enumerate(thing.roles):
        if role not in ROLES:
            yield key, (*path, "roles", index), f"“{role}” is none of the roles the kit knows ({', '.join(ROLES)})"


def _words(edition: Edition) -> Iterator[Finding]:
    needed, source = words_needed(edition), edition.words().kit
    for key in needed.keys() - source.keys():
        yield key, (), f"“{key}” has no text in the language “{edition.language}”"
    for language, texts in edition.texts.items():
        for key, text in texts.kit.items():
            if key not in needed:
                yield "", (), f"{language}.yaml has a text for “{key}”, which is not in the kit"
            elif set(text.lines) != needed[key]:
                odd = ", ".join(sorted(set(text.lines) ^ needed[key]))
                yield key, (), f"{language}.yaml: the lines of “{key}” are not those of the kit ({odd})"
