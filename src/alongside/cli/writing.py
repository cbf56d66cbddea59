"""Writing the files that a command makes: all of them or none, and never over what someone still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from alongside.standard.bad_input import BadInput, Problem


def check_targets(targets: Iterable[Path | None], *, source: Path | None = None) -> None:
    """Refuse, before any work is done, what could not be written or would destroy something."""
    seen = {source.resolve()} if source else set()
    for target in targets:
        if target is None:
            continue
        if target.resolve() in seen:
            raise BadInput(Problem(str(target), "is read or written already; choose another name"))
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise BadInput(Problem(str(target), "is no ordinary file; choose another name"))
        if not target.absolute().parent.is_dir():
            raise BadInput(Problem(str(target), "cannot be written: there is no such folder"))
        seen.add(target.resolve())


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first, and move them there only when all are written."""
    drafts = {target: target.with_name(f".{target.name}.part") for target in contents}
    try:
        for target, content in contents.items():
            drafts[target].write_bytes(content)
        for target, draft in drafts.items():
            draft.replace(target)
    except OSError as error:
        names = ", ".join(str(target) for target in contents)
        raise BadInput(Problem(names, f"cannot be written ({error.strerror})")) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
