"""The command `diff`: prints a preview, writes it to a file if asked to, and fails if a closed edition would change."""

import argparse

from analysis.bundle.files import write_json
from analysis.contract import Preview
from analysis.difference.faces import markdown, text
from analysis.errors import GoldenError
from analysis.record_text import terminal_text


def report(found: Preview, options: argparse.Namespace) -> None:
    """Prints a preview as the options of the command line ask. Raises: GoldenError, with everything printed before."""
    lines = (markdown if options.markdown else text)(found).split("\n")
    print("\n".join(map(terminal_text, lines)))
    if options.json:
        write_json(options.json, found)
    if found.faults:
        raise GoldenError("\n".join(found.faults))
