"""Evidence: told by what is in a file and not by its name, kept whole or not at all, used again."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from alongside.assessment import evidence
from alongside.assessment.evidence import Given
from alongside.assessment.file_types import MOST_BYTES, Fault, NotTaken, media_type_of
from alongside.assessment.models import Evidence, EvidenceFile, Round
from tests.assessment.test_agreements import TODAY, asked, org, scope  # noqa: F401  (fixtures)

PDF = b"%PDF-1.7\n..."


def office(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def broken_odt():
    """A mimetype that is packed and damaged: reading it would fail."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return data.getvalue().replace(b"mimetype", b"mimetype", 1)[:30] + b"mimetype" + data.getvalue()[38:]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("plan.pdf", b"MZ\x90\x00 a program", Fault.NOT_WHAT_IT_SAYS),
        ("plan.pdf", b"<html><script>", Fault.NOT_WHAT_IT_SAYS),
        ("plan.exe", b"MZ", Fault.KIND),
        ("plan", PDF, Fault.KIND),
        ("plan.svg", b"<svg onload='x'/>", Fault.KIND),
        ("plan.html", b"<html>", Fault.KIND),
        ("plan.docm", office("word/document.xml"), Fault.KIND),
        ("plan.docx", office("word/document.xml", "word/vbaProject.bin"), Fault.MACROS),
        ("plan.docx", office("xl/workbook.xml"), Fault.NOT_WHAT_IT_SAYS),
        ("plan.docx", b"PK\x03\x04 broken", Fault.NOT_WHAT_IT_SAYS),
        ("plan.odt", office("content.xml"), Fault.NOT_WHAT_IT_SAYS),
        ("plan.odt", broken_odt(), Fault.NOT_WHAT_IT_SAYS),
        ("plan.docx", office("word/document.xml", "word/embeddings/oleObject1.bin"), Fault.MACROS),
        ("plan.docx", office("word/document.xml", "word/activeX/activeX1.xml"), Fault.MACROS),
        ("plan.txt", b"\x00\x01", Fault.NOT_WHAT_IT_SAYS),
        ("plan.pdf", b"", Fault.EMPTY),
        ("plan.pdf", PDF + b"x" * MOST_BYTES, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_not_taken(name, content, fault):
    with pytest.raises(NotTaken) as refused:
        media_type_of(name, content)
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Plan.PDF", PDF),
        ("picture.jpeg", b"\xff\xd8\xff\xe0"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
        ("plan.docx", office("word/document.xml")),
        ("plan.xlsx", office("xl/workbook.xml")),
        ("notes.txt", "Ålesund, Łódź, Αθήνα".encode()),
    ],
)
def test_documents_and_pictures_are_taken(name, content):
    assert media_type_of(name, content)


def give(scope, org, found, criterion="q.A8.buddy", **changes):  # noqa: F811
    given = Given(title="Guide", given_by="HR", file_name="guide.pdf", content=PDF)
    return evidence.give(
        by=scope,
        organisation=org.pk,
        round_=found.pk,
        criterion=criterion,
        given=Given(**{name: getattr(given, name) for name in Given.__dataclass_fields__} | changes),
    )


def test_a_file_that_is_not_taken_leaves_nothing(scope, org, edition):  # noqa: F811
    found = asked(scope, org, edition)
    with pytest.raises(NotTaken):
        give(scope, org, found, content=b"MZ")
    assert not Evidence.objects.within(scope).exists()


@pytest.mark.parametrize("changes", [{"url": "https://example.org"}, {"file_name": "", "content": b""}])
def test_evidence_is_a_link_or_a_file(scope, org, edition, changes):  # noqa: F811
    found = asked(scope, org, edition)
    with pytest.raises(evidence.NothingToShow):
        give(scope, org, found, **changes)


def test_evidence_does_not_end_before_it_begins(scope, org, edition):  # noqa: F811
    found = asked(scope, org, edition)
    with pytest.raises(evidence.Backwards):
        give(scope, org, found, valid_from=TODAY, valid_until=date(2026, 1, 1))


def test_evidence_is_used_again_and_removed_with_its_file(scope, org, edition):  # noqa: F811
    found = asked(scope, org, edition)
    kept = give(scope, org, found)
    where = {"by": scope, "organisation": org.pk, "round_": found.pk}
    evidence.use(**where, criterion="q.A8.guidelines", evidence=kept.pk)
    evidence.use(**where, criterion="q.A8.guidelines", evidence=kept.pk)
    used = evidence.used_in(scope, found)
    assert set(used) == {"q.A8.buddy", "q.A8.guidelines"}
    evidence.stop_using(by=scope, organisation=org.pk, use=used["q.A8.buddy"][0].pk)
    assert set(evidence.used_in(scope, found)) == {"q.A8.guidelines"}
    assert bytes(evidence.file_of(scope, org.pk, kept.pk).content) == PDF
    evidence.remove(by=scope, organisation=org.pk, evidence=kept.pk)
    assert not EvidenceFile.objects.within(scope).exists()
    assert Round.objects.within(scope).filter(pk=found.pk).exists()
