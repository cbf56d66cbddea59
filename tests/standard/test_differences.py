"""What changed between two editions of the standard."""

from __future__ import annotations

from alongside.standard.differences import differences
from tests.revising import merge, reword

INTO, GONE = "q.A1.management.commitment", "q.A1.management.money"


def test_what_was_merged_into_another_is_renamed_and_the_other_is_still_compared_with_itself(edition):
    found = differences(edition, merge(edition, GONE, into=INTO))
    assert (found.renamed, found.removed, found.added, found.reworded) == ({GONE: INTO}, (), (), ())
    newer = reword(merge(edition, GONE, into=INTO), INTO, question="Do they stand by it?")
    assert differences(edition, newer).reworded == (INTO,)
