"""Laws of the frontier."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from analysis.model.efficiency import frontier_of

# A handful of days and of computes, so that ties in both are common.
points = st.lists(
    st.tuples(
        st.integers(0, 6).map(lambda days: date(2015, 1, 1) + timedelta(days=days)),
        st.integers(1, 6).map(float),
    ),
    max_size=12,
)
Points = list[tuple[date, float]]


def on_frontier(drawn: Points) -> Points:
    """The points on the frontier by date."""
    return sorted(point for point, mark in zip(drawn, frontier_of(drawn), strict=True) if mark)


@given(points)
def test_the_frontier_falls(drawn: Points) -> None:
    computes = [compute for _, compute in on_frontier(drawn)]
    assert all(later < earlier for earlier, later in pairwise(computes))


@given(points.filter(bool))
def test_the_frontier_ends_at_the_minimum(drawn: Points) -> None:
    assert on_frontier(drawn)[-1][1] == min(compute for _, compute in drawn)


@given(points)
def test_a_date_has_one_point_of_the_frontier_at_most(drawn: Points) -> None:
    days = [day for day, _ in on_frontier(drawn)]
    assert len(set(days)) == len(days)


@given(points)
def test_every_point_needs_at_least_what_the_frontier_does_by_its_date(drawn: Points) -> None:
    frontier = on_frontier(drawn)
    assert all(min(least for when, least in frontier if when <= day) <= compute for day, compute in drawn)


@given(points)
def test_a_point_of_the_frontier_is_below_all_before_it(drawn: Points) -> None:
    # The definition, written out a second way.
    assert on_frontier(drawn) == sorted(
        {point for point in drawn if all(point[1] < other[1] for other in drawn if other[0] < point[0])}
        & {point for point in drawn if all(point[1] <= other[1] for other in drawn if other[0] == point[0])}
    )


@given(points, st.integers(-40, 40))
def test_scaling_compute_moves_no_point_on_or_off_the_frontier(drawn: Points, doublings: int) -> None:
    # A power of two scales a float without rounding.
    assert frontier_of([(day, compute * 2.0**doublings) for day, compute in drawn]) == frontier_of(drawn)


@given(points, st.randoms(use_true_random=False))
def test_the_order_given_does_not_change_the_frontier(drawn: Points, random: Random) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)
    assert on_frontier(shuffled) == on_frontier(drawn)
