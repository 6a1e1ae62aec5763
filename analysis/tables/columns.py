"""What the columns of the tables mean: one entry per key, or per table and key where tables differ.

A heading is short; `meaning` returns the sentence that the data package prints next to it.
"""

from collections.abc import Mapping
from typing import Final

from analysis.errors import UnknownNameError, did_you_mean

MEANINGS: Final[Mapping[str, str]] = {
    "architecture": "network, by its name in the counter",
    "base_clock_mhz": "base clock rate in MHz",
    "basis": "whether the halving time is that of a trend or of two points",
    "boost_clock_mhz": "highest clock rate listed in MHz; empty where there is none",
    "bootstrap_high": "upper end of the 95% interval from resampled points; empty where it is unbounded",
    "bootstrap_low": "lower end of the 95% interval from resampled points",
    "bound": "'at most' where the compute is an upper bound",
    "calculation": "whether the factors are those printed, those of the chart, or others",
    "calflops": "what calflops counts over what is counted here; empty where it stopped with an error",
    "compares": "quantity the statement is compared with; empty where there is none",
    "cores": "single-precision cores",
    "counted_gmacs": "multiply-adds in a forward pass on one image as counted here",
    "date": "day of publication, as far as it is known",
    "device": "processor",
    "domain": "field of the task",
    "doubling_time": "time in which the fitted compute doubles",
    "epochs": "passes over the training set until the accuracy is reached",
    "era": "first for systems before 2012, modern for those since",
    "error_factor": "error of the compute in both directions, as the publisher draws it",
    "example": "what one pass works on, and its shape",
    "factor": "how many times less compute the later system takes",
    "flop": "training compute, additions and multiplications counted separately",
    "frontier": "'yes' where the run took less compute than every earlier one",
    "fvcore": "what fvcore counts over what is counted here; empty where it stopped with an error",
    "gain": "compute of AlexNet over that of the run",
    "gmacs": "multiply-adds in a forward pass on one image, as counted for the paper",
    "growth_per_year": "factor by which the fitted compute grows in a year",
    "halving_time": "time in which the compute needed fell by half",
    "high": "upper end of the 95% interval; empty where there is none",
    "id": "statement, by its identifier in the ledger",
    "kind": "whether the number is assumed or stated by its source",
    "label": "what the number is",
    "largest": "largest charted run of the years; empty where there is none",
    "listed": "peak rate listed for the processor",
    "low": "lower end of the 95% interval; empty where there is none",
    "macs": "multiply-adds of a forward pass",
    "measured": "accuracy reached in the efficiency paper",
    "method": "how the compute is known",
    "metric": "top-5 or top-1 accuracy",
    "model": "network",
    "n": "number of charted runs",
    "name": "name of the quantity",
    "note": "remark",
    "original_paper": "accuracy in the paper that introduced the network",
    "ours": "our number in the unit of the statement; empty where there is nothing to compare with",
    "params": "parameters of the network",
    "peak": "listed peak in single precision",
    "period": "stretch of years",
    "petaflop": "passes times multiply-adds, a multiply-add counted once as in the paper",
    "pfs_days": "training compute",
    "points": "which runs the line is fitted to",
    "printed": "number as the text prints it",
    "printed_gmacs": "multiply-adds in a forward pass on one image, as counted for the paper",
    "printed_high": "upper end of the range that the post prints",
    "printed_low": "lower end of the range that the post prints",
    "printed_petaflop": "the same product as the paper prints it",
    "ptflops_aten": "what ptflops counts by tensor operations, over what is counted here; empty after an error",
    "ptflops_hooks": "what ptflops counts by hooks on modules, over what is counted here; empty after an error",
    "r_squared": "share of the variance that the line explains",
    "ratio": "printed number over ours; empty where there is nothing to compare with",
    "compute.peak_rates.ratio": "rate used over the listed peak",
    "efficiency.recounted.ratio": "multiply-adds of the paper over those counted here",
    "reference_code": "accuracy listed for the PyTorch reference code; empty where none",
    "released": "day of release",
    "smallest": "smallest charted run of the years; empty where there is none",
    "sources": "keys of references.csv, separated by semicolons",
    "summary": "what the quantity is",
    "system": "system, by its identifier",
    "task": "task and level that both systems reach",
    "tfs_days": "training compute to the fixed accuracy, a multiply-add counted as two",
    "thop": "what THOP counts over what is counted here; empty where it stopped with an error",
    "torchinfo": "what torchinfo counts over what is counted here; empty where it stopped with an error",
    "torchprofile": "what torchprofile counts over what is counted here; empty where it stopped with an error",
    "training_passes": "operations of a training step over those of a forward pass",
    "unit": "unit of the number; empty for a bare number",
    "used": "peak rate that the calculation takes",
    "value": "number, in the unit of its row",
    "data.ledger.high": "highest that ours can be within the rounding of its inputs; empty where none is rounded",
    "data.ledger.kind": "result, input, assumption (or definition) or background",
    "data.ledger.low": "lowest that ours can be within the rounding of its inputs; empty where none is rounded",
    "inferred": "inputs inferred from the print that decide the verdict",
    "repeats": "statement that says the same first; empty for that one",
    "data.ledger.value": "number the text prints, in the unit of its row; empty where it prints none",
    "verdict": "the verdict that follows from the two numbers",
    "where": "place in the text",
    "within": "share of the charted runs of the years that lie in the printed range",
}


def meaning(table: str, key: str) -> str:
    """What a column of a table means. Raises: UnknownNameError naming table and key."""
    for name in (f"{table}.{key}", key):
        if name in MEANINGS:
            return MEANINGS[name]
    raise UnknownNameError(
        f"table '{table}': column '{key}' is not described in analysis/tables/columns.py{did_you_mean(key, MEANINGS)}"
    )
