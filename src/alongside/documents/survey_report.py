"""The report of `alongside assess`: one HTML file with its own style, to open, send and print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from alongside.pictures.bars import share_bar
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.tallies import in_words

HERE = Path(__file__).parent


def report(data: dict[str, Any], *, grouped_by: str | None) -> str:
    """HTML of the figures in `data` (see `results.as_data`). Needs Django's settings, but no database."""
    items = [_item(data, id_, figures) for id_, figures in data["items"].items()]
    context = {
        "data": data,
        "items": items,
        "grouped_by": grouped_by,
        "indirect": any(item["fit"] == "indirect" for item in items),
        "style": mark_safe((HERE / "templates" / "report.css").read_text(encoding="utf-8")),
    }
    return render_to_string("report.html", context)


def _item(data: dict[str, Any], id_: str, figures: dict[str, Any]) -> dict[str, Any]:
    criteria = [
        {"id": key, **one, "bar": _bar(one), "middle": middle(one), "answers": _answers(one)}
        for key, one in figures["criteria"].items()
    ]
    groups = [
        {
            "name": name,
            "own": found["items"][id_],
            "middle": middle(found["items"][id_] | {"labels": figures["labels"]}),
        }
        for name, found in data["by"].items()
        if id_ in found["items"]
    ]
    middles = {group["name"]: group["own"]["median"] for group in groups if group["own"]["median"] is not None}
    return {
        "id": id_,
        **figures,
        "criteria": criteria,
        "bar": _bar(figures),
        "middle": middle(figures),
        "answers": _answers(figures),
        "groups": [group for group in groups if not group["own"]["suppressed"]],
        "left_out": [group["name"] for group in groups if group["own"]["suppressed"]],
        "dumbbell": mark_safe(dumbbell(middles, figures["labels"])) if len(middles) > 1 else "",
    }


def _bar(figures: dict[str, Any]) -> str:
    if figures["suppressed"]:
        return ""
    return mark_safe(share_bar(figures["counts"], figures["labels"]))


def _answers(figures: dict[str, Any]) -> list[tuple[str, int]]:
    return [] if figures["suppressed"] else list(zip(figures["labels"], figures["counts"], strict=True))


def middle(figures: dict[str, Any]) -> str:
    """The median of some figures in words."""
    return in_words(figures["median"], figures["labels"])
