"""The sheets of the welcome kit as documents: what stands on them, for whom, and that each fits its sides of A4."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from alongside.documents import docx, kit, pdf
from alongside.documents.blocks import Blank, Columns, Heading, NewPage, Paragraph, Points, Rows
from alongside.standard.items import STAGES, Confidence, Stage
from alongside.standard.kit import CPEE, PSW, ROLES, Choice, TeamKind
from alongside.standard.texts import KitText

LONG = (
    "Stichting voor Geestelijke Gezondheidszorg en Maatschappelijke Ondersteuning Noord-Holland Noord te Heerhugowaard"
)
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="no soffice: apt-get install libreoffice-writer")


def words_of(document):
    """Every word of a document, block by block."""
    found = [document.title, document.lead, document.eyebrow]
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Points():
                found += [point.text for point in block.lines]
            case Columns():
                found += [part for heading, lines in block.columns for part in (heading, *(one.text for one in lines))]
            case Blank():
                found.append(block.label)
            case Rows():
                found += [str(cell) for row in (block.head, *block.rows) for cell in row]
    return "\n".join(found)


def longest(edition, sheet, role, team):
    """The choice of stage with the most words, with a level and with long names."""
    named = {"level": 3, "organisation": LONG, "team_name": LONG[:80]}
    choices = [Choice(role, team, stage, **named) for stage in STAGES]
    return max(choices, key=lambda one: len(words_of(kit.sheet(edition, "en", sheet, one))))


def test_every_sheet_fits_its_sides_of_a4_as_a_pdf(edition):
    wanted = list(product(edition.kit, ROLES, TeamKind))
    documents = [kit.sheet(edition, "en", sheet, longest(edition, sheet, role, team)) for sheet, role, team in wanted]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(pdf.pdf, documents))
    for (sheet, role, team), data in zip(wanted, made, strict=True):
        pages = len(re.findall(rb"/Type\s*/Page\b", data))
        assert pages == edition.kit[sheet].sides, (sheet, role, team, pages)


def test_the_card_of_a_peer_support_worker_and_of_a_care_provider_say_opposite_things_of_the_file(edition):
    psw, cpee = (words_of(kit.sheet(edition, "en", "role-card", Choice(role))) for role in ROLES)
    assert "I leave client files closed" in psw
    assert "I work with the client file as my colleagues do" in cpee
    assert "if they agree, or while they are in the room" in psw
    assert "share what I know about clients there" in cpee
    for words in (psw, cpee):
        assert "nobody asks me to carry it out" in words


@pytest.mark.parametrize("team", [TeamKind.DEPARTMENT, TeamKind.COMPANY])
def test_where_there_is_no_care_nothing_is_said_of_coercion(edition, team):
    for sheet in edition.kit:
        assert "coercion" not in words_of(kit.sheet(edition, "en", sheet, Choice(team=team))).lower(), sheet


def test_names_and_role_are_filled_in_and_nobody_is_asked_to_write_them_again(edition):
    choice = Choice(CPEE, organisation="Noorderhof", team_name="West")
    document = kit.sheet(edition, "en", "agreement", choice)
    assert document.eyebrow == "Welcome kit · Care provider with experiential expertise · West · Noorderhof"
    labels = [block.label for block in document.blocks if isinstance(block, Blank)]
    assert "Organisation: Noorderhof" in words_of(document)
    assert "Organisation" not in labels
    bare = kit.sheet(edition, "en", "agreement", Choice(CPEE))
    assert "Organisation" in [block.label for block in bare.blocks if isinstance(block, Blank)]


def test_every_line_carries_the_id_of_its_item(edition):
    for sheet, role in product(edition.kit, ROLES):
        for block in kit.sheet(edition, "en", sheet, Choice(role)).blocks:
            if isinstance(block, Columns):
                assert all(line.item in edition.items for _, lines in block.columns for line in lines)
            if isinstance(block, Points):
                assert all(line.item in edition.items or line.text.startswith("Role:") for line in block.lines)


def test_what_a_sheet_rests_on_stands_in_the_order_of_the_standard(edition):
    found = kit.items_of(edition, "manager", Choice())
    assert list(found) == [item for item in edition.items if item in found]
    assert {"A11.friction", "A10.personal-arrangements", "B8"} <= set(found)
    assert "B2" not in found
    assert "B2" in kit.items_of(edition, "manager", Choice(CPEE))


def tasks(edition, level):
    rows = [block for block in kit.sheet(edition, "en", "agreement", Choice(level=level)).blocks if type(block) is Rows]
    assert len(rows) == 1
    return rows[0]


def test_the_agreement_lists_all_tasks_and_their_emphasis_only_where_a_level_was_chosen(edition):
    assert len(tasks(edition, None).rows) == 14
    assert len(tasks(edition, None).head) == 4
    assert tasks(edition, 2).head[1] == "Emphasis at level 2"


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_lost_mark_is_never_a_zero_and_an_inferred_one_says_so(edition, level):
    for task, row in zip(edition.of_kind("task"), tasks(edition, level).rows, strict=True):
        cell = task.cells[level]
        assert (row[1] == "not stated") == (cell.confidence is Confidence.UNKNOWN), task.id
        assert ("inferred" in row[1]) == (cell.confidence is Confidence.INFERRED), task.id
        assert (str(cell.emphasis) in row[1]) == bool(cell.emphasis), task.id


def test_all_sheets_are_one_document_each_on_a_new_page(edition):
    document = kit.whole(edition, "en", Choice(organisation="Noorderhof"))
    assert sum(isinstance(block, NewPage) for block in document.blocks) == 6
    titles = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    assert titles == [edition.words().kit[sheet].title for sheet in edition.kit]
    assert not document.one_sheet


def test_a_sheet_is_in_one_language_from_top_to_bottom(edition):
    source = edition.texts["en"]
    keys = {key for key in source.kit if key.split(".")[0] in {"kit", "buddy"}}
    texts = {key: KitText(title="T", lines=dict.fromkeys(source.kit[key].lines, "L")) for key in keys}
    partly = source.model_copy(update={"language": "nl", "kit": texts, "items": {}})
    full = partly.model_copy(update={"items": {role: source.items[role] for role in ROLES}})
    for given, language in ((partly, "en"), (full, "nl")):
        both = edition.model_copy(update={"texts": {"en": source, "nl": given}})
        both.__dict__.pop("_words", None)
        document = kit.sheet(both, "nl", "buddy", Choice())
        assert document.language == language
        assert (document.title == "T") == (language == "nl")
        assert kit.sheet(both, "nl", "manager", Choice()).language == "en"


def test_an_unknown_sheet_is_a_key_error(edition):
    with pytest.raises(KeyError):
        kit.sheet(edition, "en", "all", Choice())


@needs_office
def test_every_sheet_opens_in_a_word_processor(edition, tmp_path):
    documents = {
        f"{sheet}-{role}": kit.sheet(edition, "en", sheet, Choice(role)) for sheet in edition.kit for role in ROLES
    }
    documents["all"] = kit.whole(edition, "en", Choice(PSW, TeamKind.CARE, Stage.GROWING))
    for name, document in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(docx.docx(document))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    command += ["txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.docx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for name, document in documents.items():
        text = " ".join((tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig").split())
        for words in words_of(document).split("\n"):
            assert " ".join(words.split()) in text, (name, words)
