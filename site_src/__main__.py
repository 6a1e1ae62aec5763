"""The command line of the site: `python -m site_src build | preview [COMMIT] | publish ID | verify ID PYTHON`.

Imports are inside the commands, so that a missing package is reported like any other fault.
"""

import argparse
import sys

from analysis.command_line import interruptible, offer_debug, reported
from site_src.errors import BuildError


def main() -> int:
    """Runs a command; 0 when it went well, 1 with the reasons when nothing was changed."""
    options = _parser().parse_args()
    return reported(lambda: options.run(options), debug=options.debug, expected=(BuildError,))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m site_src", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    building = commands.add_parser("build", help="build every edition, or one, into site/")
    building.add_argument("--edition", metavar="ID", help="build this one alone; the others stay as they are")
    building.set_defaults(run=_build)
    previewing = commands.add_parser("preview", help="show what the work tree changes against a commit, also as a page")
    previewing.add_argument("commit", nargs="?", default="HEAD", metavar="COMMIT", help="HEAD by default")
    previewing.set_defaults(run=_preview)
    publishing = commands.add_parser("publish", help="commit a built edition to the branch of the site")
    publishing.add_argument("edition", metavar="ID")
    publishing.set_defaults(run=_publish)
    verifying = commands.add_parser("verify", help="build a published edition anew from its tag and compare")
    verifying.add_argument("edition", metavar="ID")
    verifying.add_argument("interpreter", metavar="PYTHON", help="an interpreter that has nox")
    verifying.set_defaults(run=_verify)
    offer_debug(parser, commands)
    return parser


def _build(options: argparse.Namespace) -> None:
    from site_src.release.build import build  # noqa: PLC0415

    build(options.edition)


def _preview(options: argparse.Namespace) -> None:
    from analysis.input_files import ROOT  # noqa: PLC0415
    from site_src.release.difference import write_preview  # noqa: PLC0415

    write_preview(ROOT, options.commit)


def _publish(options: argparse.Namespace) -> None:
    from analysis.input_files import ROOT  # noqa: PLC0415
    from site_src.release.publish import publish  # noqa: PLC0415

    print(publish(ROOT, options.edition))


def _verify(options: argparse.Namespace) -> None:
    from analysis.input_files import ROOT  # noqa: PLC0415
    from site_src.release.verify import verify  # noqa: PLC0415

    print(verify(ROOT, options.edition, options.interpreter))


if __name__ == "__main__":
    sys.exit(interruptible(main))
