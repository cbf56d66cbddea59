"""``alongside assess``: figures out of a table of answers, ours or somebody else's."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import django
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from alongside.cli.terminal import console
from alongside.cli.writing import check_targets, write_all
from alongside.documents.results import as_data
from alongside.documents.survey_report import middle, report
from alongside.documents.tables import read_tables
from alongside.documents.workbook import QUESTIONS, SCALES, template
from alongside.rules.answers import read_answers
from alongside.standard.bad_input import BadInput, Problem, plain_line
from alongside.standard.items import STAGES, Stage
from alongside.standard.loading import STANDARD, load_pack
from alongside.standard.surveys import load_survey

SPARED_SHEETS = (f", sheet {QUESTIONS}", f", sheet {SCALES}")
ROLES = ("psw", "cpee")
GAUGE = 10


def add_commands(commands: Any) -> None:
    """Add ``assess``."""
    parser = commands.add_parser("assess", help="figures out of a table of answers")
    parser.add_argument("answers", nargs="?", type=Path, help="a .csv or .xlsx file, one row a person")
    parser.add_argument("--instrument", default="readiness", help="its name, or a YAML file that maps the columns")
    parser.add_argument("--by", help="show results by this group, such as perspective or country")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures as JSON")
    parser.add_argument("--report", type=Path, metavar="OUT.html", help="write a report with pictures")
    parser.add_argument("--template", type=Path, metavar="OUT.xlsx", help="write an empty workbook to fill in")
    parser.add_argument("--stage", choices=STAGES, default=Stage.GROWING, help="for --template: where you are")
    parser.add_argument("--role", action="append", choices=ROLES, default=[], help="for --template: about which role")
    parser.add_argument("--culture", action="store_true", help="for --template: with the questions on culture")
    parser.set_defaults(run=_assess)


def _assess(options: argparse.Namespace) -> int:
    if options.template:
        return _template(options)
    if options.answers is None:
        raise BadInput(Problem("assess", "needs a file of answers, or --template OUT.xlsx to write an empty one"))
    check_targets([options.json, options.report], source=options.answers)
    edition = load_pack(STANDARD, ["en"])
    survey = load_survey(options.instrument, edition)
    tables = read_tables(options.answers, number_repeats=survey.whole)
    tables = [table for table in tables if not table.name.endswith(SPARED_SHEETS)]
    if not tables:
        raise BadInput(Problem(options.answers.name, "has no sheet with answers in it"))
    data = as_data(survey, edition, read_answers(survey, tables, by=options.by))
    contents: dict[Path, bytes] = {}
    if options.json:
        contents[options.json] = json.dumps(data, ensure_ascii=False, indent=1).encode()
    if options.report:
        django.setup()
        contents[options.report] = report(data, grouped_by=options.by).encode()
    write_all(contents)
    _print(data)
    return 0


def _template(options: argparse.Namespace) -> int:
    path: Path = options.template
    if path.suffix.lower() != ".xlsx":
        raise BadInput(Problem(path.name, "a workbook ends in .xlsx; choose such a name"))
    if path.exists():
        raise BadInput(Problem(path.name, "is there already and may be filled in; choose another name"))
    check_targets([path])
    edition = load_pack(STANDARD, ["en"])
    if options.instrument not in edition.instruments:
        known = ", ".join(edition.instruments)
        raise BadInput(Problem(options.instrument, f"only our own instruments have a workbook: {known}"))
    stage, roles = Stage(options.stage), tuple(f"role.{role}" for role in options.role)
    content = template(edition, options.instrument, stage=stage, roles=roles, modules=options.culture)
    write_all({path: content})
    console().print(
        f"{path}: one sheet for each perspective. Fill it in, then: alongside assess {path}", soft_wrap=True
    )
    return 0


def _print(data: dict[str, Any]) -> None:
    out = console()
    out.print(f"[bold]{escape(data['title'])}[/] · {data['n']} rows")
    out.print(escape(data["source"]))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), width=out.width)
    table.add_column("")
    for name in ("n", "don't\nknow", "n/a", "blank"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("low–high", width=GAUGE, no_wrap=True)
    table.add_column("in the middle", width=16)
    for id_, item in data["items"].items():
        _add_item(table, data, id_, item)
    out.print(table)
    _print_columns(out, data["columns"])


def _add_item(table: Table, data: dict[str, Any], id_: str, item: dict[str, Any]) -> None:
    """An item, its questions (their figures only where there are several), and its groups."""
    fit = " (indirect)" if item["fit"] == "indirect" else ""
    table.add_row(f"[bold]{escape(id_)}[/]{fit} {escape(item['title'])}", *_cells(item))
    for criterion in item["criteria"].values():
        table.add_row(f"  {escape(criterion['title'])}", *(_cells(criterion) if len(item["criteria"]) > 1 else ()))
    for group, found in data["by"].items():
        figures = found["items"].get(id_)
        if figures and not figures["suppressed"]:
            table.add_row(f"  · {escape(plain_line(group))}", *_cells(figures | {"labels": item["labels"]}))


def _print_columns(out: Console, columns: dict[str, Any]) -> None:
    out.print(f"{len(columns['used'])} columns read, {len(columns['left_alone'])} left alone:")
    reasons = Counter(column["why"] for column in columns["left_alone"])
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=4)
    for why, number in reasons.items():
        table.add_row(str(number), escape(why))
    out.print(table)


def _cells(figures: dict[str, Any]) -> tuple[str, ...]:
    if figures["suppressed"]:
        return ("–", "–", "–", "–", "", "under 5: left out")
    numbers = (str(figures[name]) for name in ("n", "dont_know", "not_applicable", "blank"))
    return (*numbers, _gauge(figures["shares"]), escape(middle(figures)))


def _gauge(shares: list[float] | None) -> str:
    """The shares as heights, lowest answer at the left."""
    if not shares:
        return ""
    blocks = " ▁▂▃▄▅▆▇█"
    width = GAUGE // len(shares)
    return "".join(blocks[min(8, round(share * 8 + 0.49))] * width for share in shares)
