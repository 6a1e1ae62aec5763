"""The command that fits a file of one's own: what it finds, what it leaves out, and what it says of bad input."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from analysis.__main__ import main
from analysis.fitting.dates import CONVENTION
from analysis.input_files import ROOT
from analysis.model.least_squares import RESAMPLES, resamples_of
from analysis.model.study import Study
from analysis.model.trends import Interval

Capture = pytest.CaptureFixture[str]
Fitted = Callable[..., Any]
# Doublings are exact in floats; dates of whole days differ from even intervals by less than a day in a year.
A_DAY_A_YEAR = 1 / 365


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.csv"


@pytest.fixture
def fitted(file: Path, capsys: Capture) -> Fitted:
    """The JSON of a fit of some lines."""

    def fit(lines: list[str], *options: str) -> Any:
        file.write_text("\n".join(lines), encoding="utf-8")
        assert main(["fit", str(file), "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    return fit


def refusal(lines: list[str], file: Path, capsys: Capture, *options: str) -> str:
    """The line on standard error, without the name of the file."""
    file.write_text("\n".join(lines), encoding="utf-8")
    assert main(["fit", str(file), *options]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err.strip().removeprefix("error: ").removeprefix(f"{file}: ")


YEARLY = ["when,compute,lab", "2012,1,a", "2013,4,b", "2014,16,a", "2015,64,b", "2016,256,a"]


def test_every_method_finds_a_steady_doubling(fitted: Fitted) -> None:
    found = fitted(YEARLY)["fits"][0]
    # Fourfold a year is a doubling in six months.
    assert [slope["kind"] for slope in found["slopes"]] == ["doubling"] * 4
    assert [slope["months"] for slope in found["slopes"]] == pytest.approx([6] * 4, rel=A_DAY_A_YEAR)
    assert found["growth_per_year"]["value"] == pytest.approx(4, rel=2 * A_DAY_A_YEAR)
    assert (found["n"], found["first"], found["last"]) == (5, "2012-07-02", "2016-07-02")


def test_values_that_fall_have_a_halving_time(fitted: Fitted) -> None:
    found = fitted(["date,value", "2012,9", "2013,4", "2014,2", "2015,1.1", "2016,0.5"])["fits"][0]
    for slope in found["slopes"][:3]:
        assert slope["kind"] == "halving"
        assert slope["months"] == pytest.approx(-12 / slope["slope"])
        # The steeper the fall, the shorter the time.
        assert slope["months_low"] == pytest.approx(-12 / slope["slope_low"])
        assert slope["months_low"] < slope["months"] < slope["months_high"]


def test_an_interval_that_spans_zero_has_no_finite_time(fitted: Fitted, file: Path, capsys: Capture) -> None:
    found = fitted(["date,value", "2012,3", "2013,1", "2014,4", "2015,2", "2016,3"])["fits"][0]["slopes"][0]
    assert found["slope_low"] < 0 < found["slope_high"]
    assert (found["months_low"], found["months_high"]) == (None, None)
    assert main(["fit", str(file)]) == 0
    assert capsys.readouterr().out.count("no finite 95% interval: the slope may be zero") == 3


@pytest.mark.parametrize("points", [3, 4])
def test_few_points_have_the_interval_of_the_line_alone(
    fitted: Fitted, file: Path, capsys: Capture, points: int
) -> None:
    slopes = fitted(YEARLY[: points + 1])["fits"][0]["slopes"]
    assert [slope["slope_low"] is not None for slope in slopes] == [True, False, False, False]
    assert main(["fit", str(file)]) == 0
    printed = capsys.readouterr().out
    for interval in ("bootstrap", "ranks of slopes"):
        assert f"; no 95% interval ({interval}) for fewer than 5 points\n" in printed


def test_rows_that_the_options_leave_out_are_counted(file: Path, capsys: Capture) -> None:
    options = ("--from", "2016")
    message = "compute: 1 point; expected at least 3 for a trend; the options leave 1 of 5 rows"
    assert refusal(YEARLY, file, capsys, *options) == message


def test_a_trend_of_our_own_is_found_in_our_own_file(study: Study, capsys: Capture) -> None:
    options = ["--value", "compute_flop", "--frontier", "top10", "--from", "2010"]
    assert main(["fit", str(ROOT / "data/models.csv"), "--json", *options]) == 0
    student, bootstrap = json.loads(capsys.readouterr().out)["fits"][0]["slopes"][:2]
    assert study.field is not None
    ours = study.field.trends["frontier.since_2010"]
    assert months_of(student) == pytest.approx(bounds(ours.doubling_time_months))
    # Rows of one day may be in another order, and then other points are drawn.
    assert months_of(bootstrap) == pytest.approx(bounds(ours.doubling_time_bootstrap_months), rel=0.01)


def months_of(slope: Any) -> tuple[float, float, float]:
    return slope["months"], slope["months_low"], slope["months_high"]


def bounds(interval: Interval) -> tuple[float | None, ...]:
    return interval.value, interval.low, interval.high


def test_columns_are_guessed_where_obvious_and_said_to_be(fitted: Fitted) -> None:
    assert fitted(YEARLY)["columns"] == {"date": "when", "value": "compute", "by": None, "guessed": ["when", "compute"]}
    named = fitted(
        ["id,release_date,year,value", "7,2012-01,2012,1", "8,2013-01,2013,3", "9,2014-01,2014,4"], "--date", "year"
    )
    assert (named["columns"]["date"], named["columns"]["value"], named["columns"]["guessed"]) == (
        "year",
        "value",
        ["value"],
    )


@pytest.mark.parametrize(
    ("frontier", "rows"),
    [("highest", ["2012", "2013", "2015"]), ("lowest", ["2012", "2014", "2016"])],
)
def test_a_frontier_is_what_was_ahead_at_its_date(fitted: Fitted, frontier: str, rows: list[str]) -> None:
    lines = ["date,value", "2016,1", "2012,5", "2013,7", "2014,3", "2015,9", "2017,7"]
    found = fitted(lines, "--frontier", frontier)["fits"][0]
    assert (found["n"], found["first"][:4], found["last"][:4]) == (3, rows[0], rows[-1])


def test_the_last_day_of_a_period_is_in_the_range_and_a_frontier_sees_what_was_before_it(fitted: Fitted) -> None:
    lines = ["date,value", "2011,6", "2012,5", "2013-12-31,7", "2014,8", "2015,9", "2016,10", "2017-01-01,11"]
    found = fitted(lines, "--frontier", "highest", "--from", "2012", "--to", "2016")["fits"][0]
    assert (found["n"], found["first"], found["last"]) == (4, "2013-12-31", "2016-07-02")


def test_groups_are_fitted_apart_and_one_that_cannot_be_is_named(fitted: Fitted) -> None:
    found = fitted(YEARLY, "--by", "lab")
    assert [(fit["group"], fit["n"]) for fit in found["fits"]] == [("a", 3)]
    assert found["unfitted"] == {"b": "2 points; expected at least 3 for a trend"}


def test_rows_that_cannot_be_used_are_listed_with_line_and_reason(fitted: Fitted, file: Path, capsys: Capture) -> None:
    bad = ["2017,0,a", "2017,-3,a", "June 2017,5,a", "2017,1_000,a", "2017,5", "2012,1,a ", "2018,1e400,a"]
    reasons = [
        "compute: found '0'; expected a number above zero, because its logarithm is fitted",
        "compute: found '-3'; expected a number above zero, because its logarithm is fitted",
        "when: found 'June 2017'; expected a date such as 2012-06-01, 2012-06 or 2012",
        "compute: found '1_000'; expected a plain decimal number",
        "found 2 cells; expected 3",
        "found the cells of row 2 again; expected each row once",
        "compute: found '1e400'; expected a number below 1e308",
    ]
    unused = fitted([*YEARLY, *bad])["unused"]
    assert [(each["row"], each["reason"]) for each in unused] == list(enumerate(reasons, start=7))
    assert main(["fit", str(file)]) == 0
    assert f"  row 7: {reasons[0]}" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("lines", "options", "message"),
    [
        (["date,value", "2012,1", "2013,2"], (), "value: 2 points; expected at least 3 for a trend"),
        (
            ["date,value", *["2012,1", "2012,2", "2012,3"]],
            (),
            "value: all points have one date; expected at least two dates",
        ),
        (
            ["date,value", "2012,1", "2013,2", "2014,0"],
            (),
            (
                "value: 2 points; expected at least 3 for a trend; 1 not usable, such as row 4: value: found '0'; "
                "expected a number above zero, because its logarithm is fitted"
            ),
        ),
        (["date,value"], (), "found a header and no rows; expected at least 3"),
        ([""], (), "empty; expected a header"),
        (
            ["date;value", "2012;1"],
            (),
            (
                "header: found one column, 'date;value'; expected dates and values; cells are separated by ';', "
                "expected commas"
            ),
        ),
        (
            ["date\tvalue", "2012\t1"],
            (),
            (
                r"header: found one column, 'date\tvalue'; expected dates and values; cells are separated by tabs, "
                "expected commas"
            ),
        ),
        (
            ["2012,1", "2013,2", "2014,4", "2015,8"],
            (),
            (
                "header: found '2012' and '1', a date and a number; expected the names of the columns on the first "
                "line, or --date and --value if these are names"
            ),
        ),
        (
            ["date,,value", "2012,,1"],
            ("--value", ""),
            (
                ": 0 points; expected at least 3 for a trend; 1 not usable, such as row 2: : found ''; "
                "expected a plain decimal number"
            ),
        ),
        (
            ["date,flop,dollars", "2012,1,2"],
            (),
            (
                "header: found 2 columns that can be the value, 'flop', 'dollars'; "
                "expected --value COLUMN, with numbers such as 1860 or 1.86e3"
            ),
        ),
        (
            ["date,value", "06/2012,1"],
            (),
            (
                "header: found no column that can be the date, as 'date' has '06/2012'; "
                "expected --date COLUMN, with dates such as 2012-06-01, 2012-06 or 2012"
            ),
        ),
        (
            ["date,value", '2012,"1,500"'],
            (),
            (
                "header: found no column that can be the value, as 'value' has '1,500'; "
                "expected --value COLUMN, with numbers such as 1860 or 1.86e3"
            ),
        ),
        (
            ["day,size", "2012,large"],
            ("--value", "day"),
            (
                "header: found no column that can be the date; "
                "expected --date COLUMN, with dates such as 2012-06-01, 2012-06 or 2012"
            ),
        ),
        (YEARLY, ("--date", "wen"), "header: no column 'wen'; did you mean 'when'?"),
        (YEARLY, ("--date", "when", "--by", "when"), "column 'when': found two uses of it; expected one"),
        (YEARLY, ("--to", "06/2012"), "--to: found '06/2012'; expected a date such as 2012-06-01, 2012-06 or 2012"),
        (
            YEARLY,
            ("--from", "2014", "--to", "2013"),
            "--from: found 2014, which is after --to 2013; expected a day before it",
        ),
        (
            YEARLY,
            ("--frontier", "highst"),
            "--frontier: found 'highst'; expected highest, lowest, top10; did you mean 'highest'?",
        ),
    ],
)
def test_what_cannot_be_fitted_is_one_line(
    lines: list[str], options: tuple[str, ...], message: str, file: Path, capsys: Capture
) -> None:
    assert refusal(lines, file, capsys, *options) == message


def test_a_file_that_does_not_exist_is_one_line(file: Path, capsys: Capture) -> None:
    assert main(["fit", str(file)]) == 1
    assert capsys.readouterr().err == f"error: {file}: no such file\n"


def test_what_is_no_file_is_one_line(tmp_path: Path, capsys: Capture) -> None:
    assert main(["fit", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"error: {tmp_path}: a folder; expected a file\n"
    assert main(["fit", ""]) == 1
    assert capsys.readouterr().err == "error: '': names no file; expected one such as runs.csv\n"


def test_growth_that_no_float_holds_is_no_number(fitted: Fitted) -> None:
    found = fitted(["date,value", "2012-01-01,1", "2012-01-02,1e300", "2012-01-03,1e305"])["fits"][0]
    assert found["growth_per_year"]["value"] is None


def test_large_files_are_resampled_less_often() -> None:
    assert (resamples_of(500), resamples_of(5000)) == (RESAMPLES, 1000)


def test_five_thousand_rows_are_read(file: Path, capsys: Capture) -> None:
    draw = np.random.default_rng(1)
    days = np.datetime64("2010-01-01") + draw.integers(0, 5000, 5000)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("date", "value"), *zip(days, draw.lognormal(0, 2, 5000).tolist(), strict=True)])
    assert main(["fit", str(file)]) == 0
    assert "5,000, from" in capsys.readouterr().out


def test_the_text_states_the_unit_the_guesses_and_how_months_and_years_count(file: Path, capsys: Capture) -> None:
    file.write_text("date,value\n2012-06-01,1\n2013-06,2\n2014,5", encoding="utf-8")
    assert main(["fit", str(file), "--unit", "FLOP", "--frontier", "top10", "--to", "2014"]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        f"{file}, 3 rows",
        f"  dates           column 'date' (guessed): 1 day, 1 month, 1 year; {CONVENTION}",
        "  values          column 'value' (guessed), in FLOP",
        "  fitted          log2 of the value on the date, rows among the 10 highest at their date to 2014-12-31",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        # Fourfold a year is a doubling in six months; each lab has rows enough of its own, but for the last.
        ((), ["value: doubling every 6.00 months, 7 points", "own.csv: all rows. Lines"]),
        (
            ("--by", "lab", "--unit", "FLOP"),
            ["value by lab", "value (FLOP)", "a$b$: doubling every 6.00 months, 3 points", "c: doubling every"],
        ),
    ],
)
def test_a_plot_names_what_it_shows_and_draws_every_point(
    options: tuple[str, ...], words: list[str], file: Path, tmp_path: Path, capsys: Capture
) -> None:
    rows = ["2012,1,a$b$", "2013,4,a$b$", "2014,16,a$b$", "2012-07-02,1,c", "2013-07-02,4,c", "2014-07-02,16,c"]
    file.write_text("\n".join(["date,value,lab", *rows, "2015,64,d"]), encoding="utf-8")
    plot = tmp_path / "own.svg"
    assert main(["fit", str(file), "--plot", str(plot), *options]) == 0
    assert "doubling time" in capsys.readouterr().out
    drawn = plot.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert [text for text in words if f">{text}" not in drawn] == []
    # Points are drawn by reference to the shape of their marker; the legend has one more per group.
    in_legend = 2 if options else 0
    in_fits = 6 if options else 7
    collections = ET.fromstring(drawn).findall(".//{*}g[@id]")
    points = [use for each in collections if each.get("id", "").startswith("PathCollection") for use in each.iter()]
    assert sum(part.tag.endswith("}use") for part in points) == in_fits + in_legend


def test_a_plot_is_an_svg_file(file: Path, tmp_path: Path, capsys: Capture) -> None:
    message = "--plot: found 'own.png'; expected a name that ends in .svg"
    assert refusal(YEARLY, file, capsys, "--plot", str(tmp_path / "own.png")) == message


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2017,1e-300,a", "compute: found 1e-300; expected 1e-290 to 1e+290 with --plot"),
        ("9999,9,a", "when: found 9999; expected the years 2 to 9900 with --plot"),
    ],
)
def test_what_no_axes_reach_is_not_drawn(file: Path, tmp_path: Path, capsys: Capture, row: str, message: str) -> None:
    assert refusal([*YEARLY, row], file, capsys, "--plot", str(tmp_path / "own.svg")) == f"row 7: {message}"
