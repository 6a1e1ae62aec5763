"""What the properties draw their examples from."""

from hypothesis import strategies as st

# Dates in years since 2000, on a grid of days from 1959 to 2040, so that two dates are equal or a day apart.
years = st.integers(-15_000, 15_000).map(lambda day: day / 365.2425)
# Doublings in eighths, as far apart as on the charts: from 1e-14 to 1e4 pfs-days is a span of sixty.
exponents = st.integers(-240, 480).map(lambda eighths: eighths / 8)
positive = st.floats(1e-12, 1e12)


@st.composite
def series(draw: st.DrawFn, smallest: int = 3, largest: int = 12) -> tuple[list[float], list[float]]:
    """Dates, two of them at least a month apart, and the doublings at each, which are not all the same."""
    count = draw(st.integers(smallest, largest))
    dates = draw(st.lists(years, min_size=count, max_size=count).filter(lambda found: max(found) - min(found) > 1 / 12))
    doublings = draw(st.lists(exponents, min_size=count, max_size=count).filter(lambda found: len(set(found)) > 1))
    return dates, doublings
