"""``alongside standard``: check the pack, show an item, compare two editions."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from alongside.cli.terminal import console
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.counts import counts, shares_of_texts
from alongside.standard.differences import differences
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Reference, Task
from alongside.standard.loading import PACKS, STANDARD, load_pack
from alongside.standard.overlays import lay_over, load_overlay


def add_commands(commands: Any) -> None:
    """Add ``standard check``, ``show``, ``texts`` and ``diff``."""
    parser = commands.add_parser("standard", help="the standard itself: check, show, diff")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="check a pack and count what it holds")
    check.add_argument("pack", nargs="?", default=str(STANDARD), help="folder of a pack (default: the standard)")
    check.add_argument("--json", action="store_true", help="print the figures as JSON")
    check.set_defaults(run=_check)
    show = actions.add_parser("show", help="show one item")
    show.add_argument("item", help="its id, such as A7.seniority")
    show.add_argument("--lang", help="language, such as en")
    show.add_argument("--overlay", type=Path, action="append", default=[], help="YAML file to lay over the standard")
    show.set_defaults(run=_show)
    texts = actions.add_parser("texts", help="what a language still has to translate, as YAML to fill in")
    texts.add_argument("language", help="such as nl")
    texts.set_defaults(run=_texts)
    diff = actions.add_parser("diff", help="what changed between two editions")
    diff.add_argument("old", help="folder of the older pack")
    diff.add_argument("new", help="folder of the newer pack")
    diff.add_argument("--json", action="store_true")
    diff.set_defaults(run=_diff)


def _pack(name: str, languages: list[str] | None = None) -> Edition:
    """A pack by its folder, or by the name of one that is built in."""
    folder = PACKS / name if (PACKS / name / "pack.yaml").exists() else Path(name)
    if not folder.is_dir():
        raise BadInput(Problem(name, "is no folder with a pack in it; check the name"))
    return load_pack(folder, languages)


def _check(options: argparse.Namespace) -> int:
    edition = _pack(options.pack)
    figures = {"pack": edition.pack, "version": edition.version, "digest": edition.digest}
    found = counts(edition)
    languages = {language: round(share, 4) for language, share in shares_of_texts(edition).items()}
    if options.json:
        print(json.dumps(figures | {"counts": found, "languages": languages}, indent=2, ensure_ascii=False))
        return 0
    out = console()
    out.print(f"{edition.pack} {edition.version}: everything leads somewhere, everything has its words.")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, number in found.items():
        table.add_row(name.replace("_", " "), str(number))
    out.print(table)
    out.print("texts: " + ", ".join(f"{language} {share:.0%}" for language, share in languages.items()))
    return 0


def _show(options: argparse.Namespace) -> int:
    edition = load_pack(STANDARD)
    for path in options.overlay:
        edition = lay_over(edition, load_overlay(path, edition))
    id_ = options.item.removeprefix(f"{edition.pack}:")
    if id_ not in edition.items:
        near = [other for other in edition.items if other.lower().startswith(id_.lower()[:4])][:6]
        hint = f"; is it one of {', '.join(near)}?" if near else ""
        raise BadInput(Problem(options.item, f"is no item of {edition.pack}{hint}"))
    if options.lang and options.lang not in edition.texts:
        known = ", ".join(edition.texts)
        raise BadInput(Problem(options.lang, f"is no language of {edition.pack}; there is {known}"))
    _print_item(console(), edition, id_, options.lang or edition.language)
    return 0


def _print_item(out: Console, edition: Edition, id_: str, language: str) -> None:
    item, words = edition.items[id_], edition.words(language)
    text = words.items[id_]
    out.print(f"[bold]{item.id}  {escape(text.title)}[/]")
    if not edition.translated(language, "items", id_):
        out.print(f"(no text in {language} yet; this is {edition.language})")
    for paragraph in (text.text, text.why):
        if paragraph:
            out.print(escape(paragraph))
    for aspect, sentence in text.points.items():
        out.print(f"  · {escape(sentence)} ({item.aspects[aspect]})")
    if isinstance(item, Task):
        for level, cell in item.cells.items():
            emphasis = "not stated" if cell.emphasis is None else f"emphasis {cell.emphasis}"
            out.print(f"  level {level}: {emphasis} ({cell.confidence})")
    facts: dict[str, str] = {"kind": item.kind}
    if isinstance(item, Advice):
        facts |= {"force": item.force, "stage": item.stage}
    if isinstance(item, Reference):
        facts["work"] = f"{', '.join(item.authors)} ({item.year}). {item.title}. {item.published}"
    facts |= {
        "source": "; ".join(f"{edition.documents[s.document].title}, {s.section}" for s in item.source),
        "references": ", ".join(item.references),
        "related": ", ".join(item.related),
        "asked by": ", ".join(criterion.id for criterion in edition.criteria_of(id_)),
        "what to do": ", ".join(step.id for step in edition.steps_of(id_)),
        "laid over by": edition.laid_over.get(id_, ""),
        "note": item.note,
    }
    for name, value in facts.items():
        if value:
            out.print(f"{name}: {escape(value)}")


def _texts(options: argparse.Namespace) -> int:
    """Texts that are missing or stale, in English, each with the fingerprint of what is to be translated."""
    edition = load_pack(STANDARD)
    if not re.fullmatch("[a-z]{2}", options.language) or options.language == edition.language:
        raise BadInput(
            Problem(options.language, f"is no language to translate into; give two letters, not {edition.language}")
        )
    wanted: dict[str, Any] = {"language": options.language, "draft": True}
    for section, key, text in edition.texts[edition.language].entries():
        if not edition.translated(options.language, section, key):
            words = text.model_dump(exclude={"of"}, exclude_defaults=True, mode="json")
            wanted.setdefault(section, {})[key] = {"of": text.fingerprint, **words}
    print(yaml.safe_dump(wanted, allow_unicode=True, sort_keys=False, width=110), end="")
    return 0


def _diff(options: argparse.Namespace) -> int:
    found = differences(_pack(options.old), _pack(options.new))
    lists = {
        "added": found.added,
        "removed": found.removed,
        "renamed": found.renamed,
        "reworded": found.reworded,
        "re-scaled": found.rescaled,
        "weighed anew": found.weighed_anew,
        "relinked": found.relinked,
    }
    if options.json:
        print(json.dumps(lists, indent=2))
        return 0
    out = console()
    if not found:
        out.print("Nothing changed.")
    for name, ids in lists.items():
        shown = [f"{old} → {new}" for old, new in ids.items()] if isinstance(ids, dict) else list(ids)
        if shown:
            out.print(f"[bold]{name}[/] ({len(shown)})")
            for line in shown:
                out.print(f"  {line}")
    return 0
