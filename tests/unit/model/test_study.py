"""The study of an edition: its points, record setters, periods and scopes."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import UnknownNameError
from analysis.inputs.dataset import Dataset
from analysis.model.study import SCOPES, Point, Study, analyse, record_setters, trend_of
from analysis.model.worked import Worked


def single(calculation: Worked, flop: float) -> Worked:
    """A calculation of a single factor, a number of FLOP."""
    return replace(calculation, terms=(replace(calculation.terms[0], value=flop, unit="FLOP"),))


def moved(study: Study, days_and_compute: list[tuple[date, float]]) -> list[Point]:
    """Points of the modern era put at these dates and computes, in this order."""
    points = study.era("modern")[: len(days_and_compute)]
    return [
        replace(point, date=day, calculation=single(point.calculation, flop))
        for point, (day, flop) in zip(points, days_and_compute, strict=True)
    ]


def records(points: list[Point]) -> list[float]:
    """Computes of the record setters among points."""
    return [point.compute_flop for point in record_setters(points)]


def test_without_an_edition_the_last_one_is_analysed(dataset: Dataset, study: Study) -> None:
    assert study.edition == dataset.editions[-1]


def test_an_unknown_edition_is_refused(dataset: Dataset) -> None:
    with pytest.raises(UnknownNameError, match=r"^no edition '2018-50'; did you mean '2018-05'\?$"):
        analyse(dataset, "2018-50")


def test_points_are_in_order_of_date(study: Study) -> None:
    days = [point.date for point in study.points]
    assert days == sorted(days)


def test_a_point_takes_the_estimate_its_system_uses(study: Study) -> None:
    # 2 x 1.58 x 5.5 x 0.333 = 5.78754 tfs-days
    assert study.point("alexnet").pfs_days == pytest.approx(0.005_787_54, rel=1e-12, abs=0)


def test_a_point_has_the_plotted_date(study: Study) -> None:
    assert study.point("alexnet").date == date(2012, 6, 1)


def test_systems_of_modest_compute_are_no_points(study: Study) -> None:
    modest = {system.id for system in study.dataset.systems if system.listing == "modest"}
    assert modest & {point.slug for point in study.points} == set()


def test_the_list_of_modest_compute_has_the_six_results_of_the_appendix(study: Study) -> None:
    # Attention, Adam, Learning to Align and Translate, GANs, Word2Vec, Variational Auto Encoders.
    modest = {system.id for system in study.dataset.systems if system.listing == "modest"}
    assert modest == {"transformer", "adam", "align-and-translate", "gans", "word2vec", "vae"}


def test_the_eras_part_the_points(study: Study) -> None:
    assert sorted((*study.era("first"), *study.era("modern")), key=study.points.index) == list(study.points)


def test_an_era_has_the_points_of_its_chart(study: Study) -> None:
    # Two-era chart of November 2019: eleven points before AlexNet, fifteen from it on.
    assert (len(study.era("first")), len(study.era("modern"))) == (11, 15)


def test_a_record_setter_exceeds_every_earlier_point(study: Study) -> None:
    # Of 3, 1, 5, 4, 6 the records are 3, 5 and 6.
    days = [date(2012, month, 1) for month in range(1, 6)]
    points = moved(study, list(zip(days, [3.0, 1.0, 5.0, 4.0, 6.0], strict=True)))
    assert records(points) == [3.0, 5.0, 6.0]


def test_a_tie_with_an_earlier_point_is_no_record(study: Study) -> None:
    points = moved(study, [(date(2012, 1, 1), 3.0), (date(2012, 2, 1), 3.0), (date(2012, 3, 1), 4.0)])
    assert records(points) == [3.0, 4.0]


def test_of_one_date_the_largest_alone_sets_a_record(study: Study) -> None:
    points = moved(study, [(date(2012, 1, 1), 3.0), (date(2012, 1, 1), 5.0), (date(2012, 2, 1), 4.0)])
    assert records(points) == [5.0]


def test_the_order_of_the_points_does_not_matter_for_records(study: Study) -> None:
    days = [date(2012, month, 1) for month in range(1, 6)]
    points = moved(study, list(zip(days, [3.0, 1.0, 5.0, 4.0, 6.0], strict=True)))
    assert records(points[::-1]) == [3.0, 5.0, 6.0]


def test_no_points_set_no_record() -> None:
    assert record_setters([]) == ()


def test_the_modern_record_setters_are_the_six_read_off_the_chart(study: Study) -> None:
    # By date: AlexNet 0.0058, Zeiler-Fergus 0.0062, VGG 0.098, DeepSpeech2 0.24, then (2016-09-25) Neural Machine
    # Translation 79 and AlphaGo Zero 1860. Xception and NAS came weeks after the translation system, with less.
    assert [point.slug for point in record_setters(study.era("modern"))] == [
        "alexnet",
        "zeiler-fergus",
        "vgg",
        "deepspeech2",
        "neural-machine-translation",
        "alphago-zero",
    ]


def test_the_first_record_setters_are_the_six_read_off_the_chart(study: Study) -> None:
    # Perceptron 1e-14, NETtalk 1e-9 (ALVINN ties), TD-Gammon 2.3e-7, BiLSTM 3.05e-7, deep belief nets 2.38e-5,
    # MCDNN 3.02e-5; LeNet-5, the RNN, the evolving LSTMs and the MLP lie below an earlier point.
    assert [point.slug for point in record_setters(study.era("first"))] == [
        "perceptron",
        "nettalk",
        "td-gammon-v2-1",
        "bilstm-for-speech",
        "deep-belief-nets",
        "mcdnn-mnist-norb",
    ]


@pytest.mark.parametrize(
    ("period", "slugs"),
    [
        ("2012_2014", {"alexnet", "dropout", "zeiler-fergus", "dqn", "vgg", "seq2seq", "googlenet"}),
        (
            "2014_2016",
            {
                "vgg",
                "seq2seq",
                "googlenet",
                "deepspeech2",
                "resnets",
                "neural-machine-translation",
                "xception",
                "neural-architecture-search",
            },
        ),
        (
            "2016_2017",
            {
                "neural-machine-translation",
                "xception",
                "neural-architecture-search",
                "dota-1v1",
                "alphago-zero",
                "alphazero",
            },
        ),
    ],
)
def test_a_period_holds_the_points_between_its_ends(study: Study, period: str, slugs: set[str]) -> None:
    view = next(view for view in study.periods if view.period.id == period)
    assert {point.slug for point in view.points} == slugs


def test_both_ends_of_a_period_belong_to_it(dataset: Dataset) -> None:
    # The second stretch narrowed to the days of VGG and of the ResNets.
    periods = tuple(
        period.model_copy(update={"start": date(2014, 9, 4), "end": date(2015, 12, 10)})
        if period.id == "2014_2016"
        else period
        for period in dataset.periods
    )
    narrowed = analyse(replace(dataset, periods=periods), "2018-05")
    view = next(view for view in narrowed.periods if view.period.id == "2014_2016")
    assert (view.points[0].slug, view.points[-1].slug) == ("vgg", "resnets")


def test_the_periods_of_the_modern_era_leave_no_point_out(study: Study) -> None:
    counted = {point.slug for view in study.periods if view.period.era == "modern" for point in view.points}
    assert counted == {point.slug for point in study.era("modern")}


def test_no_two_scopes_share_a_name() -> None:
    names = [scope.name for scope in SCOPES]
    assert len(set(names)) == len(names)


def test_a_scope_of_fewer_than_three_points_has_no_trend(study: Study) -> None:
    # Speech has one modern point, DeepSpeech2; language has two, Seq2Seq and the translation system.
    assert {"speech", "language"} & set(study.trends) == set()


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        ("modern", 15),
        ("modern.record_setters", 6),
        ("modern.as_plotted", 15),
        ("modern.without_dqn", 14),
        ("modern.without_alphago", 13),
        ("first", 11),
        ("first.record_setters", 6),
        ("whole", 26),
        # Vision: AlexNet, Zeiler-Fergus, VGG, GoogLeNet, ResNets, Xception; before 2012 LeNet-5, deep belief nets, the
        # MLP and MCDNN.
        ("vision", 6),
        ("vision.both_eras", 10),
        # Games: DQN, Dota 1v1, AlphaGo Zero, AlphaZero.
        ("games", 4),
    ],
)
def test_a_scope_holds_the_points_it_names(study: Study, scope: str, count: int) -> None:
    assert study.trends[scope].n == count


def test_the_scope_of_plotted_values_takes_the_reading_of_every_point(study: Study) -> None:
    # 1860 / 0.00579, three digits each, is the 321,244 read off the chart.
    chosen = {point.slug: point.pfs_days for point in study.scopes["modern.as_plotted"].choose(study)}
    assert chosen["alphago-zero"] / chosen["alexnet"] == pytest.approx(1860 / 0.00579, rel=1e-12, abs=0)


def test_the_scope_of_printed_factors_takes_the_printed_estimate_where_there_is_one(study: Study) -> None:
    chosen = {point.slug: point.calculation.name for point in study.scopes["modern.as_printed"].choose(study)}
    assert (chosen["alexnet"], chosen["googlenet"]) == ("worked.alexnet.gpu_time", "worked.googlenet.chart_reading")


def test_the_scope_that_redates_alexnet_changes_nothing_else(study: Study) -> None:
    # Krizhevsky et al. was presented from 3 December 2012 on.
    chosen = study.scopes["modern.alexnet_at_its_paper"].choose(study)
    changed = [(p.slug, p.date) for p, q in zip(chosen, study.era("modern"), strict=True) if p.date != q.date]
    assert changed == [("alexnet", date(2012, 12, 3))]


def test_the_first_edition_knows_no_first_era(dataset: Dataset) -> None:
    early = analyse(dataset, "2018-05")
    assert (early.era("first"), "first" in early.trends, "whole" in early.trends) == ((), False, False)


def test_the_edition_of_2019_adds_the_first_era_and_no_efficiency(dataset: Dataset) -> None:
    middle = analyse(dataset, "2019-11")
    assert (middle.trends["first"].n, middle.efficiency) == (11, None)


def test_the_modern_trend_is_the_same_in_every_edition(dataset: Dataset, study: Study) -> None:
    assert analyse(dataset, "2018-05").trends["modern"] == study.trends["modern"]


def test_the_same_points_give_the_same_trend(study: Study) -> None:
    assert trend_of(study.era("modern")) == study.trends["modern"]


def test_a_constant_is_found_by_its_name(study: Study) -> None:
    assert study.constant("moore_doubling") == 24.0
