"""What the records of a bundle share: how strict they are, and the types of their fields.

A JSON key that is no Python name has an alias; `rounded` of `analysis.artifacts` writes a record under its JSON keys.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    Strict,
    WithJsonSchema,
    model_serializer,
)

from analysis.errors import did_you_mean
from analysis.units import UNITS

_NUMBER: Final = {"type": "number"}


def _known_unit(name: str) -> str:
    if name not in UNITS:
        raise ValueError(f"unknown unit '{name}'{did_you_mean(name, UNITS)}")
    return name


# A count that is exact stays a whole number, with all of its digits.
Number = Annotated[int | float, WithJsonSchema(_NUMBER)]
# One value of a row. Several texts in one cell are keys of works.
Cell = str | int | float | bool | Annotated[tuple[str, ...], Strict(strict=False)] | None
Row = Mapping[str, Cell]
# Types of a Table Schema.
FieldType = Literal["string", "number", "integer", "boolean", "date", "year"]
UnitName = Annotated[str, AfterValidator(_known_unit), Field(json_schema_extra={"enum": sorted(UNITS)})]
QuantityName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
EditionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Text = Annotated[str, Field(min_length=1)]
Sources = Annotated[tuple[str, ...], Field(min_length=1, json_schema_extra={"uniqueItems": True})]


class Record(BaseModel):
    """A record of a bundle: frozen, strict, no unknown keys; the docstring of a field is its published description."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
        defer_build=True,
    )

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """The record of plain JSON data, in which lists are read as tuples. Raises: ValidationError."""
        return cls.model_validate(plain, strict=False)


class SparseRecord(Record):
    """A record of a format of others, in which a field that is empty is left out."""

    @model_serializer(mode="wrap")
    def _filled(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value not in (None, "", (), {}, [])}
