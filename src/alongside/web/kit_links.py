"""Addresses of the welcome kit, its page and its sheets: the choice stands in them and is kept nowhere else."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from alongside.people.models import Organisation
from alongside.standard.edition import Edition
from alongside.standard.items import Stage
from alongside.standard.kit import Choice, TeamKind
from alongside.web.reading import Reader
from alongside.web.welcome_forms import parameters

ALL = "all"
"""The name that stands for all sheets as one document."""


class SheetLink(NamedTuple):
    """A sheet to open or to take along. `lang` is the language of its words where that is not the page's."""

    title: str
    text: str
    lang: str
    page: str
    docx: str
    pdf: str


def kit_url(choice: Choice) -> str:
    """The kit's page with this choice made."""
    return f"{reverse('kit')}?{urlencode(parameters(choice))}"


def kit_of(organisation: Organisation) -> str:
    """The kit's page for an organisation."""
    company = organisation.kind == "kind.company"
    team = TeamKind.COMPANY if company else TeamKind.CARE
    return kit_url(Choice(team=team, stage=Stage(organisation.stage), organisation=organisation.name))


def sheet_url(sheet: str, choice: Choice) -> str:
    """The page of a sheet."""
    return f"{reverse('kit-sheet', args=[sheet])}?{urlencode(parameters(choice))}"


def file_url(sheet: str, form: str, choice: Choice) -> str:
    """A sheet as a file: ``docx`` or ``pdf``."""
    return f"{reverse('kit-file', args=[sheet, form])}?{urlencode(parameters(choice))}"


def sheet_link(edition: Edition, language: str, sheet: str, choice: Choice) -> SheetLink:
    """The way to a sheet, in the words of a language."""
    text = edition.words(language).kit[sheet]
    lang = Reader(edition, language).lang("kit", sheet)
    files = [file_url(sheet, form, choice) for form in ("docx", "pdf")]
    return SheetLink(text.title, text.text, lang, sheet_url(sheet, choice), *files)
