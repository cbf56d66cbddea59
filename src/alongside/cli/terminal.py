"""The terminal as results are written to it: never wider than 80 columns, plain where colours are not wanted."""

from rich.console import Console

WIDTH = 80


def console() -> Console:
    """Standard output at 80 columns at most; square brackets and numbers in texts stay as they are."""
    out = Console(highlight=False, emoji=False)
    out.width = min(out.width, WIDTH) if out.is_terminal else WIDTH
    return out
