"""The number behind a factor of a calculation, wherever it comes from, with its unit."""

from collections.abc import Mapping

from analysis.counting.catalogue import counted
from analysis.inputs.records import Constant, Factor


def factor_value(factor: Factor, constants: Mapping[str, Constant]) -> tuple[float, str]:
    """A number of its own, an assumption's, or the multiply-adds of a pass through a network, and the unit.

    Raises: UnknownNameError, CountingError, where an architecture is unknown or cannot take the input.
    """
    if factor.architecture:
        return float(counted(factor.architecture, factor.input).macs), "MAC"
    if factor.assumption:
        return constants[factor.assumption].value, constants[factor.assumption].unit
    assert factor.value is not None
    return factor.value, factor.unit
