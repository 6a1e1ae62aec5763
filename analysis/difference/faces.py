"""A preview as text for the terminal, and as Markdown."""

from collections.abc import Iterator

from analysis.contract import Preview, Section
from analysis.record_text import copied_line


def text(preview: Preview) -> str:
    """The preview with its columns aligned."""
    return "\n".join([preview.title, *(line for section in preview.sections for line in _aligned(section))])


def markdown(preview: Preview) -> str:
    """The preview with a heading and a table for each kind of change."""
    lines = [f"## {copied_line(preview.title)}"]
    if preview.faults:
        lines += ["", *(f"- **Error:** {copied_line(fault)}" for fault in preview.faults)]
    return "\n".join([*lines, *(line for section in preview.sections for line in _table(section))])


def _aligned(section: Section) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(section.columns, *section.rows, strict=True)]
    yield from ("", section.title)
    for row in (section.columns, *section.rows):
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _table(section: Section) -> Iterator[str]:
    yield from ("", f"### {section.title}", "")
    for row in (section.columns, ("---",) * len(section.columns)):
        yield f"| {' | '.join(row)} |"
    for row in section.rows:
        yield f"| {' | '.join(map(copied_line, row))} |"
