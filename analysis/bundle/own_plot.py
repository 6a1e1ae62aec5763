"""Writes the figure of a fit of one's own, in the style of all figures."""

from pathlib import Path
from typing import Final

from analysis.bundle.drawings import house_style
from analysis.bundle.files import write_text
from analysis.errors import InputError
from analysis.figures.own_fit import drawn_fits, pace_in_words
from analysis.figures.saving import svg_of
from analysis.figures.standalone import add_words
from analysis.fitting.command import Fitted
from analysis.inputs.faults import as_found
from analysis.model.least_squares import CONFIDENCE

SUFFIX: Final = ".svg"
# What axes can show with room on either side.
LEAST, MOST = 1e-290, 1e290
FIRST_YEAR, LAST_YEAR = 2, 9900


def write_plot(path: Path, found: Fitted) -> None:
    """The points, lines and bands of all fits as an SVG file. Raises: InputError; DiskError."""
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"--plot: found {as_found(path.name)}; expected a name that ends in {SUFFIX}")
    _check(found)
    title, file, by = _title(found), Path(found.table.file).name, found.table.columns.by
    value = found.table.columns.value
    with house_style():
        drawn = drawn_fits(found.fits.fits, f"{value} ({found.unit})" if found.unit else value)
        rows = f"{found.chosen}, by {by}" if by else found.chosen
        add_words(drawn, title=title, source=f"{file}: {rows}. Lines by least squares with {CONFIDENCE:.0%} intervals.")
        write_text(path, svg_of(drawn, {"Title": title}))


def _check(found: Fitted) -> None:
    """Raises: InputError for what no axes reach."""
    columns = found.table.columns
    for reading in (reading for fit in found.fits.fits for reading in fit.readings):
        if not LEAST <= reading.value <= MOST:
            where, value, expected = columns.value, reading.value, f"{LEAST:g} to {MOST:g}"
        elif not FIRST_YEAR <= reading.date.year <= LAST_YEAR:
            where, value, expected = columns.date, reading.date.year, f"the years {FIRST_YEAR} to {LAST_YEAR}"
        else:
            continue
        raise InputError(
            f"{found.table.file}: row {reading.row}: {where}: found {value}; expected {expected} with --plot"
        )


def _title(found: Fitted) -> str:
    """The pace of the only fit, or what the fits are of."""
    value, fits = found.table.columns.value, found.fits.fits
    if len(fits) == 1:
        group = f", {fits[0].group}" if fits[0].group else ""
        return f"{value}{group}: {pace_in_words(fits[0])}"
    return f"{value} by {found.table.columns.by}"
