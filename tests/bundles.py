"""Small bundles made in memory: records that are whole, of which a test gives what it is about."""

from typing import Any

from analysis.artifacts import Bundle
from analysis.bundle.files import json_text
from analysis.contract import Claim, Content, DictionaryTable, Edition, Layer, Network, Quantity, Reference, System

DAY = "2018-05-16"
DATED = {"since": "2018-05", "until": None}
SOURCES = ("amodei2018ai",)


def bundle(**contents: Content) -> Bundle:
    """A bundle of these files, by their names without an ending."""
    return Bundle(files={f"{name}.json": json_text(content).encode() for name, content in contents.items()})


def edition(**fields: Any) -> Edition:
    """A closed edition without errata."""
    plain = {"id": "2018-05", "evidence": DAY, "published": "2026-11-28", "title": "As published", "closed": True}
    return Edition.of({**plain, "editions": [plain], "errata": [], "younger_works": {}, **fields})


def quantity(name: str, value: float, *inputs: str, **fields: Any) -> Quantity:
    """A factor that is made from these inputs."""
    plain = {"low": None, "high": None, "interval": "", "digits": 3, "summary": "A number.", "formula": "a"}
    trace = {"filled": "", "symbols": [], "inputs": inputs, "rests_on": inputs, "used_by": (), "sources": SOURCES}
    return Quantity.of({"name": name, "value": value, "unit": "x", **plain, **trace, **fields})


def claim(**fields: Any) -> Claim:
    """A statement of the originals that cannot be tested."""
    texts = dict.fromkeys(("publication", "where", "statement", "printed", "reason"), "text")
    empty = ("repeats", "value", "digits", "compares", "claimed_factor", "ours", "low", "high", "ratio")
    plain = {"id": "compute-2018.one", "file": "data/claims/one.toml", "ledger": "originals", "kind": "result"}
    verdict = {"relation": "equals", "verdict": "not testable", "within_claimed": None, "inferred": ()}
    return Claim.of(
        {**texts, **dict.fromkeys(empty), **plain, **verdict, "unit": "1", "sources": SOURCES, **DATED, **fields}
    )


def system(**fields: Any) -> System:
    """AlexNet, without remarks."""
    texts = dict.fromkeys(("short_name", "domain_note", "date_note", "note"), "")
    dates = {"date": DAY, "date_precision": "day", "paper_date": DAY, "paper_date_precision": "day"}
    plain = {"id": "alexnet", "file": "data/systems/alexnet.toml", "name": "AlexNet", "listing": "chart"}
    kind = {"era": "modern", "domain": "vision", "paper": SOURCES[0], "sources": SOURCES, "used": "gpu_time"}
    return System.of({**texts, **dates, **plain, **kind, "error_factor": None, **DATED, **fields})


def network(**fields: Any) -> Network:
    """A network without layers."""
    counts = dict.fromkeys(("macs", "params", "inference_flop", "training_flop", "training_flop_by_rule"), 0)
    plain = {"name": "alexnet", "title": "AlexNet", "group": "vision", "example": "image", "where": "", "note": ""}
    code = {"code": "analysis/counting/architectures/alexnet.py", "function": "alexnet", "since": "2018-05"}
    lists = dict.fromkeys(("input_shape", "output_shape", "stages", "worked", "runs", "peers"), ())
    return Network.of({**counts, **plain, **code, **lists, "sources": SOURCES, **fields})


def layer(**fields: Any) -> Layer:
    """A layer without work."""
    counts = {"macs": 0, "training_macs": 0, "params": 0, "copies": 1}
    return Layer.of({"path": "a", "kind": "conv2d", "detail": "", "input": (), "output": (), **counts, **fields})


def dictionary_table(file: str) -> DictionaryTable:
    """A table without columns."""
    texts = {"title": "A table", "description": "Some rows.", "licence": "CC BY 4.0", "since": "2018-05"}
    return DictionaryTable.of({"file": file, **texts, "sources": SOURCES, "columns": ()})


def work(**fields: Any) -> Reference:
    """A work of Jane Doe of 1996; keys are those of CSL-JSON."""
    plain = {"id": "doe1996work", "type": "article-journal", "title": "Work", "issued": {"date-parts": [[1996]]}}
    return Reference.of({**plain, "author": [{"family": "Doe", "given": "Jane"}], **fields})
