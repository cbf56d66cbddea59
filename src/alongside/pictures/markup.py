"""Writing markup by hand: escaped text and attributes, nothing more."""

from __future__ import annotations

from html import escape


def tag(name: str, *children: str, **attributes: object) -> str:
    """An element; `children` are markup already, attribute values are escaped, ``class_`` writes ``class``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def words(text: object) -> str:
    """Text as it may stand between tags."""
    return escape(str(text), quote=False)
