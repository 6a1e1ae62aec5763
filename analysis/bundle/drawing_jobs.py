"""Makes drawings, each once: from the store where the same was drawn before, the others on all cores.

A job is a function of a module and its arguments; it gives files by name. Its key covers the arguments, the code
that can draw, the style, and the versions of the libraries that draw.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
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


class Drawer:
    """Draws in other processes, while this one goes on; what several ask for is drawn once."""

    def __init__(self, store: ContentStore, pool: Executor) -> None:
        self._store, self._pool = store, pool
        self._begun: dict[str, Files | Future[Files]] = {}

    def begin(self, jobs: Sequence[Job]) -> Callable[[], list[Files]]:
        """Begins each job that the store does not have; the function given waits for the files of all, in order."""
        keys = [job.key for job in jobs]
        missing: dict[str, Job] = {}
        for key, job in zip(keys, jobs, strict=True):
            if key in self._begun:
                continue
            if (files := self._store.get(key)) is not None:
                self._begun[key] = files
            else:
                missing[key] = job
        for key, job in missing.items():
            # A single drawing is not worth a process.
            self._begun[key] = self._pool.submit(_call, job) if len(missing) > 1 else self._kept(key, job())
        return lambda: [self._files(key) for key in keys]

    def _files(self, key: str) -> Files:
        begun = self._begun[key]
        if isinstance(begun, Future):
            begun = self._begun[key] = self._kept(key, begun.result())
        return begun

    def _kept(self, key: str, files: Files) -> Files:
        """Puts files into the store, unless code was edited since, which may not be what drew them."""
        if file_hash(*DRAWING_CODE) == _code_hash():
            self._store.put(key, files)
        return files


@contextmanager
def drawer(store: ContentStore, *, module: str) -> Iterator[Drawer]:
    """Draws with all cores for as long as the block runs; `module` has what draws."""
    with workers(cores(), module=module) as pool:
        yield Drawer(store, pool)


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
