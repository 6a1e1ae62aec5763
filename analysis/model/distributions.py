"""Quantiles and shares of the distributions that intervals rest on: the normal, Student's and Fisher's.

From the special functions behind `scipy.stats`, which itself takes longer to import than most commands to run.
"""

from typing import Any

from scipy import special


def normal_quantile(share: Any) -> Any:
    """The value that so great a share of standard normal draws is below; of a number or an array."""
    return special.ndtri(share)


def normal_share(value: Any) -> Any:
    """The share of standard normal draws below a value; of a number or an array."""
    return special.ndtr(value)


def student_quantile(share: float, degrees: Any) -> Any:
    """The value that so great a share of Student's t is below, by the degrees of freedom, a number or an array."""
    return special.stdtrit(degrees, share)


def student_share(value: float, degrees: float) -> float:
    """The share of Student's t with so many degrees of freedom below a value."""
    return float(special.stdtr(degrees, value))


def fisher_quantile(share: float, above: int, below: int) -> float:
    """The value that so great a share of Fisher's F is below, with the degrees of freedom above and below the line."""
    return float(special.fdtri(above, below, share))
