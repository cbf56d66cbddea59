"""What an attacker can work out from published figures: for each group and answer the fewest and the most who gave it.

A linear program over everything that is public at once. Its unknowns are how many of each group gave each answer; its
rows are the sizes of the groups and every figure that was published, the total included. Such programs (transportation
problems) have whole numbers in their corners, so the bounds are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import highspy

from alongside.rules.scoring import OTHERS

Figures = Sequence[int] | None
"""Counts of the answers of the scale, then of "don't know", "does not apply" and blank; None: withheld."""


class Attack:
    """Everything that is public about a question with so many `answers`; `known`: what this attacker knows besides."""

    def __init__(
        self,
        answers: int,
        sizes: Mapping[str, int],
        published: Mapping[str, Figures],
        known: Mapping[str, Sequence[int]],
    ) -> None:
        self.answers, self.groups = answers, list(sizes)
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for group in self.groups:
            for _ in range(self.answers):
                self.solver.addCol(0.0, 0.0, sizes[group], 0, [], [])
        for group, size in sizes.items():
            self._sum([(group, answer) for answer in range(self.answers)], size)
        withheld = [group for group in sizes if published.get(group) is None]
        for key, counts in [*published.items(), *known.items()]:
            if counts is None:
                continue
            of = self.groups if key == "" else withheld if key == OTHERS else [key]
            said = self.answers - (key == OTHERS)  # a withheld group that said nothing may not be among the others
            for answer in range(said):
                self._sum([(group, answer) for group in of], counts[answer])

    def _sum(self, cells: Sequence[tuple[str, int]], total: int) -> None:
        places = [self._place(*cell) for cell in cells]
        self.solver.addRow(total, total, len(places), places, [1.0] * len(places))

    def _place(self, group: str, answer: int) -> int:
        return self.groups.index(group) * self.answers + answer

    def bounds(self, group: str, answer: int) -> tuple[int, int]:
        """The fewest and the most in `group` who can have given this answer."""
        place = self._place(group, answer)
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeColCost(place, 1.0)
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            found.append(round(self.solver.getInfo().objective_function_value))
        self.solver.changeColCost(place, 0.0)
        return found[0], found[1]
