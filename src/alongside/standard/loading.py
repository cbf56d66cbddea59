"""Loads a pack from its folder: small files, one folder for each part, one file for each language.

    pack.yaml                    what the pack is, its parts in reading order
    asking.yaml, en.yaml …       scales, perspectives and instruments, and their words
    PART/items.yaml              the items of a part
    PART/criteria.yaml           what can be asked about them
    PART/steps.yaml              templates of what can be done about them
    PART/en.yaml, PART/nl.yaml … their words, one file for each language
    kit/, welcome/               the sheets of the welcome kit, the steps of a welcome, and their words

Whatever is wrong is said with file, row and column (`BadInput`); nothing half-read is returned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from alongside.standard.asking import Criterion, Instrument, Perspective, Scale
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.checks import check
from alongside.standard.edition import Document, Edition
from alongside.standard.items import AnyItem, Frozen
from alongside.standard.kit import Sheet, WelcomeStep
from alongside.standard.steps import StepTemplate
from alongside.standard.texts import SECTIONS, Texts
from alongside.standard.yaml_reader import YamlFile

PACKS = Path(__file__).parent / "packs"
STANDARD = PACKS / "eu-psw"


class PackFile(Frozen):
    """pack.yaml."""

    id: str
    version: str
    language: str
    documents: dict[str, Document]
    parts: tuple[str, ...]
    successors: dict[str, str] = {}


class ItemsFile(Frozen):
    """items.yaml of a part."""

    items: tuple[AnyItem, ...]


class CriteriaFile(Frozen):
    """criteria.yaml of a part."""

    criteria: tuple[Criterion, ...]


class StepsFile(Frozen):
    """steps.yaml of a part."""

    steps: tuple[StepTemplate, ...]


class KitFile(Frozen):
    """kit/sheets.yaml."""

    sheets: tuple[Sheet, ...]


class WelcomeFile(Frozen):
    """welcome/steps.yaml."""

    welcome: tuple[WelcomeStep, ...]


class AskingFile(Frozen):
    """asking.yaml."""

    scales: tuple[Scale, ...]
    perspectives: tuple[Perspective, ...]
    instruments: tuple[Instrument, ...]


Keyed = TypeVar("Keyed", AnyItem, Criterion, StepTemplate, Sheet, WelcomeStep, Scale, Perspective, Instrument)


class _Reading:
    """The files of a pack while they are read, and where each id stands in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, tuple[YamlFile, tuple[str | int, ...]]] = {}

    def open(self, *names: str) -> YamlFile:
        path = self.folder.joinpath(*names)
        return YamlFile(path, str(Path(self.folder.name, *names)))

    def open_if_there(self, *names: str) -> YamlFile | None:
        return self.open(*names) if self.folder.joinpath(*names).exists() else None

    def keyed(self, values: Iterable[Keyed], file: YamlFile, section: str) -> dict[str, Keyed]:
        """The values by id; raises `BadInput` for an id that stands in the pack already."""
        found: dict[str, Keyed] = {}
        for index, value in enumerate(values):
            place = (section, index)
            if value.id in self.files:
                other = self.where(value.id)
                first = f"{other.file}, row {other.row}"
                raise BadInput(
                    file.problem(f"the id “{value.id}” stands already in {first}; ids are used once", *place)
                )
            self.files[value.id] = (file, place)
            found[value.id] = value
        return found

    def where(self, key: str, *path: str | int, message: str = "") -> Problem:
        if key not in self.files:
            return Problem(str(Path(self.folder.name)), message)
        file, place = self.files[key]
        return file.problem(message, *place, *path)


def load_pack(
    folder: Path, languages: Sequence[str] | None = None, *, known: Mapping[str, Collection[str]] | None = None
) -> Edition:
    """The edition in `folder`, with the source language and `languages` (all there are when None).

    `known` names the rules and indicators that exist, so that what items name is checked against them.
    Raises `BadInput` for a pack that is broken or contradicts itself.
    """
    reading = _Reading(folder)
    pack = reading.open("pack.yaml").as_model(PackFile)
    asking_file = reading.open("asking.yaml")
    asking = asking_file.as_model(AskingFile)
    items: dict[str, AnyItem] = {}
    criteria: dict[str, Criterion] = {}
    steps: dict[str, StepTemplate] = {}
    for part in pack.parts:
        file = reading.open(part, "items.yaml")
        items |= reading.keyed(file.as_model(ItemsFile).items, file, "items")
        if asked := reading.open_if_there(part, "criteria.yaml"):
            criteria |= reading.keyed(asked.as_model(CriteriaFile).criteria, asked, "criteria")
        if done := reading.open_if_there(part, "steps.yaml"):
            steps |= reading.keyed(done.as_model(StepsFile).steps, done, "steps")
    edition = Edition(
        pack=pack.id,
        version=pack.version,
        language=pack.language,
        documents=pack.documents,
        items=items,
        criteria=criteria,
        scales=reading.keyed(asking.scales, asking_file, "scales"),
        perspectives=reading.keyed(asking.perspectives, asking_file, "perspectives"),
        instruments=reading.keyed(asking.instruments, asking_file, "instruments"),
        texts=_texts(reading, pack, languages),
        steps=steps,
        kit=_kit(reading),
        welcome=_welcome(reading),
        successors=pack.successors,
        overlays=(),
        laid_over={},
    )
    check(edition, reading.where, known)
    return edition


@cache
def standard() -> Edition:
    """The European standard as this release carries it, in all languages, loaded once."""
    return load_pack(STANDARD)


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages a pack has files for, by name of language."""
    return tuple(sorted({path.stem for path in folder.glob("**/??.yaml")}))


def _kit(reading: _Reading) -> dict[str, Sheet]:
    """The sheets of the welcome kit; a pack without the file has none."""
    file = reading.open_if_there("kit", "sheets.yaml")
    return reading.keyed(file.as_model(KitFile).sheets, file, "sheets") if file else {}


def _welcome(reading: _Reading) -> dict[str, WelcomeStep]:
    """The steps of a welcome; a pack without the file has none."""
    file = reading.open_if_there("welcome", "steps.yaml")
    return reading.keyed(file.as_model(WelcomeFile).welcome, file, "welcome") if file else {}


def _texts(reading: _Reading, pack: PackFile, languages: Sequence[str] | None) -> dict[str, Texts]:
    wanted = languages_in(reading.folder) if languages is None else languages
    source = _language(reading, pack, pack.language)
    others = {tag: _language(reading, pack, tag) for tag in wanted if tag != pack.language}
    return {pack.language: source} | {tag: texts.fresh(source) for tag, texts in others.items()}


def _language(reading: _Reading, pack: PackFile, language: str) -> Texts:
    """The texts of all parts in one language; a part without a file has none."""
    whole = Texts(language=language)
    for part in (".", *pack.parts, "kit", "welcome"):
        if (reading.folder / part / f"{language}.yaml").exists():
            file = reading.open(part, f"{language}.yaml")
            texts = file.as_model(Texts)
            if texts.language != language:
                raise BadInput(file.problem(f"says it is “{texts.language}”; its name says “{language}”", "language"))
            _no_text_twice(file, whole, texts)
            whole = whole.merged(texts)
    return whole


def _no_text_twice(file: YamlFile, whole: Texts, texts: Texts) -> None:
    for section in SECTIONS:
        for key in getattr(texts, section).keys() & getattr(whole, section).keys():
            raise BadInput(file.problem(f"“{key}” has a text in another file already", section, key))
