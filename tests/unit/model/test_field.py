"""The selections of the wider field, worked by hand, and the trends that an independent computation found."""

from datetime import date, timedelta

import pytest

from analysis.inputs.rows import NotableModel
from analysis.model.field import field_study, record_setters, running_top
from analysis.model.study import Study

DAY = date(2018, 5, 16)
# An independent computation gives its months to two decimals.
TO_TWO_DECIMALS = 0.005


def model(name: str, compute_flop: float, days: int = 0, **fields: object) -> NotableModel:
    """A model some days after a fixed one."""
    plain = {
        "id": name,
        "name": name,
        "date": DAY + timedelta(days=days),
        **dict.fromkeys(("organisations", "kinds", "countries", "domains", "hardware"), ()),
        **dict.fromkeys(("parameters", "training_data", "devices", "mfu", "cost_usd_2023"), None),
        **dict.fromkeys(("frontier", "open_weights", "system"), None),
        "compute_flop": compute_flop,
        "confidence": "confident",
        "sources": ("epoch2026models",),
        "since": "2026-11",
    }
    return NotableModel.model_validate({**plain, **fields})


def names(models: object) -> list[str]:
    return [each.id for each in models]  # type: ignore[attr-defined]


def test_a_model_is_in_the_running_top_while_fewer_than_so_many_earlier_ones_are_larger() -> None:
    # Of two places: a and b fill them; c is behind both, d is behind b alone, e is ahead of all, f is behind b and e.
    models = [
        model("a", 5, 0),
        model("b", 9, 1),
        model("c", 4, 2),
        model("d", 6, 3),
        model("e", 10, 4),
        model("f", 7, 5),
    ]
    assert names(running_top(models, 2)) == ["a", "b", "d", "e"]


def test_models_of_one_day_do_not_count_against_each_other_and_an_equal_one_is_not_behind() -> None:
    assert names(running_top([model("a", 9), model("b", 5), model("c", 7)], 1)) == ["a", "b", "c"]
    assert names(running_top([model("a", 9), model("b", 9, 1), model("c", 8, 2)], 1)) == ["a", "b"]


def test_the_running_top_does_not_depend_on_the_order_of_the_rows() -> None:
    models = [model(str(i), (7 * i) % 11 + 1, (5 * i) % 13) for i in range(13)]
    assert set(names(running_top(models, 3))) == set(names(running_top(models[::-1], 3)))


def test_a_record_exceeds_every_earlier_one_and_of_one_day_only_the_largest_counts() -> None:
    models = [model("a", 5), model("b", 8), model("tie", 8, 1), model("c", 9, 2), model("low", 3, 3)]
    assert names(record_setters(models)) == ["b", "c"]


def test_a_ranking_sees_the_models_before_its_first_year() -> None:
    before = (date(2009, 1, 1) - DAY).days
    early = [model(f"early-{i}", 1e20 * (1 + i), before - i) for i in range(10)]
    late = [model(f"late-{i}", 10.0 ** (22 + i), 365 * i) for i in range(4)]
    small = model("small", 1e10, 100)
    study = field_study([*early, *late, small], set())
    assert names(study.chosen["frontier.since_2010"]) == names(late)


def test_a_selection_of_fewer_than_three_models_has_no_trend() -> None:
    study = field_study([model(str(i), 10.0**i, 100 * i) for i in range(5)], set())
    assert "field.before_2010" not in study.trends
    assert study.trends["field.since_2010"].n == 5


def test_the_largest_by_a_day_is_of_that_day_or_before() -> None:
    study = field_study([model("a", 5), model("b", 9, 10)], set())
    assert study.largest_by(DAY).id == "a"
    assert study.largest_by(DAY + timedelta(days=10)).id == "b"


@pytest.mark.parametrize(
    ("name", "n", "months"),
    [
        ("field.since_2010", 473, 5.73),
        ("field.before_2010", 62, 20.49),
        ("field.from_2012_to_2017", 79, 9.55),
        ("field.since_2018", 384, 4.70),
        ("frontier.since_2010", 122, 5.25),
        ("frontier.since_2018", 75, 5.35),
    ],
)
def test_trends_are_those_of_an_independent_computation(study: Study, name: str, n: int, months: float) -> None:
    assert study.field is not None
    trend = study.field.trends[name]
    assert trend.n == n
    assert trend.doubling_time_months.value == pytest.approx(months, abs=TO_TWO_DECIMALS)


def test_speculative_values_can_be_left_out(study: Study) -> None:
    assert study.field is not None
    kept = study.field.chosen["field.not_speculative"]
    everything = study.field.chosen["field.since_2010"]
    assert set(kept) == {each for each in everything if each.confidence != "speculative"}
    assert 0 < len(kept) < len(everything)
