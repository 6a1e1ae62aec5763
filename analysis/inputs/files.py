"""Reads one file as text, TOML or JSON, and reports in one line why it cannot."""

import json
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from analysis.errors import InputError

# The message of tomllib for a repeated key names only the second place.
_OVERWRITTEN = re.compile(r"Cannot overwrite a value \(at line ([0-9]+)")


class Written(float):
    """A number of a TOML file that keeps its spelling for messages."""

    def __new__(cls, text: str) -> Self:
        """The number that a text spells."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def frozen(value: Any) -> Any:
    """A parsed TOML value with every list turned into a tuple, as the strict records expect."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return value


def read_toml(path: Path, root: Path) -> dict[str, Any]:
    """A parsed TOML file. Raises: InputError naming the file."""
    text = read_text(path, root)
    try:
        return dict(_parsed(text))
    except tomllib.TOMLDecodeError as error:
        earlier = _earlier_line(text, str(error))
        raise InputError(f"{path.relative_to(root)}: not readable as TOML: {error}{earlier}") from None


# Sidecars are read with their tables and by themselves; a server and the tests read most files again unchanged.
@lru_cache(maxsize=512)
def _parsed(text: str) -> dict[str, Any]:
    return {key: frozen(value) for key, value in tomllib.loads(text, parse_float=Written).items()}


def _earlier_line(text: str, message: str) -> str:
    """A hint at the first place of a repeated key."""
    place = _OVERWRITTEN.search(message)
    if not place:
        return ""
    number, lines = int(place[1]), text.splitlines()
    key = lines[number - 1].partition("=")[0].strip()
    for earlier in range(number - 1, 0, -1):
        line = lines[earlier - 1]
        if line.partition("=")[0].strip() == key:
            return f"; '{key}' already has a value on line {earlier}"
        if line.lstrip().startswith("["):
            break
    return ""


def read_json(path: Path, root: Path) -> Any:
    """A parsed JSON file. Raises: InputError naming the file."""
    try:
        return json.loads(read_text(path, root))
    except json.JSONDecodeError as error:
        raise InputError(f"{path.relative_to(root)}: not readable as JSON: {error}") from None


def read_text(path: Path, root: Path) -> str:
    """The text of a file, without a byte-order mark. Raises: InputError naming the file from the root."""
    return named_text(path, str(path.relative_to(root)))


def named_text(path: Path, name: str) -> str:
    """The same of a file that messages call by another name."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{name}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{name}: a folder; expected a file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text: {error}") from None
