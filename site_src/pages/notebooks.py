"""Runs a notebook once, within a limit of time; removes what a reader does not need: styles, scripts and random ids."""

import json
import logging
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from analysis.artifacts import input_hash
from analysis.content_store import ContentStore, key_of
from analysis.disk_faults import disk_faults
from site_src.errors import PageError
from site_src.html_stream import CuttingStream, Tag

# What notebooks showed when they ran, below the root.
RESULTS: Final = Path(".cache", "notebooks")
ENTRY: Final = "page.json"
# Elements that repeat what the theme brings, or that would ask another site for code, and the class of another.
BALLAST: Final = ("style", "script", "clipboard-copy")
COPIED_CODE: Final = "clipboard-copy-txt"
CELL_ID: Final = re.compile(r'\bid="cell-id=([0-9a-f]+)"')


def slimmed(html: str) -> str:
    """The HTML of a notebook page, light and the same on every build."""
    html = CuttingStream(_is_ballast).read(html)
    ids = dict.fromkeys(CELL_ID.findall(html))
    for number, identifier in enumerate(ids, start=1):
        html = html.replace(f"cell-id={identifier}", f"notebook-cell-{number}")
    return html


def _is_ballast(tag: Tag) -> bool:
    return tag.name in BALLAST or tag.attributes.get("class") == COPIED_CODE


def as_markdown(source: str) -> str:
    """A notebook in the percent format as Markdown: its text as it is, its code in fences, without its results."""
    cells = re.split(r"^# %%(.*)\n", source, flags=re.MULTILINE)[1:]
    parts = []
    for kind, text in zip(cells[::2], cells[1::2], strict=True):
        if "[markdown]" in kind:
            parts.append(re.sub(r"^# ?", "", text, flags=re.MULTILINE).strip())
        else:
            parts.append(f"```python\n{text.strip()}\n```")
    return "\n\n".join(parts)


def shown(root: Path, page: str, *, seconds: int, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a notebook shows, as plain data: from an earlier run in the same state, or from one within a limit of time.

    Raises: PageError, DiskError.
    """
    store, state = ContentStore(root / RESULTS), state_of(root, page)
    if (entry := store.get(state)) is not None:
        kept: dict[str, Any] = json.loads(entry[ENTRY])
        return kept
    with limited(f"docs/{page}", seconds):
        made = run()
    # An input that was edited meanwhile may have been read before or after.
    if state_of(root, page) == state:
        with disk_faults(store.folder):
            store.put(state, {ENTRY: json.dumps(made).encode()})
    return made


def state_of(root: Path, page: str) -> str:
    """A hash of what decides what a notebook shows: its text, the settings, the analysis and its data."""
    texts = [(root / name).read_text(encoding="utf-8") for name in ("mkdocs.yml", f"docs/{page}")]
    return key_of(input_hash(root), *texts)


@contextmanager
def limited(name: str, seconds: int) -> Iterator[None]:
    """Lets a notebook run that long in a kernel, which has ended afterwards. Raises: PageError in one line.

    Only for the main thread of a process, as nothing else can be interrupted.
    """

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        raise _TimeOver

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeOver:
        # The tasks that are left behind complain of their kernel when the program ends.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        raise PageError(f"{name}: still running after {seconds} s; expected it to end by then") from None
    except Exception as error:  # noqa: BLE001 - whatever a notebook raises
        # The packages between us and the kernel wrap its errors, and report them with the traceback of the notebook.
        kind, text = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
        raise PageError(f"{name}: {kind}: {' '.join(text.split())}") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _TimeOver(SystemExit):
    """Time is up. An event loop lets this kind of exception through, whichever task it meets."""
