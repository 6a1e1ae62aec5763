"""Turns plain values into records, and pydantic's errors into one line per refused value."""

import types
import typing
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from analysis.errors import InputError, did_you_mean
from analysis.inputs.faults import Faults, as_found
from analysis.inputs.records import Record

R = TypeVar("R", bound=Record)
NO_CELLS: Final[Mapping[str, str]] = MappingProxyType({})
# What pydantic says of these is about Python, not about a file.
REASONS: Final = MappingProxyType({"too_short": "expected at least one", "string_too_short": "expected some text"})


def validated(model: type[R], value: Any, where: str, *, cells: Mapping[str, str] = NO_CELLS) -> R:
    """A record of this class. `cells` are the texts of a row by column, which messages quote as written.

    Raises: InputError, or InputFaultsError, with place, key, what was found and what was expected.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        faults = Faults()
        for detail in _without_consequences(model, error.errors()):
            faults.add(InputError(f"{where}: {_message(model, detail, cells)}"))
        faults.raise_any()
        raise


def _without_consequences(model: type[BaseModel], details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The details without a missing key that is present under a misspelt name: only the misspelling is reported."""
    hints = {
        (d["loc"][:-1], _nearest_key(model, d["loc"])) for d in details if d["type"] == "extra_forbidden" and d["loc"]
    }
    return [
        d
        for d in details
        if d["type"] != "missing"
        or not any(parent == d["loc"][:-1] and f"'{d['loc'][-1]}'" in hint for parent, hint in hints)
    ]


def _message(model: type[BaseModel], detail: ErrorDetails, cells: Mapping[str, str]) -> str:
    place = detail["loc"]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    whole_record = detail["type"] in {"missing", "value_error"} and isinstance(detail["input"], dict)
    written = cells.get(str(place[0]), detail["input"]) if place else detail["input"]
    found = "" if whole_record else f"; found {as_found(written)}"
    hint = _nearest_key(model, place) if detail["type"] == "extra_forbidden" else ""
    # pydantic puts this before the message of every ValueError of ours.
    reason = REASONS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"{key + ': ' if key else ''}{reason}{found}{hint}"


def _nearest_key(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """A hint at the key nearest to an unknown one, in the part of the record that contains it."""
    for part in place[:-1]:
        if isinstance(part, str):
            annotation: Any = model.model_fields[part].annotation
            inner = [kind for kind in kinds_of(annotation) if isinstance(kind, type)]
            model = next(kind for kind in inner if issubclass(kind, BaseModel))
    return did_you_mean(str(place[-1]), model.model_fields)


@cache
def kinds_of(annotation: Any) -> frozenset[Any]:
    """The plain types in an annotation: the members of a union; a tuple together with the types of its members."""
    origin, options = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return kinds_of(options[0])
    if origin in (typing.Union, types.UnionType):
        return frozenset().union(*map(kinds_of, options))
    return frozenset({tuple}).union(*map(kinds_of, options)) if origin is tuple else frozenset({origin or annotation})
