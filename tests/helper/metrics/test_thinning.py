"""Curves for charts: few points, no spike lost, and only the news for who has the rest."""

from __future__ import annotations

import math
from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from propel_helper.metrics.thinning import MOST, Point, Thinned, extremes, thinned

VALUES = st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), max_size=400)


@settings(deadline=None)
@given(VALUES, st.integers(8, 64))
def test_the_lowest_and_the_highest_stay(values: list[float], most: int) -> None:
    curve = Thinned(most)
    for at, value in enumerate(values):
        curve.add(at, value)
    _, points = curve.since(0)
    finite = [value for value in values if math.isfinite(value)]
    left = [value for _, value in points if math.isfinite(value)]
    assert len(points) <= most + 2
    assert [at for at, _ in points] == sorted(at for at, _ in points)
    if finite:
        assert (min(left), max(left)) == (min(finite), max(finite))
    else:
        assert left == []
        assert bool(points) == bool(values)


@settings(deadline=None)
@given(VALUES, st.lists(st.integers(1, 50), max_size=20))
def test_who_takes_only_the_news_has_the_whole(values: list[float], bites: list[int]) -> None:
    curve, version, settled = Thinned(16), 0, 0
    copy: list[Point] = []
    at = 0
    for bite in [*bites, len(values)]:
        for value in values[at : at + bite]:
            curve.add(at, value)
            at += 1
        start, points = curve.since(settled if version == curve.version else 0)
        copy[start:] = points
        version, settled = curve.version, curve.settled
    whole = curve.since(0)[1]
    assert [plain(point) for point in copy] == [plain(point) for point in whole]


def plain(point: Point) -> tuple[float, str]:
    return point[0], repr(point[1])


def test_a_place_that_is_told_again_has_the_newer_value() -> None:
    curve = Thinned()
    for point in ((1, 0.5), (2, 0.4), (2, 0.3)):
        curve.add(*point)
    assert curve.since(0) == (0, [(1, 0.5), (2, 0.3)])
    assert curve.since(2) == (1, [(2, 0.3)])


def test_a_million_points_stay_few_and_keep_their_one_spike() -> None:
    curve = Thinned()
    for at in range(1_000_000):
        curve.add(at, 9.0 if at == 777_777 else 1.0)
    points = curve.since(0)[1]
    assert len(points) <= MOST + 2
    assert (777_777, 9.0) in points


def test_what_is_no_number_shows_only_where_nothing_else_does() -> None:
    assert extremes([(1, math.nan), (2, 3.0)]) == ((2, 3.0),)
    (only,) = extremes([(1, math.nan), (2, math.inf)])
    assert only[0] == 2
    assert extremes([]) == ()


def test_a_part_in_detail() -> None:
    at, values = array("d", range(1000)), array("d", (n % 10 for n in range(1000)))
    assert thinned(at, values, 2000) == list(zip(at, values, strict=True))
    few = thinned(at, values, 100)
    assert len(few) <= 100
    assert {value for _, value in few} == {0.0, 9.0}
