"""Charts: each bar is as long as its number, whatever is not told has none, and the shades differ in grey too."""

from itertools import pairwise

from reports import charts
from reports.page import BAR, LEFT, RIGHT, ROOM, Box, Strip, Text, rgb
from reports.parts import Row


def boxes(strips: list[Strip], colour: str) -> list[Box]:
    return [
        mark for strip in strips for mark in strip.marks
        if isinstance(mark, Box) and not mark.line and mark.colour == colour
    ]  # fmt: skip


def test_a_bar_stands_between_its_label_and_its_number_and_is_as_long_as_that() -> None:
    rows = [Row("0–7", ["2"]), Row("8–31", ["0"]), Row("over 730", ["8"]), Row("All", ["10"], strong=True)]
    strips = charts.measured(Row("Nights", ["Persons"]), rows, [2, 0, 8])
    small, large = boxes(strips, BAR)
    assert large.width == 4 * small.width
    assert small.x == large.x > LEFT + 30
    assert large.x + large.width < RIGHT - 12
    assert [mark.text for strip in strips for mark in strip.marks if isinstance(mark, Text)][-2:] == ["All", "10"]


def test_what_is_taken_and_held_fills_the_bar_and_what_goes_beyond_ends_it() -> None:
    bar, legend = charts.share([("taken: 47", 47), ("held: 2", 2)], 50)
    (taken,), (held,) = boxes([bar], BAR), boxes([bar], charts.PALE)
    assert (round(taken.width / ROOM, 3), round(held.width / ROOM, 3)) == (0.94, 0.04)
    assert held.x == taken.x + taken.width
    assert [mark.text for mark in legend.marks if isinstance(mark, Text)] == ["taken: 47", "held: 2"]
    beyond, _ = charts.share([("taken: 60", 60)], 50)
    (taken,), (edge,) = boxes([beyond], BAR), boxes([beyond], charts.DARK)
    assert taken.width == ROOM
    assert abs(edge.x - LEFT - ROOM * 50 / 60) < 1


def test_those_who_came_and_went_stand_beside_each_other_and_no_labels_meet() -> None:
    strips = charts.pairs([(161, 0), (0, 7), (20, 14)], ["Sept", "Oct", "Nov"], means=("Admitted", "Departed"))
    came, went = boxes(strips[:1], charts.DARK), boxes(strips[:1], charts.PALE)
    assert (len(came), len(went)) == (2, 2)
    assert round(came[1].height / came[0].height, 4) == round(20 / 161, 4)
    many = charts.pairs([(n, n) for n in range(1, 60)], ["September"] * 59, means=("a", "b"))
    places = [mark.x for mark in many[0].marks if isinstance(mark, Text) and mark.text == "September"]
    assert all(after - before > 40 for before, after in pairwise(places))


def test_the_shades_are_told_apart_in_grey_and_from_the_paper() -> None:
    def light(colour: str) -> float:
        red, green, blue = rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(map(light, (charts.DARK, BAR, charts.PALE, "#ffffff")))
    assert all(after - before > 0.15 for before, after in pairwise(shades))
