"""Makes drawings, each once: from the store where the same was drawn before, the others on all cores.

A job is a function of a module and its arguments; it gives files by name. Its key covers the arguments, the code
that can draw, the style, and the versions of the libraries that draw.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from analysis.bundle.files import file_hash
from analysis.content_store import ContentStore, key_of
from analysis.workers import cores, workers

ANALYSIS: Final = Path(__file__).parents[1]
# Figures draw with what the ground floor and the model compute, and are written by the module of their files.
DRAWING_CODE: Final = (
    *sorted(ANALYSIS.glob("*.py")),
    *sorted(ANALYSIS.glob("figures/*.py")),
    *sorted(ANALYSIS.glob("figures/*.mplstyle")),
    *sorted(ANALYSIS.glob("model/*.py")),
    *(ANALYSIS / "bundle" / name for name in ("drawing_files.py", "drawings.py")),
)
DRAWING_LIBRARIES: Final = ("matplotlib", "numpy", "pillow", "fonttools", "font-source-sans-pro")
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """A drawing to be made: a function of a module, and arguments whose `repr` says all they hold."""

    draw: Callable[..., Files]
    arguments: tuple[Any, ...]

    @property
    def key(self) -> str:
        """The same for the same drawing, on every run."""
        return key_of(_makers(), self.draw.__qualname__, repr(self.arguments))

    def __call__(self) -> Files:
        """Draws it."""
        return self.draw(*self.arguments)


def drawn(jobs: Sequence[Job], store: ContentStore) -> list[Files]:
    """The files of each job, in order, from the store or put there."""
    keys = [job.key for job in jobs]
    found = {key: files for key in dict.fromkeys(keys) if (files := store.get(key)) is not None}
    missing = {key: job for key, job in zip(keys, jobs, strict=True) if key not in found}
    for key, files in zip(missing, _made(list(missing.values())), strict=True):
        # Code that was edited since may not be what drew it.
        if file_hash(*DRAWING_CODE) == _code_hash():
            store.put(key, files)
        found[key] = files
    return [found[key] for key in keys]


def _made(jobs: Sequence[Job]) -> Iterator[Files]:
    """Draws on all cores; a single drawing is not worth a process."""
    count = min(len(jobs), cores())
    if count < 2:
        yield from (job() for job in jobs)
        return
    with workers(count, module=jobs[0].draw.__module__) as pool:
        yield from pool.map(_call, jobs)


def _call(job: Job) -> Files:
    return job()


@cache
def _makers() -> str:
    """What makes drawings: the code and the libraries. It stays the same while a process runs."""
    libraries = [f"{name} {version(name)}" for name in DRAWING_LIBRARIES]
    return repr((_code_hash(), libraries))


@cache
def _code_hash() -> str:
    return file_hash(*DRAWING_CODE)
