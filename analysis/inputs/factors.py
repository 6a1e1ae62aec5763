"""Looks up the number of a factor, which may come from its record, an assumption or the counter."""

from collections.abc import Mapping

from analysis.counting.catalogue import counted
from analysis.inputs.records import Constant, Factor


def factor_value(factor: Factor, constants: Mapping[str, Constant]) -> tuple[float, str]:
    """The value and unit of a factor: as written, of an assumption, or the multiply-adds of a forward pass.

    Raises: UnknownNameError for an unknown architecture, CountingError for an input that it cannot take.
    """
    if factor.architecture:
        return float(counted(factor.architecture, factor.input).macs), "MAC"
    if factor.assumption:
        return constants[factor.assumption].value, constants[factor.assumption].unit
    assert factor.value is not None
    return factor.value, factor.unit
