"""The commands `python -m analysis build | check | show NAME | list | count | fit FILE | diff | freeze EDITION`.

Imports are inside the commands, so that `check` does not wait for the drawing library.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.command_line import interruptible, offer_debug, reported
from analysis.record_text import terminal_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns 0, or 1 after an error, which is reported in one line on standard error."""
    options = _parser().parse_args(arguments)
    return reported(lambda: options.run(options), debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("build", help="compute every edition and write build/").set_defaults(run=_build)
    commands.add_parser("check", help="only validate data/ and references.bib").set_defaults(run=_check)
    show = commands.add_parser("show", help="print one quantity with its formula and inputs")
    show.add_argument("name", metavar="NAME")
    show.add_argument(
        "--edition", default=None, metavar="ID", help="an edition such as 2020-05; the last one by default"
    )
    show.set_defaults(run=_show)
    names = commands.add_parser("list", help="print the names of all quantities")
    names.add_argument(
        "--edition", default=None, metavar="ID", help="an edition such as 2020-05; the last one by default"
    )
    names.set_defaults(run=_list)
    _add_count(commands)
    _add_fit(commands)
    diff = commands.add_parser("diff", help="show what the work tree changes against a commit, and why")
    diff.add_argument(
        "commit", nargs="?", default="HEAD", metavar="COMMIT", help="a branch, tag or hash; HEAD by default"
    )
    diff.add_argument("--markdown", action="store_true", help="as Markdown")
    diff.add_argument("--json", type=Path, metavar="FILE", help="also write it to a file, as JSON")
    diff.set_defaults(run=_diff)
    frozen = commands.add_parser("freeze", help="write the golden file of a closed edition")
    frozen.add_argument("edition", metavar="EDITION", help="a closed edition such as 2020-05")
    frozen.set_defaults(run=_freeze)
    offer_debug(parser, commands)
    return parser


def _add_count(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    count = commands.add_parser("count", help="count the operations of a network; of all of them without NETWORK")
    count.add_argument(
        "network",
        nargs="?",
        metavar="NETWORK",
        help="a name, path/to/file.py:function (or a layer there), path/to/model.onnx, or path/to/config.json",
    )
    count.add_argument(
        "--input",
        action="append",
        metavar="SHAPE",
        help="the shape of one example, such as 3x192x192; of an ONNX file's other inputs NAME=SHAPE, repeated",
    )
    count.add_argument(
        "--length", type=int, metavar="N", help="tokens of text for a config.json; 4,096 or the longest by default"
    )
    count.add_argument("--batch", type=int, metavar="N", help="examples in a batch; 1 by default")
    count.add_argument(
        "--convention",
        metavar="NAME",
        help="what counts: products (by default), everything, ai-and-compute or ai-and-efficiency",
    )
    count.add_argument("--layers", action="store_true", help="every layer")
    count.add_argument("--training", action="store_true", help="a training step, exactly and by the rule")
    count.add_argument("--json", action="store_true", help="everything, as JSON")
    run = count.add_argument_group(
        "a training run", "its compute by operations, by the time of its devices, or by both"
    )
    run.add_argument(
        "--training-run", action="store_true", help="from the network to a run; print what can be computed"
    )
    run.add_argument("--tokens", type=float, metavar="N", help="tokens of text that the run sees, such as 15e12")
    run.add_argument("--examples", type=float, metavar="N", help="examples that it sees, where one is not one text")
    run.add_argument("--devices", metavar="NAME", help="an id in data/accelerators.csv or devices.csv, or part of one")
    run.add_argument("--precision", metavar="NAME", help="which peak rate of the devices, such as tensor-16bit")
    run.add_argument("--number-of-devices", type=float, metavar="N", help="how many of them")
    run.add_argument("--days", type=float, metavar="N", help="how long it takes")
    run.add_argument(
        "--utilisation", type=float, metavar="SHARE", help="share of peak; that of the 2018 appendix by default"
    )
    count.set_defaults(run=_count)


def _add_fit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    fit = commands.add_parser(
        "fit",
        help="fit the doubling or halving time of the values in a CSV file of your own",
        description=(
            "Fits a line to the logarithm of the values. A row that occurs twice counts once; a month or a year counts "
            "as its middle. A group needs three rows, and five for the intervals by resampling and by ranks. With "
            "--frontier, each group has a frontier of its own."
        ),
    )
    fit.add_argument("file", metavar="FILE.csv", help="a header, then one row per point; commas between the cells")
    fit.add_argument("--date", metavar="COLUMN", help="dates such as 2012-06-01, 2012-06 or 2012; guessed if obvious")
    fit.add_argument("--value", metavar="COLUMN", help="values above zero; guessed if obvious")
    fit.add_argument("--by", metavar="COLUMN", help="a fit for each group of rows")
    fit.add_argument("--unit", default="", metavar="UNIT", help="the unit of the values, to print")
    fit.add_argument("--frontier", metavar="CHOICE", help="highest, lowest or top10: only rows ahead at their date")
    fit.add_argument("--from", dest="first", metavar="DATE", help="only rows from this day, month or year on")
    fit.add_argument(
        "--to", dest="last", metavar="DATE", help="only rows up to this day, month or year; by default future ones, too"
    )
    fit.add_argument("--plot", type=Path, metavar="FILE.svg", help="also draw the points with their lines and bands")
    fit.add_argument("--json", action="store_true", help="everything, unrounded, as JSON")
    fit.set_defaults(run=_fit)


def _build(options: argparse.Namespace) -> None:
    from analysis.bundle.build import build  # noqa: PLC0415

    build()


def _check(options: argparse.Namespace) -> None:
    from analysis.inputs.citations import check_citations  # noqa: PLC0415
    from analysis.inputs.load import ROOT, load_dataset  # noqa: PLC0415
    from analysis.model.study import analyse  # noqa: PLC0415

    dataset = load_dataset()
    check_citations(dataset, ROOT)
    # A record has to beat runs whose compute is computed first.
    analyse(dataset)
    print(
        f"data: {len(dataset.systems)} systems, {len(dataset.claims)} claims, "
        f"{len(dataset.references)} references, {len(dataset.editions)} editions: no fault found"
    )


def _show(options: argparse.Namespace) -> None:
    from analysis.inputs.load import load_dataset  # noqa: PLC0415
    from analysis.model.study import analyse  # noqa: PLC0415
    from analysis.results.collect import find  # noqa: PLC0415
    from analysis.results.describe import description  # noqa: PLC0415

    described = description(find(analyse(load_dataset(), options.edition)).results, options.name)
    print("\n".join(map(terminal_text, described.split("\n"))))


def _list(options: argparse.Namespace) -> None:
    from analysis.inputs.load import load_dataset  # noqa: PLC0415
    from analysis.model.study import analyse  # noqa: PLC0415
    from analysis.results.collect import find  # noqa: PLC0415
    from analysis.results.describe import value_text  # noqa: PLC0415

    for quantity in find(analyse(load_dataset(), options.edition)).results.quantities.values():
        print(f"{quantity.name:<64} {value_text(quantity)}")


def _count(options: argparse.Namespace) -> None:
    if options.training_run:
        from analysis.training_run.command import lines  # noqa: PLC0415
    else:
        from analysis.counting.command import lines  # noqa: PLC0415

    _print(lines(options))


def _fit(options: argparse.Namespace) -> None:
    from analysis.fitting.command import fitted, json_lines, lines  # noqa: PLC0415

    found = fitted(options)
    if options.plot:
        from analysis.bundle.own_plot import write_plot  # noqa: PLC0415

        write_plot(options.plot, found)
    _print(json_lines(found) if options.json else lines(found))


def _diff(options: argparse.Namespace) -> None:
    from analysis.difference.command import report  # noqa: PLC0415
    from analysis.difference.compare import preview  # noqa: PLC0415

    report(preview(options.commit), options)


def _freeze(options: argparse.Namespace) -> None:
    from analysis.bundle.golden import freeze  # noqa: PLC0415

    print(freeze(options.edition))


def _print(texts: Iterable[str]) -> None:
    print("\n".join(terminal_text(line) for text in texts for line in text.split("\n")))


if __name__ == "__main__":
    sys.exit(interruptible(main))
