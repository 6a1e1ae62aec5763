"""Specification curves of points whose lines are known."""

from dataclasses import replace

import pytest

from analysis.model.specifications import ESTIMATORS, Choices, Reading, Selection, specifications

YEARS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)
# Two doublings a year, but for the fourth, which is below the third.
VALUES = (1.0, 4.0, 16.0, 8.0, 256.0, 1024.0)
EVERYTHING = Selection(labels=("all",), places=(0, 1, 2, 3, 4, 5))
RECORDS = Selection(labels=("records",), places=(0, 1, 2, 3, 4, 5), which="records")
CHOICES = Choices(
    selections=(EVERYTHING, RECORDS),
    dates=(Reading(labels=("as dated",), numbers=YEARS),),
    values=(Reading(labels=("as printed",), numbers=VALUES),),
)


def labels(choices: Choices) -> list[tuple[str, ...]]:
    return [each.labels[:-1] for each in specifications(choices)[:: len(ESTIMATORS)]]


def test_every_choice_meets_every_estimator() -> None:
    assert [each.labels for each in specifications(CHOICES)] == [
        (which, "as dated", "as printed", estimator) for which in ("all", "records") for estimator in ESTIMATORS
    ]


def test_records_are_the_points_above_every_earlier_one() -> None:
    # Without the fourth point all are on one line.
    records = [each for each in specifications(CHOICES) if each.labels[0] == "records"]
    assert [each.n for each in records] == [5] * 3
    assert [each.doubling_time_months for each in records] == pytest.approx([6.0] * 3)


def test_the_same_points_count_once() -> None:
    again = replace(EVERYTHING, labels=("all but one that is not there",))
    assert labels(replace(CHOICES, selections=(EVERYTHING, again))) == [("all", "as dated", "as printed")]


def test_too_few_points_are_no_specification() -> None:
    four = replace(EVERYTHING, places=(0, 1, 2, 3))
    assert labels(replace(CHOICES, selections=(EVERYTHING, four))) == [("all", "as dated", "as printed")]


def test_another_unit_and_another_calendar_change_nothing() -> None:
    moved = replace(
        CHOICES,
        dates=(Reading(labels=("as dated",), numbers=tuple(year + 2000 for year in YEARS)),),
        values=(Reading(labels=("as printed",), numbers=tuple(value * 86400 for value in VALUES)),),
    )
    for one, other in zip(specifications(CHOICES), specifications(moved), strict=True):
        assert one.doubling_time_months == pytest.approx(other.doubling_time_months)
