"""The welcome kit: six sheets for one role, place and stage. Open to everyone; nothing is kept and nothing looked up.

What was chosen travels in the address of the page, as in a first look.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alongside.documents import docx, html_pages, kit, pdf
from alongside.documents.blocks import Document
from alongside.standard.kit import KIT, Choice
from alongside.standard.loading import standard
from alongside.web.access import Request
from alongside.web.kit_links import ALL, file_url, kit_url, sheet_link, sheet_url
from alongside.web.reading import Reader
from alongside.web.welcome_forms import TEAM_NAMES, KitForm, parameters

FORMS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.docx),
    "pdf": ("application/pdf", pdf.pdf),
}


@require_safe
def begin(request: Request) -> HttpResponse:
    """What the kit is, for whom it is to be, and the sheets."""
    language, choice = _language(), _form(request).choice()
    words = standard().words(language)
    context = {
        "form": KitForm(words, parameters(choice)),
        "role": words.items[choice.role].title,
        "team": TEAM_NAMES[choice.team],
        "sheets": [sheet_link(standard(), language, sheet, choice) for sheet in standard().kit],
        "all": {
            "page": sheet_url(ALL, choice),
            "docx": file_url(ALL, "docx", choice),
            "pdf": file_url(ALL, "pdf", choice),
        },
        "title": words.kit[KIT],
        "lang": Reader(standard(), language).lang("kit", KIT),
    }
    return render(request, "kit/kit.html", context)


@require_safe
def sheet(request: Request, sheet: str) -> HttpResponse:
    """One sheet to read and to print; `all` shows every one of them."""
    return _page(request, sheet)


@require_safe
def file(request: Request, sheet: str, form: str) -> HttpResponse:
    """A sheet to take along: as a PDF, or as a document to go on writing in."""
    if form not in FORMS:
        raise Http404
    media_type, rendered = FORMS[form]
    try:
        content = rendered(_document(sheet, _form(request).choice()))
    except pdf.NotMade:
        return _page(request, sheet, status=503)
    headers = {"Content-Disposition": f'attachment; filename="{sheet}.{form}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _page(request: Request, sheet: str, *, status: int = 200) -> HttpResponse:
    choice = _form(request).choice()
    document = _document(sheet, choice)
    context = {
        "document": document,
        "page": html_pages.html(document),
        "docx": file_url(sheet, "docx", choice),
        "pdf": file_url(sheet, "pdf", choice),
        "back": kit_url(choice),
        "items": Reader(standard(), _language()).links(() if sheet == ALL else kit.items_of(standard(), sheet, choice)),
    }
    return render(request, "kit/sheet.html", context | {"not_made": status != 200}, status=status)


def _document(sheet: str, choice: Choice) -> Document:
    if sheet == ALL:
        return kit.whole(standard(), _language(), choice)
    if sheet not in standard().kit:
        raise Http404
    return kit.sheet(standard(), _language(), sheet, choice)


def _form(request: Request) -> KitForm:
    return KitForm(standard().words(_language()), request.GET)


def _language() -> str:
    return get_language() or standard().language
