"""What the properties draw their examples from."""

from hypothesis import assume
from hypothesis import strategies as st

# In years times doublings: far above what floats leave of a sum that is nought, far below one day times an eighth.
LEVEL = 1e-6

# Dates in years since 2000, on a grid of days from 1959 to 2040, so that two dates are equal or a day apart.
years = st.integers(-15_000, 15_000).map(lambda day: day / 365.2425)
# Doublings in eighths, as far apart as on the charts: from 1e-14 to 1e4 pfs-days is a span of sixty.
exponents = st.integers(-240, 480).map(lambda eighths: eighths / 8)
positive = st.floats(1e-12, 1e12)


Series = tuple[list[float], list[float]]


@st.composite
def series(draw: st.DrawFn, smallest: int = 3, largest: int = 12) -> Series:
    """Dates, two of them at least a month apart, and the doublings at each, through which no level line goes."""
    count = draw(st.integers(smallest, largest))
    dates = draw(st.lists(years, min_size=count, max_size=count).filter(lambda found: max(found) - min(found) > 1 / 12))
    doublings = draw(st.lists(exponents, min_size=count, max_size=count))
    # The line is level where date and doublings do not vary together; a level line is refused, and rightly.
    middle = sum(dates) / count
    assume(abs(sum((year - middle) * exponent for year, exponent in zip(dates, doublings, strict=True))) > LEVEL)
    return dates, doublings
