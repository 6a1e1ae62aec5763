"""Dates as people write them: a day, a month or a year, and the day that each is fitted at."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

FORMS: Final = "2012-06-01, 2012-06 or 2012"
# Half of a year has passed at noon of this day, half of a leap year when it begins.
MIDDLE_OF_YEAR: Final = (7, 2)
CONVENTION: Final = "a month counts as its 16th day (February as its 15th), a year as 2 July"
_FORM: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day, month or year: its kind, its first, middle and last day."""

    kind: str
    first: date
    middle: date
    last: date


def period_of(text: str) -> Period | None:
    """The period that a text such as 2012-06-01, 2012-06 or 2012 names, or None where it names none."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return Period(
                kind="year", first=date(year, 1, 1), middle=date(year, *MIDDLE_OF_YEAR), last=date(year, 12, 31)
            )
        if day is None:
            first, length = date(year, month, 1), monthrange(year, month)[1]
            return Period(
                kind="month", first=first, middle=first.replace(day=length // 2 + 1), last=first.replace(day=length)
            )
        exact = date(year, month, day)
    except ValueError:
        return None
    return Period(kind="day", first=exact, middle=exact, last=exact)
