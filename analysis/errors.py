"""All errors of this package; the command line turns each into one line and exit code 1.

AnalysisError
├── InputError               a file under data/ or references.bib cannot be used
│   ├── InputFaultsError     several such faults, one line each
│   └── UnknownNameError     an unknown name; carries the nearest valid one
├── CountingError            a network whose operations cannot be counted
│   └── ShapeError           a layer that does not fit its input, or a size that makes no sense
├── TrendError               a series from which no trend can be fitted
├── VerdictError             a claim states a verdict that does not follow from the numbers
├── GoldenError             a closed edition whose numbers would change, or an open one that is to be frozen
├── DuplicateNameError       two quantities, figures or tables share a name
├── RevisionError            a commit that git does not know or that cannot be read, or no repository
├── BundleError              a built bundle is missing or unreadable
├── BusyError                another process builds at the same time
├── EditedError              an input was edited during a build
├── ProcessError             a process of our own was ended by something else
└── DiskError                the disk refuses to be written: full, read-only, a limit on the size of files
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class AnalysisError(Exception):
    """Root of all errors raised by this package."""


class InputError(AnalysisError):
    """A data file, row or key that cannot be used; the message names it."""


class InputFaultsError(InputError):
    """Several faults of the input: one line each, and a last line with their number."""

    def __init__(self, faults: Sequence[InputError]) -> None:
        super().__init__("\n".join([*map(str, faults), f"{len(faults)} faults"]))
        self.faults = tuple(faults)


class UnknownNameError(InputError):
    """An unknown name. `among` is the collection of records it was looked up in, where it is one."""

    def __init__(self, message: str, *, among: str = "") -> None:
        super().__init__(message)
        self.among = among


class CountingError(AnalysisError):
    """A network whose operations cannot be counted; the message says where and why."""


class ShapeError(CountingError):
    """A layer that does not fit the shape it gets, or a size that makes no sense.

    `path` is the place of the layer in the network, once it is known.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.path: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.args[0]}" if self.path else str(self.args[0])


class TrendError(AnalysisError):
    """A series from which no trend can be fitted; the message says why."""


class VerdictError(AnalysisError):
    """A claim whose stated verdict is not what the numbers say."""


class GoldenError(AnalysisError):
    """A golden file that may not be written; the message says why."""


class DuplicateNameError(AnalysisError):
    """Two quantities, figures or tables with one name."""


class RevisionError(AnalysisError):
    """A commit that cannot be compared with, or a folder that is in no repository."""


class BundleError(AnalysisError):
    """A built bundle that is missing or unreadable."""


class BusyError(AnalysisError):
    """A folder that another process writes or reads; the message names both."""


class EditedError(AnalysisError):
    """An input that was edited during a build; the message names it."""


class ProcessError(AnalysisError):
    """A process of our own was ended by something else."""


class DiskError(AnalysisError):
    """A file that cannot be written; the message names it and the reason."""


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest valid name, or nothing where none is near."""
    near = get_close_matches(name, list(valid), n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else ""
