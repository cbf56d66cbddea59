"""One clear message for input that cannot be used: where it is wrong, what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


def plain_line(text: str) -> str:
    """Text that came from a file as it may reach a terminal: without characters that steer it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a file. `row` counts from 1; `column` is a number or the name of a column."""

    file: str
    message: str
    row: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return plain_line(f"{place}: {self.message}")


class BadInput(Exception):
    """Input that was refused as a whole; nothing of it was used."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        first, more = str(self.problems[0]), len(self.problems) - 1
        return first if not more else f"{first}\n({more} more of this kind; mend this one and run it again)"
