"""``alongside assess``: figures that are recomputed another way, workbooks that read back in, and bad input."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from statistics import median

import pytest
import xlsxwriter

from alongside.cli.main import main
from alongside.documents.tables import read_tables
from alongside.standard.surveys import load_survey
from tests.browser import PHONE, needs_browser, opened_page, overflows, violations

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "examples" / "answers-elsewhere.csv"
OSMI = PROJECT.parent / "shared" / "data" / "osmi-2016.csv"
needs_osmi = pytest.mark.skipif(not OSMI.exists(), reason=f"the real survey is not beside the project ({OSMI.name})")
FILES = [EXAMPLE, pytest.param(OSMI, marks=needs_osmi)]


def assess(*arguments, expect=0):
    assert main(["assess", *map(str, arguments)]) == expect


def figures(path, tmp_path, *more):
    out = tmp_path / "out.json"
    assess(path, "--json", out, *more)
    return json.loads(out.read_text(encoding="utf-8"))


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [" ".join(name.split()) for name in rows[0]], rows[1:]


@pytest.mark.parametrize("path", FILES)
def test_figures_of_each_question_are_what_a_plain_count_gives(path, tmp_path, edition):
    data = figures(path, tmp_path, "--instrument", "osmi-2016")
    header, rows = rows_of(path)
    found = {id_: one for item in data["items"].values() for id_, one in item["criteria"].items()}
    for question in load_survey("osmi-2016", edition).questions:
        cells = Counter(row[header.index(question.column)].strip().lower() for row in rows)
        steps = [question.answers[cell] for cell in cells.elements() if isinstance(question.answers.get(cell), int)]
        one = found[question.id]
        assert one["counts"] == [steps.count(step) for step in range(len(question.labels))]
        assert one["n"] == len(steps)
        assert one["median"] == median(steps)
        assert one["blank"] == cells[""]
        assert one["dont_know"] == cells["i don't know"]
        assert one["n"] + one["dont_know"] + one["not_applicable"] + one["blank"] == len(rows) == data["n"]


@needs_osmi
def test_the_real_survey_gives_the_figures_that_were_counted_apart(tmp_path):
    """Counted apart from this project, with the csv module and a Counter."""
    data = figures(OSMI, tmp_path, "--instrument", "osmi-2016")
    assert data["n"] == 1433
    leave = data["items"]["A10"]["criteria"]["osmi.leave"]
    assert leave["counts"] == [118, 199, 178, 281, 220]
    assert (leave["n"], leave["dont_know"], leave["blank"]) == (996, 150, 287)
    assert leave["median"] == 3
    assert data["items"]["A6.stigmatisation"]["counts"] == [42, 403, 591, 348, 49]
    assert data["items"]["A11.support"]["criteria"]["osmi.with-supervisor"]["counts"] == [336, 382, 428]


@pytest.mark.parametrize("path", FILES)
def test_an_item_takes_the_lower_middle_of_what_each_person_said(path, tmp_path):
    data = figures(path, tmp_path, "--instrument", "osmi-2016")
    header, rows = rows_of(path)
    columns = [next(i for i, name in enumerate(header) if name.startswith(start)) for start in (
        "Has your employer ever formally discussed", "Does your employer offer resources",
    )]  # fmt: skip
    counts = Counter()
    for row in rows:
        said = [row[column] for column in columns]
        if "No" in said:
            counts["no"] += 1
        elif "Yes" in said:
            counts["yes"] += 1
        elif "I don't know" in said:
            counts["dont_know"] += 1
        else:
            counts["blank"] += 1
    item = data["items"]["culture.action.2"]
    assert item["counts"] == [counts["no"], counts["yes"]]
    assert (item["dont_know"], item["blank"]) == (counts["dont_know"], counts["blank"])


@pytest.mark.parametrize("path", FILES)
def test_groups_under_five_are_shown_together_or_not_at_all(path, tmp_path):
    data = figures(path, tmp_path, "--instrument", "osmi-2016", "--by", "country")
    header, rows = rows_of(path)
    sizes = Counter(row[header.index("What country do you work in?")] for row in rows)
    assert set(data["by"]) == {*sizes, "(others)"}
    for group, found in data["by"].items():
        assert found["n"] in {None, sizes[group]}
        for item in found["items"].values():
            for one in (item, *item["criteria"].values()):
                assert one["suppressed"] or one["n"] >= 5
                if one["suppressed"]:
                    assert {one[key] for key in ("n", "counts", "median", "blank", "dont_know")} == {None}, group
    for group, size in sizes.items():
        if size < 5:
            assert all(item["suppressed"] for item in data["by"][group]["items"].values())


@pytest.mark.parametrize("path", FILES)
def test_every_column_is_used_or_left_alone_with_a_reason(path, tmp_path):
    columns = figures(path, tmp_path, "--instrument", "osmi-2016")["columns"]
    named = [one["column"] for one in columns["used"]] + [one["column"] for one in columns["left_alone"]]
    assert len(named) == len(set(named)) == 63
    why = {one["column"]: one["why"] for one in columns["left_alone"]}
    for word, reason in {
        "What is your age?": "age",
        "What is your gender?": "gender",
        "Do you have a family history of mental illness?": "family history",
        "Do you currently have a mental health disorder?": "diagnosis",
        "Have you ever sought treatment for a mental health issue from a mental health professional?": "treatment",
        "Do you believe your productivity is ever affected by a mental health issue?": "productivity",
        "Why or why not?": "free text",
    }.items():
        assert reason in why[word]


def test_what_was_asked_elsewhere_is_indirect(tmp_path, capsys):
    data = figures(EXAMPLE, tmp_path, "--instrument", "osmi-2016")
    assert {item["fit"] for item in data["items"].values()} == {"indirect"}
    printed = capsys.readouterr().out
    assert "(indirect)" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_what_is_left_alone_is_no_group_either(capsys):
    assess(EXAMPLE, "--instrument", "osmi-2016", "--by", "What is your age?", expect=2)
    assert "left alone" in capsys.readouterr().err


def test_columns_that_are_left_alone_are_not_looked_into(tmp_path):
    header, rows = rows_of(EXAMPLE)
    for row in rows:
        row[header.index("If so, what condition(s) were you diagnosed with?")] = "SECRET"
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    out, report = tmp_path / "out.json", tmp_path / "out.html"
    assess(path, "--instrument", "osmi-2016", "--json", out, "--report", report)
    assert "SECRET" not in out.read_text(encoding="utf-8") + report.read_text(encoding="utf-8")


@pytest.fixture
def filled(tmp_path, edition):
    """The workbook's own columns, filled in by six peer workers and the board, as rows of text."""
    template = tmp_path / "template.xlsx"
    assess("--template", template)
    tables = {table.name.rpartition(" sheet ")[2]: table for table in read_tables_with_headers(template)}
    words = edition.words().scales["progress"].answers
    rows = {"Peer workers": [], "The board": []}
    for sheet, count in (("Peer workers", 6), ("The board", 1)):
        for person in range(count):
            row = [sheet]
            for column, name in enumerate(tables[sheet].header[1:]):
                scale = edition.criteria[name].scale
                step = (person + column) % 5 if scale == "progress" else (person + column) % 3
                row.append(words[step] if scale == "progress" and column % 2 else str(step))
            rows[sheet].append(row)
        rows[sheet][0][1] = "I don't know"
    return {sheet: [list(tables[sheet].header), *rows[sheet]] for sheet in rows}


def read_tables_with_headers(path):
    return [table for table in read_tables(path) if table.header[0] == "perspective"]


def write_xlsx(path, sheets):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [float(cell) if cell.isdecimal() else cell for cell in row])


def without_origin(data):
    return {key: data[key] for key in ("n", "items", "by")}


def test_a_filled_workbook_reads_back_in(tmp_path, filled):
    path = tmp_path / "answers.xlsx"
    write_xlsx(path, filled)
    data = figures(path, tmp_path, "--by", "perspective")
    assert data["n"] == 7
    assert data["by"]["board"]["items"]["A1.board"]["n"] in {0, 1}
    first = filled["Peer workers"][0][1]
    item = data["items"][next(id_ for id_, found in data["items"].items() if first in found["criteria"])]
    assert item["criteria"][first]["dont_know"] >= 1
    assert {found["fit"] for found in data["items"].values()} == {"direct"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("decimals", ["", ",0", ".0"], ids=["whole", "decimal comma", "decimal point"])
def test_a_sheet_saved_as_csv_gives_the_same(tmp_path, filled, delimiter, mark, decimals):
    rows = filled["Peer workers"]
    book, text = tmp_path / "answers.xlsx", tmp_path / "answers.csv"
    write_xlsx(book, {"Peer workers": rows})
    with text.open("w", encoding="utf-8", newline="") as file:
        file.write(mark)
        written = [[f"{cell}{decimals}" if cell.isdecimal() else cell for cell in row] for row in rows]
        csv.writer(file, delimiter=delimiter).writerows(written)
    by = ("--by", "perspective")
    assert without_origin(figures(text, tmp_path, *by)) == without_origin(figures(book, tmp_path, *by))


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: apt-get install libreoffice-calc-nogui")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_libreoffice_may_save_it_in_between(tmp_path, filled, kind):
    book = tmp_path / "answers.xlsx"
    write_xlsx(book, {"Peer workers": filled["Peer workers"]})
    home, out = f"-env:UserInstallation=file://{tmp_path}/home", tmp_path / "saved"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = figures(out / f"answers.{kind}", tmp_path)
    assert without_origin(saved) == without_origin(figures(book, tmp_path))


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: apt-get install libreoffice-calc-nogui")
def test_the_template_itself_survives_libreoffice(tmp_path):
    template = tmp_path / "template.xlsx"
    assess("--template", template)
    home, out = f"-env:UserInstallation=file://{tmp_path}/home", tmp_path / "saved"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(template)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    names = {table.name.partition(", ")[2]: table.header for table in read_tables(template)}
    assert {table.name.partition(", ")[2]: table.header for table in read_tables(out / "template.xlsx")} == names


def test_nobody_is_asked_more_than_25_in_the_workbook(tmp_path):
    for stage in ("preparing", "first-psw", "growing"):
        template = tmp_path / f"{stage}.xlsx"
        assess("--template", template, "--stage", stage, "--culture")
        tables = read_tables_with_headers(template)
        assert len(tables) >= 6
        assert all(len(table.header) - 1 <= 25 for table in tables)


def test_an_empty_workbook_has_no_answers(tmp_path, capsys):
    template = tmp_path / "template.xlsx"
    assess("--template", template)
    assess(template, expect=2)
    assert "no answers" in capsys.readouterr().err


def changed(tmp_path, rows, row, column, value):
    copy = [list(cells) for cells in rows]
    copy[row][column] = value
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(copy)
    return path


@pytest.mark.parametrize(
    ("row", "column", "value", "words"),
    [
        (0, 3, "q.A7.senority", ("row 1", "q.A7.senority", "no column of readiness")),
        (3, 2, "perhaps", ("row 4", "perhaps", "not an answer")),
        (3, 2, "7", ("row 4", "7", "not an answer")),
        (3, 2, "2,5", ("row 4", "2,5", "not an answer")),
        (2, 0, "The janitors", ("row 3", "perspective", "janitors")),
        (0, 0, "who", ("row 1", "who")),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, filled, capsys, row, column, value, words):
    path = changed(tmp_path, filled["Peer workers"], row, column, value)
    assess(path, "--by", "perspective", "--json", tmp_path / "out.json", expect=2)
    message = capsys.readouterr().err
    assert all(word in message for word in ("answers.csv", *words))
    assert "Traceback" not in message
    assert not (tmp_path / "out.json").exists()


def test_a_column_that_is_missing_is_named(tmp_path, capsys):
    header, rows = rows_of(EXAMPLE)
    path = changed(tmp_path, [header, *rows], 0, header.index("Do you work remotely?"), "Remote?")
    assess(path, "--instrument", "osmi-2016", expect=2)
    assert "Do you work remotely?" in capsys.readouterr().err


INSTRUMENT = """\
id: ours
title: Our own survey
source: asked in house
groups: [{id: team, column: Team}]
questions:
- id: leave
  item: A10
  column: Leave
  title: Leave
  fit: direct
  scale: ease
  labels: [hard, easy]
  answers: {hard: 0, easy: 1}
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{hard: 0, easy: 1}", "{hard: 0, Hard: 1}", ("row 13", "twice")),
        ("{hard: 0, easy: 1}", "{}", ("answers", "at least one")),
        ("column: Team}]", "column: Team}, {id: team, column: X}]", ("row 4", "twice")),
        ("column: Team}", "column: Leave}", ("row 4", "one use")),
        ("title: Our own survey", "title: Ours\nleft_alone: [{why: no, columns: [Leave]}]", ("one use",)),
        ("item: A10", "item: A100", ("row 7", "A100")),
        ("fit: direct", "fit: perfect", ("row 10", "perfect")),
        ("  title: Leave\n", "", ("title", "missing")),
        ("easy: 1", "easy: 2", ("row 13", "2 is no position")),
        ("easy: 1}", "easy: 1, easy: 0}", ("row 13", "second time")),
        ("labels: [hard, easy]", "labels: [hard, easy", ("YAML",)),
        (INSTRUMENT, "", ("empty",)),
    ],
)
def test_a_broken_instrument_says_where(tmp_path, capsys, old, new, words):
    instrument, answers = tmp_path / "ours.yaml", tmp_path / "answers.csv"
    instrument.write_text(INSTRUMENT.replace(old, new, 1), encoding="utf-8")
    answers.write_text("Team,Leave\nOost,easy\n", encoding="utf-8")
    assess(answers, "--instrument", instrument, expect=2)
    message = capsys.readouterr().err
    assert all(word in message for word in ("ours.yaml", *words)), message


def test_an_instrument_of_ones_own_works(tmp_path):
    instrument, answers = tmp_path / "ours.yaml", tmp_path / "answers.csv"
    instrument.write_text(INSTRUMENT, encoding="utf-8")
    answers.write_text("Team,Leave,Other\n" + "Oost,easy,x\n" * 5 + "Oost,,\n", encoding="utf-8")
    data = figures(answers, tmp_path, "--instrument", instrument, "--by", "team")
    assert data["by"]["Oost"]["items"]["A10"]["counts"] == [0, 5]
    assert data["columns"]["left_alone"] == [{"column": "Other", "why": "the instrument does not name it"}]


@pytest.mark.parametrize("arguments", [[], ["no-such-file.csv"], [str(EXAMPLE), "--instrument", "no-such-name"]])
def test_what_is_not_there_is_named(arguments, capsys):
    assess(*arguments, expect=2)
    assert capsys.readouterr().err.startswith("alongside: ")


def test_nothing_half_written_is_left(tmp_path, capsys):
    target = tmp_path / "no-such-folder" / "out.json"
    assess(EXAMPLE, "--instrument", "osmi-2016", "--json", target, expect=2)
    assert "cannot be written" in capsys.readouterr().err
    assess("--template", tmp_path / "no-such-folder" / "t.xlsx", expect=2)
    assert list(tmp_path.iterdir()) == []


def test_of_two_files_neither_is_written_when_one_cannot_be(tmp_path, capsys):
    out = tmp_path / "out.json"
    assess(EXAMPLE, "--instrument", "osmi-2016", "--json", out, "--report", tmp_path / "nowhere" / "r.html", expect=2)
    assert not out.exists()


def test_nothing_is_written_over_what_is_needed(tmp_path, capsys):
    answers = tmp_path / "answers.csv"
    answers.write_bytes(EXAMPLE.read_bytes())
    link = tmp_path / "link.json"
    link.symlink_to(answers)
    for more in (
        ("--json", answers), ("--json", link), ("--json", tmp_path), ("--json", "."),
        ("--json", tmp_path / "same", "--report", tmp_path / "same"),
    ):  # fmt: skip
        assess(answers, "--instrument", "osmi-2016", *more, expect=2)
        assert "Traceback" not in capsys.readouterr().err
    assert answers.read_bytes() == EXAMPLE.read_bytes()
    workbook = tmp_path / "filled.xlsx"
    workbook.write_bytes(b"filled in")
    assess("--template", workbook, expect=2)
    assert workbook.read_bytes() == b"filled in"


def test_a_workbook_can_be_about_one_role(tmp_path):
    names = []
    for role in ("psw", "cpee"):
        template = tmp_path / f"{role}.xlsx"
        assess("--template", template, "--role", role)
        names.append({name for table in read_tables_with_headers(template) for name in table.header})
    assert "q.A11.support" in names[1] - names[0]


def test_parts_count_each_person_once(tmp_path):
    data = figures(EXAMPLE, tmp_path, "--instrument", "osmi-2016")
    assert set(data["parts"]) == {"A", "culture"}
    for part in data["parts"].values():
        assert part["n"] + part["dont_know"] + part["not_applicable"] + part["blank"] == data["n"]


@needs_browser
def test_the_report_is_readable_by_everyone(tmp_path, browser):
    report = tmp_path / "report.html"
    assess(EXAMPLE, "--instrument", "osmi-2016", "--by", "country", "--report", report)
    for scheme in ("light", "dark"):
        with opened_page(browser, "", PHONE, color_scheme=scheme) as page:
            page.goto(report.as_uri())
            assert violations(page) == []
            assert not overflows(page)
            assert page.locator("svg[role=img]").count() >= 6
            assert page.locator("table").count() >= 7
