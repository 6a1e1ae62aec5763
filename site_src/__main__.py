"""The command line of the site: `python -m site_src build [--edition ID] | publish ID | verify ID PYTHON`."""

import argparse
import sys

from analysis.artifacts import ROOT
from analysis.errors import AnalysisError
from analysis.record_text import terminal_text
from analysis.running import interruptible
from site_src.building import build
from site_src.errors import BuildError
from site_src.publishing import PublishError, publish
from site_src.verifying import verify


def main() -> int:
    """Runs a command; 0 when it went well, 1 with the reasons when nothing was changed."""
    options = _parser().parse_args()
    try:
        options.run(options)
    except (AnalysisError, BuildError, PublishError) as error:
        print(f"error: {terminal_text(str(error))}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m site_src", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    building = commands.add_parser("build", help="build every edition, or one, into site/")
    building.add_argument("--edition", metavar="ID", help="build this one alone; the others stay as they are")
    building.set_defaults(run=lambda options: build(options.edition))
    publishing = commands.add_parser("publish", help="commit a built edition to the branch of the site")
    publishing.add_argument("edition", metavar="ID")
    publishing.set_defaults(run=lambda options: print(publish(ROOT, options.edition)))
    verifying = commands.add_parser("verify", help="build a published edition anew from its tag and compare")
    verifying.add_argument("edition", metavar="ID")
    verifying.add_argument("interpreter", metavar="PYTHON", help="an interpreter that has nox")
    verifying.set_defaults(run=lambda options: print(verify(ROOT, options.edition, options.interpreter)))
    return parser


if __name__ == "__main__":
    sys.exit(interruptible(main))
