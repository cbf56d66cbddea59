"""Reading: the pack against parsing the same bytes, `assess` against reading the same file with the csv module."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import yaml

from alongside.documents.results import as_data
from alongside.documents.tables import read_tables
from alongside.rules.answers import read_answers
from alongside.standard.loading import STANDARD, load_pack
from alongside.standard.surveys import load_survey
from bench.pairs import Measure, ratio

PROJECT = Path(__file__).parents[1]
REAL = PROJECT.parent / "shared" / "data" / "osmi-2016.csv"
EXAMPLE = PROJECT / "examples" / "answers-elsewhere.csv"
REAL_ROWS = 1433
STEMS = {"pack", "asking", "items", "criteria", "steps", "sheets", "en"}


def measures(folder: Path) -> Iterator[Measure]:
    """`folder` is for files that a measure has to make."""
    yield ratio("pack_load", 1.5, lambda: load_pack(STANDARD, ["en"]), _parse_pack, 1)
    answers = REAL if REAL.exists() else _enlarged(folder)
    if answers != REAL:
        print("# assess: the real survey is not beside the project; a made-up file of the same size is read instead")
    edition = load_pack(STANDARD, ["en"])
    survey = load_survey("osmi-2016", edition)

    def figures() -> object:
        reading = read_answers(survey, read_tables(answers, number_repeats=True))
        return as_data(survey, edition, reading)

    yield ratio("assess_osmi", 5, figures, lambda: _read(answers), 1)


def _parse_pack() -> None:
    for path in sorted(STANDARD.rglob("*.yaml")):
        if path.parent.name != "elsewhere" and path.stem in STEMS:
            yaml.load(path.read_bytes(), yaml.CSafeLoader)


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _enlarged(folder: Path) -> Path:
    """The made-up example, repeated to the size of the real survey."""
    header, *rows = _read(EXAMPLE)
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(rows[n % len(rows)] for n in range(REAL_ROWS))])
    return path
