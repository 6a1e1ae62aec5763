"""Measures the counter's speed: as a whole process, against PyTorch's counter, and as networks grow.

Run by `nox -s bench`. Prints what it measured and writes it to bench/results.json. Times hold for one
machine on one day; compare ratios and exponents.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from analysis.counting.catalogue import ARCHITECTURES
from analysis.counting.count import count
from analysis.counting.layers import Activation, Conv2d, Repeat, Sequential
from analysis.counting.registry import Architecture
from bench.stopwatch import best, exponent, report
from tests.crosscheck.translate import Leaf, example, translated

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.json"
COLD_RUNS = 7
# Slow to import, so a command that only counts should not import them.
HEAVY = ("matplotlib", "numpy", "pandas", "pydantic", "scipy")
COLD = f"""
import sys
from analysis.counting.catalogue import ARCHITECTURES
from analysis.counting.count import count
for architecture in ARCHITECTURES.values():
    count(architecture.build(), architecture.input_shape)
print(*[name for name in {HEAVY} if name in sys.modules])
"""
LENGTHS = (10, 30, 100, 300, 1000, 3000, 10_000)


def main() -> None:
    results = {"cold": cold(), "warm": warm(), "growth": growth()}
    report(results, RESULTS)


def cold() -> dict[str, object]:
    """Seconds for a new process that counts every architecture, and for one that does nothing."""
    counted = [process("-c", COLD) for _ in range(COLD_RUNS)]
    empty = [process("-c", "") for _ in range(COLD_RUNS)]
    command = [process("-m", "analysis", "count") for _ in range(COLD_RUNS)]
    return {
        "architectures": len(ARCHITECTURES),
        "seconds, all architectures": median(seconds for seconds, _ in counted),
        "seconds, python -m analysis count": median(seconds for seconds, _ in command),
        "seconds, nothing at all": median(seconds for seconds, _ in empty),
        "heavy packages imported": counted[0][1] or "none",
    }


def process(*arguments: str) -> tuple[float, str]:
    """Seconds taken by a new Python process, and its output."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout.strip()


def warm() -> dict[str, object]:
    """Seconds per thousand layers over all architectures: ours including building the network, PyTorch's without."""
    layers = sum(len(count(known.build(), known.input_shape).rows) for known in ARCHITECTURES.values())
    ours = sum(best(lambda known=known: our_count(known)) for known in ARCHITECTURES.values())
    theirs = sum(best(their_count(known)) for known in ARCHITECTURES.values())
    return {
        "layers": layers,
        "ours, seconds per thousand layers": 1000 * ours / layers,
        "PyTorch, seconds per thousand layers": 1000 * theirs / layers,
        "times as fast": theirs / ours,
    }


def our_count(known: Architecture) -> None:
    count(known.build(), known.input_shape)


def their_count(known: Architecture) -> Callable[[], None]:
    """A forward pass on meta tensors under PyTorch's counter."""
    network = known.build()
    module = bare(translated(network))
    given: Tensor | tuple[Tensor, Tensor] = example(network, known.input_shape)

    def run() -> None:
        with FlopCounterMode(display=False), torch.no_grad():
            module(given)

    return run


def bare(module: nn.Module) -> nn.Module:
    """A module without the wrappers that record its leaves, which would slow it down."""
    for name, child in list(module.named_children()):
        setattr(module, name, bare(child))
    return bare(module.inner) if isinstance(module, Leaf) else module


def growth() -> dict[str, object]:
    """Seconds for networks of ten to ten thousand layers, and the exponent of the length."""
    repeated = {length: best(lambda n=length: count(Repeat(CONVOLUTION, n), SHAPE)) for length in LENGTHS}
    listed = {length: best(lambda n=length: count(Sequential(stack(n)), SHAPE)) for length in LENGTHS}
    return {
        **{f"repeat of {length:,}, seconds": seconds for length, seconds in repeated.items()},
        "repeat, exponent": exponent(repeated),
        **{f"sequence of {length:,}, seconds": seconds for length, seconds in listed.items()},
        "sequence, exponent": exponent(listed),
    }


SHAPE = (16, 32, 32)
CONVOLUTION = Conv2d(16, 16, kernel=3, padding=1)


def stack(length: int) -> tuple[Conv2d | Activation, ...]:
    """Alternating convolutions and activations, each a separate record."""
    return tuple(Conv2d(16, 16, kernel=3, padding=1) if n % 2 else Activation() for n in range(length))


if __name__ == "__main__":
    main()
