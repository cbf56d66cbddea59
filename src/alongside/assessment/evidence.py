"""What shows an agreed step: links and files, given once and used wherever they speak for something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from alongside.assessment import editions
from alongside.assessment.file_types import media_type_of
from alongside.assessment.models import Evidence, EvidenceFile, EvidenceUse, Round
from alongside.people.record import record
from alongside.people.scope import Scope


@dataclass(frozen=True, slots=True)
class Given:
    """A piece of evidence as it is handed in: a link, or a file with its name and bytes."""

    title: str
    given_by: str
    url: str = ""
    file_name: str = ""
    content: bytes = b""
    valid_from: date | None = None
    valid_until: date | None = None


class NothingToShow(Exception):
    """Evidence is a link or a file: one of the two, and not both."""


class Backwards(Exception):
    """Valid until a day before it is valid from."""


@transaction.atomic
def give(
    *, by: Scope, organisation: UUID, round_: UUID, criterion: str, given: Given, once: UUID | None = None
) -> Evidence:
    """Keep a piece of evidence and use it for a question of a round. Sent twice with the same `once` it is kept once.

    Raises `NothingToShow`, `Backwards`, `file_types.NotTaken`, Round.DoesNotExist and KeyError for an unknown question.
    """
    found = _round(by, organisation, round_, criterion)
    if bool(given.url) == bool(given.content or given.file_name):
        raise NothingToShow
    if given.valid_from and given.valid_until and given.valid_until < given.valid_from:
        raise Backwards
    key = uuid5(once, f"{found.pk} {criterion} {given.title} {given.url} {given.file_name}") if once else uuid4()
    standing = Evidence.objects.within(by).filter(pk=key).first()
    if standing is not None:
        return standing
    kept = Evidence(
        pk=key,
        org_id=organisation,
        title=given.title,
        url=given.url,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
        given_by=given.given_by,
    )
    kept.save(force_insert=True)
    if given.file_name:
        media_type = media_type_of(given.file_name, given.content)
        EvidenceFile(evidence=kept, name=given.file_name[-120:], media_type=media_type, content=given.content).save()
    EvidenceUse(evidence=kept, round=found, criterion=criterion).save()
    _record(by, organisation, "evidence.give", kept.pk)
    return kept


@transaction.atomic
def use(*, by: Scope, organisation: UUID, round_: UUID, criterion: str, evidence: UUID) -> None:
    """Use a piece of evidence that is there already for one more question."""
    found = _round(by, organisation, round_, criterion)
    kept = Evidence.objects.within(by).get(pk=evidence, org=organisation)
    EvidenceUse.objects.within(by).get_or_create(evidence=kept, round=found, criterion=criterion)
    _record(by, organisation, "evidence.use", kept.pk)


@transaction.atomic
def stop_using(*, by: Scope, organisation: UUID, use: int) -> None:
    """Use a piece of evidence no longer for a question; it stays for others."""
    found = EvidenceUse.objects.within(by).get(pk=use, round__org=organisation)
    found.delete()
    _record(by, organisation, "evidence.stop_using", found.evidence_id)


@transaction.atomic
def remove(*, by: Scope, organisation: UUID, evidence: UUID) -> None:
    """Remove a piece of evidence with its file, wherever it is used."""
    Evidence.objects.within(by).get(pk=evidence, org=organisation).delete()
    _record(by, organisation, "evidence.remove", evidence)


def all_of(scope: Scope, organisation: UUID) -> QuerySet[Evidence]:
    """The evidence of an organisation with its uses, without the bytes of files."""
    found = Evidence.objects.within(scope).filter(org=organisation)
    uses = Prefetch("uses", EvidenceUse.objects.within(scope).select_related("round"))
    return found.select_related("file").defer("file__content").prefetch_related(uses)


def used_in(scope: Scope, round_: Round) -> Mapping[str, list[EvidenceUse]]:
    """Criterion → what is used for it in a round, in one query."""
    uses = EvidenceUse.objects.within(scope).filter(round=round_).select_related("evidence__file")
    found: dict[str, list[EvidenceUse]] = {}
    for one in uses.defer("evidence__file__content").order_by("evidence__title", "pk"):
        found.setdefault(one.criterion, []).append(one)
    return found


def file_of(scope: Scope, organisation: UUID, evidence: UUID) -> EvidenceFile:
    """The file of a piece of evidence. Raises EvidenceFile.DoesNotExist."""
    return EvidenceFile.objects.within(scope).get(evidence=evidence, evidence__org=organisation)


def _round(scope: Scope, organisation: UUID, round_: UUID, criterion: str) -> Round:
    found = Round.objects.within(scope).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if criterion not in editions.edition(found.edition_id).criteria:
        raise KeyError(criterion)
    return found


def _record(by: Scope, organisation: UUID, action: str, evidence: UUID) -> None:
    record(by=by, organisation=organisation, action=action, about=f"evidence {evidence}", fields=["evidence"])
