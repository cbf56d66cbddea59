"""A document as the body of a page: to read, and to print as it is."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.documents.blocks import Document, Dumbbell
from alongside.documents.plain import as_data
from alongside.pictures.dumbbells import dumbbell


def html(document: Document) -> SafeString:
    """The document with its own heading of level 1; every text is escaped by the template."""
    data = as_data(document)
    for block, plain in zip(document.blocks, data["blocks"], strict=True):
        if isinstance(block, Dumbbell):
            plain["picture"] = _picture(block)
    return mark_safe(render_to_string("document.html", {"document": data}))  # escaped by the template


def _picture(block: Dumbbell) -> SafeString:
    words = {"agreed_word": _("agreed"), "together_word": _("{n} groups")}
    return mark_safe(dumbbell(block.middles, block.labels, agreed=block.agreed, **words))  # escaped in pictures
