"""The line of 2018 extended: when the largest known run left its prediction interval, day by day."""

from datetime import date, timedelta

import numpy as np

from analysis.model.field import record_setters
from analysis.results.collect import Findings
from analysis.results.forecast import LATEST, days_of
from analysis.units import FLOP_PER_PFS_DAY, day_at, decimal_year


def test_the_largest_known_run_is_below_the_interval_from_the_day_on_that_is_named(findings: Findings) -> None:
    study = findings.study
    assert study.field is not None
    trend, records = study.trends["modern"], list(record_setters(study.field.models))
    start = min(point.date for point in study.chosen["modern"] if point.date >= records[0].date)
    below = []
    for day in (start + timedelta(days) for days in range((days_of(study)[LATEST] - start).days + 1)):
        largest = max((model for model in records if model.date <= day), key=lambda model: model.date)
        lower_end = trend.prediction_band(np.array([decimal_year(day)]))[0][0] * FLOP_PER_PFS_DAY
        if largest.compute_flop < lower_end:
            below.append(day)
    left = day_at(findings.results.value("compute.forecast.largest_leaves_interval"))
    # The first whole day below is the one after; from then on the run is below on every day.
    assert below[0] == left + timedelta(1)
    assert len(below) == (days_of(study)[LATEST] - below[0]).days + 1


def test_a_run_leaves_the_interval_when_its_probability_falls_below_one_in_twenty(findings: Findings) -> None:
    value = findings.results.value
    assert value("compute.forecast.at_latest.p_value") < 0.05 < value("compute.forecast.at_2026.p_value")
    assert day_at(value("compute.forecast.largest_leaves_interval")) > date(2026, 1, 1)
