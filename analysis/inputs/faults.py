"""Collects faults over all input files, so that one run reports everything that is wrong.

Readers add what they find and continue; `raise_any` ends the reading with one line per fault.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from analysis.errors import InputError, InputFaultsError

# Enough to recognise a value; a pasted paragraph would bury the message.
LONGEST_FOUND = 60


class Faults:
    """The faults found so far, in file order, without duplicates."""

    def __init__(self) -> None:
        self._errors: dict[str, InputError] = {}

    def __len__(self) -> int:
        return len(self._errors)

    def add(self, error: InputError) -> None:
        """Adds a fault, or each of several."""
        for one in error.faults if isinstance(error, InputFaultsError) else (error,):
            self._errors.setdefault(str(one), one)

    def extend(self, errors: Iterable[InputError]) -> None:
        """Adds several faults."""
        for error in errors:
            self.add(error)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Adds the fault that ends the block, and continues after it."""
        try:
            yield
        except InputError as error:
            self.add(error)

    def raise_any(self) -> None:
        """Raises: InputError where there is one fault, InputFaultsError where there are several."""
        errors = tuple(self._errors.values())
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise InputFaultsError(errors)


def as_found(value: object) -> str:
    """A value in quotation marks for a message: on one line, and cut if it is long."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(value))
    return f"'{shown if len(shown) <= LONGEST_FOUND else shown[: LONGEST_FOUND - 3] + '...'}'"
