"""Processes that share the work of one command, and end with it however it ends."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Thread
from typing import Final

from analysis.errors import ProcessError

# Forking a process that has threads, as numpy starts them, may hang it.
START_METHOD: Final = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"


@contextmanager
def workers(count: int, *, module: str) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes for as long as the block runs. Raises: ProcessError where one is ended from outside.

    `module` has what they are to do; it is imported once for all where the system allows that.
    """
    context = get_context(START_METHOD)
    context.set_forkserver_preload([module])
    with ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            raise ProcessError("a process of this command was ended from outside; is there enough memory?") from None
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def cores() -> int:
    """How many processes can work at once."""
    return os.cpu_count() or 1


def _end_with_parent() -> None:
    """Ends a worker when its command is killed; by itself it would wait for work indefinitely."""
    # An interrupt reaches the whole group of processes; the command handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
