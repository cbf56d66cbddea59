"""A document as the body of a page: to read, and to print as it is."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from alongside.documents.blocks import Document
from alongside.documents.plain import as_data


def html(document: Document) -> SafeString:
    """The document with its own heading of level 1; every text is escaped by the templates in ``templates/blocks``."""
    data = as_data(document)
    for block in data["blocks"]:
        block["template"] = f"blocks/{block['kind']}.html"
        if "picture" in block:
            block["picture"] = mark_safe(block["picture"])  # escaped by alongside.pictures
    return mark_safe(render_to_string("document.html", {"document": data}))  # escaped by the template
