"""What the columns of the figures' rows mean: one entry per key, shared by all figures.

A figure returns rows; `columns_of` returns the type, unit and meaning of their cells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from analysis import contract
from analysis.errors import UnknownNameError, did_you_mean

ColumnType = Literal["string", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column of a figure's rows. `unit` is empty where there is none; `optional` columns may have empty cells.

    `label` is its heading on a page; the upper end of a range has none, as it is shown in the column of the lower end.
    """

    type: ColumnType
    label: str
    description: str
    unit: str = ""
    optional: bool = False


def _text(label: str, description: str, *, optional: bool = False) -> FigureColumn:
    return FigureColumn(type="string", label=label, description=description, optional=optional)


def _number(label: str, unit: str, description: str, *, optional: bool = False) -> FigureColumn:
    return FigureColumn(type="number", label=label, unit=unit, description=description, optional=optional)


COLUMNS: Final[Mapping[str, FigureColumn]] = {
    "authors": _text("Authors", "who set it; empty where only the official list names them", optional=True),
    "calculation": _text("Calculation", "worked calculation, by the name of its quantity"),
    "change": _text("What changed", "what changed"),
    "choice": _text("Choice", "what is chosen"),
    "claim": _text("Statement", "published statement, by its identifier in the ledger"),
    "compute_flop": _number("Compute", "FLOP", "training compute, additions and multiplications counted separately"),
    "efficiency.alexnet_level.compute_flop": _number(
        "Compute, multiply-adds counted once", "FLOP", "training compute, a multiply-add counted once as in the paper"
    ),
    "compute_pfs_days": _number("Compute", "pfs-day", "training compute as drawn"),
    "compute_pfs_days_high": _number("", "pfs-day", "upper end of the error bar"),
    "compute_pfs_days_low": _number("Error range", "pfs-day", "lower end of the error bar"),
    "compute_tfs_days": _number("Compute", "tfs-day", "training compute to the fixed accuracy as drawn"),
    "confidence": _text("Confidence", "how sure Epoch AI is of the compute: confident, likely or speculative"),
    "cost_usd": _number("Cost", "dollar", "amortised cost of training, in dollars of the month of the price level"),
    "cost_usd_2023": _number("Cost", "dollar", "cost of the training compute, in dollars of 2023"),
    "date": FigureColumn(type="date", label="Date", description="day at which the point is drawn"),
    "domain": _text("Domain", "field of the task"),
    "epochs": _number("Training", "epoch", "passes over the training set until the accuracy is reached"),
    "era": _text("Era", "modern for the systems of the chart of 2018, first for those that the addendum of 2019 adds"),
    "factor": _number("Less compute", "x", "how many times less compute the later system takes"),
    "fitted_pfs_days": _number("Fitted line", "pfs-day", "height of the fitted line at the date"),
    "flop_per_dollar": _number("Compute per dollar", "FLOP/dollar", "training compute over its cost"),
    "gmacs_per_image": _number("Forward pass", "GMAC", "multiply-adds in a forward pass on one image"),
    "hardware": _text("Hardware", "what it ran on; empty where it does not matter or is not known", optional=True),
    "growth_per_year": _number("Growth per year", "x/year", "factor by which the part grows in a year"),
    "halving_time_months": _number("Halving time", "month", "time in which the compute needed fell by half"),
    "halving_time_months_high": _number(
        "", "month", "upper end of the 95% interval; empty for two points or one choice of a fit", optional=True
    ),
    "halving_time_months_low": _number(
        "95% interval",
        "month",
        "lower end of the 95% interval; empty for two points or one choice of a fit",
        optional=True,
    ),
    "headline": _text("Headline", "trend whose headline is meant"),
    "id": _text("Identifier", "identifier of the system or network"),
    "interval": _text("Interval", "what is varied: the fit, the measurements or the choices"),
    "layer": _text("Layer", "layer of uncertainty: fit, measurements or choices"),
    "list": _text("List", "whose list the system is in"),
    "method": _text("Method", "how the compute is known"),
    "model": _text("Model", "identifier in data/models.csv; empty for what is not listed there", optional=True),
    "months": _number("Time", "month", "doubling or halving time; of several, their median"),
    "months_high": _number("", "month", "upper end of the range or interval"),
    "months_low": _number("From, to", "month", "lower end of the range or interval"),
    "name": _text("Name", "name of the system or network"),
    "on_frontier": FigureColumn(
        type="boolean", label="Record run", description="whether the run took less compute than every earlier one"
    ),
    "open_weights": _text("Open weights", "whether the weights can be downloaded: yes, no or unknown"),
    "option": _text("Option", "what may be taken for it"),
    "part": _text("Part", "part of effective compute"),
    "price_level": _text("Dollars of", "month whose prices the dollars have"),
    "printed": _number("Printed", "", "published result, in the unit of its row"),
    "quantity": _text("Quantity", "name of the number that is drawn"),
    "ratio": _number("Printed over recomputed", "1", "published result over the recomputed one"),
    "recomputed": _number("Recomputed", "", "result recomputed from the published factors, in the unit of its row"),
    "run": _text("Run", "identifier of the point"),
    "series": _text("Series", "whether OpenAI charted the run, or it was the largest known one, and how sure that is"),
    "sets_record": FigureColumn(type="boolean", label="Record", description="whether the run beat every earlier one"),
    "specifications": _number("Specifications", "specification", "ways to compute the trend that take it"),
    "status": _text("Status", "verified by the keeper of the list or from public logs, or reported by its authors"),
    "study": _text("Study", "what is trained to a fixed level, and up to when"),
    "system": _text("System", "identifier of the charted system; empty where OpenAI charted none", optional=True),
    "task": _text("Task", "task and level that both systems reach"),
    "top_ten": FigureColumn(
        type="boolean",
        label="In the top ten",
        description="whether fewer than ten earlier models took more training compute",
    ),
    "ledger.worked_ratios.unit": _text("Unit", "unit of the published and the recomputed result"),
    "unit": _text("Unit", "unit of the value"),
    "vintage": _text("As known in", "month in which the cost was published"),
    "value": _number("Value", "", "what the run took to the level, in the unit of its row"),
    "verdict": _text("Verdict", "the verdict that follows from the two results"),
}


def columns_of(figure: str, keys: Iterable[str]) -> tuple[contract.FigureColumn, ...]:
    """Key, type, unit and meaning of each column of a figure's rows. Raises: UnknownNameError."""
    return tuple(_record(figure, key) for key in keys)


def column_of(figure: str, key: str) -> FigureColumn:
    """A column of a figure, whose meaning may be its own. Raises: UnknownNameError."""
    if key not in COLUMNS:
        raise UnknownNameError(
            f"figure '{figure}': column '{key}' is not described in analysis/figures/columns.py"
            f"{did_you_mean(key, COLUMNS)}"
        )
    return COLUMNS.get(f"{figure}.{key}", COLUMNS[key])


def _record(figure: str, key: str) -> contract.FigureColumn:
    column = column_of(figure, key)
    return contract.FigureColumn(
        key=key,
        type=column.type,
        label=column.label,
        unit=column.unit,
        description=column.description,
    )
