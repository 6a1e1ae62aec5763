"""Writes the files of a bundle: JSON, CSV and plain text, with the same bytes on every machine.

Takes records of the contract or plain data. Floats are rounded, keys are sorted and lines end in a line feed.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from analysis.artifacts import SIGNIFICANT_DIGITS
from analysis.contract import Record, Row
from analysis.disk_faults import disk_faults

# Cells that a spreadsheet would run as a formula: opening signs (also full-width), tabs and line breaks.
# Source: OWASP, "CSV Injection".
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write_json(path: Path, content: Any) -> None:
    """The JSON of records or plain data. Raises: DiskError."""
    write_text(path, json_text(content))


def json_text(content: Any) -> str:
    """JSON of records or plain data, with sorted keys and floats of twelve significant digits."""
    return json.dumps(rounded(content), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """CSV with a header. Floats have twelve significant digits; lists are joined by semicolons. Raises: DiskError.

    Cells that look like formulas are prefixed with '.
    """
    with disk_faults(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(rounded(row[column])) for column in columns])


def _cell(value: Any) -> Any:
    text = ";".join(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        return text
    # Some readers end a row at a lone carriage return, and the csv module does not quote it.
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{lines}" if _FORMULA.match(lines) else lines


def write_text(path: Path, text: str) -> None:
    """Text with Unix line ends on every system. Raises: DiskError."""
    with disk_faults(path):
        path.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, content: bytes) -> None:
    """A file that is made already. Raises: DiskError."""
    with disk_faults(path):
        path.write_bytes(content)


def rounded(value: Any) -> Any:
    """Plain data with every float at twelve significant digits; later digits differ between machines."""
    if isinstance(value, Record):
        return rounded(value.model_dump(by_alias=True))
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value


def file_hash(*paths: Path) -> str:
    """The SHA-256 of the concatenated bytes of some files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
