"""The layers of a network as a list of stages that open: HTML, because a table of this size is slow as Markdown."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from analysis.contract import Layer, Network, Stage
from analysis.numerals import grouped

HEADINGS: Final = ("Layer", "Kind", "Output", "Multiply-adds", "Parameters")


def stages_html(network: Network) -> str:
    """Every stage with its share of the work, and inside it the layers that have weights or products."""
    return "".join(_stage(stage, network.macs) for stage in network.stages)


def _stage(stage: Stage, all_macs: int) -> str:
    share = f"{100 * stage.macs / all_macs:.1f}%"
    summary = (
        f"<strong>{escape(stage.name)}</strong> <span>{grouped(stage.macs)} multiply-adds, {share}; "
        f"{grouped(stage.params)} parameters</span>"
    )
    if not stage.layers:
        return f'<p class="stage-empty">{summary}</p>'
    head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    body = "".join(_rows(stage.layers))
    return (
        f'<details class="stage"><summary>{summary}</summary><div class="stage-table">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _rows(layers: Iterable[Layer]) -> Iterator[str]:
    for layer in layers:
        times = f" <small>×{grouped(layer.copies)}</small>" if layer.copies > 1 else ""
        kind = " ".join(filter(None, (layer.kind.replace("_", " "), layer.detail)))
        cells = (
            f"<td>{escape(layer.path.replace('.', ' › ') or 'the whole stage')}{times}</td>",
            f"<td>{escape(kind)}</td>",
            f"<td>{'x'.join(map(str, layer.output)) or 'no axis'}</td>",
            f'<td class="number">{grouped(layer.macs)}</td>',
            f'<td class="number">{grouped(layer.params)}</td>',
        )
        yield f"<tr>{''.join(cells)}</tr>"
