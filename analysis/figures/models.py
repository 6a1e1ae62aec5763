"""Notable models as they are drawn: points by date and training compute in FLOP, with the rows that they show."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes

from analysis.figures.svg_parts import READ_OUT_DIGITS
from analysis.inputs.rows import NotableModel
from analysis.numerals import day_in_words, spelled
from analysis.units import decimal_year

COMPUTE_LABEL: Final = "Training compute (FLOP)"
# The domains that a figure distinguishes; every other one is drawn as the last of them.
GROUPS: Final = {
    "language": "language",
    "vision": "vision",
    "image generation": "vision",
    "video": "vision",
    "multimodal": "multimodal",
    "games": "games",
    "biology": "biology",
}
OTHER: Final = "other"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPoint:
    """What a drawing needs of a model. Years count from 2000."""

    id: str
    label: str
    domain: str
    year: float
    compute_flop: float
    emphasised: bool


def model_point(model: NotableModel, *, emphasised: bool) -> ModelPoint:
    """The point of a model."""
    return ModelPoint(
        id=model.id,
        label=short_name(model),
        domain=domain_of(model),
        year=decimal_year(model.date),
        compute_flop=model.compute_flop,
        emphasised=emphasised,
    )


def domain_of(model: NotableModel) -> str:
    """The domain of a model as a figure shows it: its first one."""
    return GROUPS.get(model.domains[0], OTHER) if model.domains else OTHER


def short_name(model: NotableModel) -> str:
    """The name of a model without what follows in brackets."""
    return model.name.split(" (")[0]


def model_row(model: NotableModel) -> dict[str, Any]:
    """What every figure shows of a model."""
    return {
        "model": model.id,
        "name": model.name,
        "date": model.date.isoformat(),
        "compute_flop": model.compute_flop,
        "confidence": model.confidence,
    }


def read_out(name: str, day: date, compute_flop: float) -> str:
    """What is read out for a point."""
    return f"{name}, {day_in_words(day)}, {spelled(compute_flop, 'FLOP', READ_OUT_DIGITS)}"


def draw_point(axes: Axes, name: str, place: tuple[float, float], colour: str, marker: str, *, size: float) -> None:
    """A point at a year and a value, as a part that a page can show, hide and name."""
    year, value = place
    axes.scatter([year], [value], s=size, color=colour, marker=marker, linewidths=0, zorder=3, gid=gid(name))


def gid(name: str) -> str:
    """The id of the part that shows a point."""
    return f"point.{name}"
