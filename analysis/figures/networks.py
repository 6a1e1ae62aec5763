"""The small drawing of a network: the share of operations and of parameters in each stage."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.counting.folding import Stage
from analysis.figures.canvas import BLUE, NARROW, ORANGE

ROW_INCHES = 0.34
FRAME_INCHES = 1.0
# Longer names would leave no room for the bars on a phone.
LONGEST_LABEL = 22


def draw_network(stages: Sequence[Stage]) -> Figure:
    """One bar per stage for its share of the multiply-adds, and a diamond for its share of the parameters, in %."""
    macs, params = sum(stage.macs for stage in stages), sum(stage.params for stage in stages)
    drawn = NARROW.figure((FRAME_INCHES + ROW_INCHES * len(stages)) / NARROW.height_share)
    axes = drawn.add_subplot()
    places = range(len(stages))
    axes.barh(places, [100 * stage.macs / macs for stage in stages], height=0.62, color=BLUE, label="multiply-adds")
    shares = [100 * stage.params / params for stage in stages]
    axes.scatter(shares, places, s=26, color=ORANGE, marker="D", linewidths=0, zorder=3, label="parameters")
    axes.set_yticks(places, [_short(stage.name) for stage in stages])
    # Reversed, so that the stages read downwards like a list.
    axes.set_ylim(len(stages) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xlabel("Share in %")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    handles, labels = axes.get_legend_handles_labels()
    drawn.legend(
        handles[::-1],
        labels[::-1],
        loc="outside upper left",
        ncols=2,
        handletextpad=0.3,
        columnspacing=1.0,
        borderaxespad=0.1,
    )
    return drawn


def described(title: str, stages: Sequence[Stage]) -> str:
    """What the drawing shows, in words."""
    macs, params = sum(stage.macs for stage in stages), sum(stage.params for stage in stages)
    busiest = max(stages, key=lambda stage: stage.macs)
    heaviest = max(stages, key=lambda stage: stage.params)
    return (
        f"Bars for the {len(stages)} stages of {title}: most multiply-adds are in {busiest.name}, "
        f"{100 * busiest.macs / macs:.0f}%, and most parameters in {heaviest.name}, "
        f"{100 * heaviest.params / params:.0f}%."
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
