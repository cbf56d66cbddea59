"""Rows of squares: the number stands in the square, unknown is hatched, everything is escaped."""

from __future__ import annotations

from alongside.pictures.squares import Row, Square, standing


def test_a_square_shows_its_number_and_tells_what_it_is():
    made = standing([Row("A1", "Vision", [Square(3, "in place: Vision", "/o/A1/")])])
    assert made == (
        '<ul class="standing"><li><span class="item-id">A1</span><span>Vision</span><span class="squares">'
        '<a class="square s3" href="/o/A1/">3<span class="visually-hidden"> in place: Vision</span></a>'
        "</span></li></ul>"
    )


def test_what_is_not_known_is_hatched_and_never_a_zero():
    made = standing(
        [Row("A1", "Vision", [Square(None, "not known"), Square(0, "not yet"), Square(None, "open", sign="…")])]
    )
    assert made.count("square unknown") == 2
    assert ">?<" in made
    assert ">…<" in made
    assert made.count("square s0") == 1


def test_what_moved_is_heard_as_well_as_seen():
    made = standing([Row("A1", "Vision", [], up=2, down=1)], forward="moved forward", back="fell back")
    assert "▲ 2" in made
    assert "▼ 1" in made
    assert "moved forward" in made
    assert "fell back" in made
    assert "change" not in standing([Row("A1", "Vision", [])])


def test_words_are_escaped():
    made = standing([Row("<i>", "<b>", [Square(None, "<u>", '"><script>', "<s>")])])
    for wrong in ("<i>", "<b>", "<u>", "<s>", "<script>"):
        assert wrong not in made
