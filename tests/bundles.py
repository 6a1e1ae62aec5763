"""Small bundles made in memory: records that are whole, of which a test gives what it is about."""

from collections.abc import Mapping
from typing import Any

from analysis.artifacts import Bundle
from analysis.bundle.files import json_text
from analysis.contract import (
    Calculation,
    Changes,
    Claim,
    Content,
    DictionaryTable,
    Edition,
    Figure,
    Layer,
    Network,
    Quantity,
    Reference,
    Results,
    System,
    Table,
    WhatIf,
)

DAY = "2018-05-16"
DATED = {"since": "2018-05", "until": None}
SOURCES = ("amodei2018ai",)


def bundle(**contents: Content) -> Bundle:
    """A bundle of these files, by their names without an ending."""
    return Bundle(files={f"{name}.json": json_text(content).encode() for name, content in contents.items()})


def with_files(made: Bundle, texts: Mapping[str, str]) -> Bundle:
    """The bundle with further files, by their paths."""
    return Bundle(files={**made.files, **{path: text.encode() for path, text in texts.items()}})


def with_tables(made: Bundle, tables: tuple[Table, ...]) -> Bundle:
    """The bundle with these tables and no others."""
    return Bundle(files={**made.files, "tables.json": json_text(tables).encode()})


def edition(**fields: Any) -> Edition:
    """A closed edition without errata."""
    plain = {"id": "2018-05", "evidence": DAY, "published": "2026-11-28", "title": "As published", "closed": True}
    return Edition.of({**plain, "editions": [plain], "errata": [], "younger_works": {}, **fields})


def quantity(name: str, value: float, *inputs: str, **fields: Any) -> Quantity:
    """A factor that is made from these inputs."""
    plain = {"low": None, "high": None, "interval": "", "digits": 3, "summary": "A number.", "formula": "a"}
    trace = {"filled": "2", "symbols": [], "inputs": inputs, "rests_on": inputs, "used_by": (), "sources": SOURCES}
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


def results(*quantities: Quantity, edition: str = "2018-05") -> Results:
    """The quantities of an edition."""
    return Results(edition=edition, quantities=quantities)


def figure(**fields: Any) -> Figure:
    """A figure of one row, which offers no choice."""
    columns = [{"key": "n", "type": "number", "label": "Number", "unit": "", "description": "A number."}]
    plain = {"name": "compute.trend", "number": 1, "title": "A trend", "alt": "A line.", "code": "analysis/a.py:7"}
    rows = {"columns": columns, "rows": [{"n": 2.0}], "row_ids": ["a"], "row_quantities": [None]}
    drawn = {"controls": (), "variants": (), "png_width": 2, "png_height": 1, "input_hash": "0" * 64}
    return Figure.of({"since": "2018-05", **plain, **rows, **drawn, **fields})


def drawing(words: str = "A line.", width: float = 300, height: float = 200) -> str:
    """A drawing as figures and networks have it; its description is HTML."""
    return f'<svg viewBox="0 0 {width} {height}" role="img"><desc id="desc">{words}</desc><g tabindex="0"></g></svg>'


def drawings_of(record: Figure) -> dict[str, str]:
    """The files that hold a figure, each drawing of proportions of its own."""
    names = [record.name, *(f"{record.name}.{variant}" for variant in record.variants)]
    inline = {
        f"figures/{name}.{width}.inline.svg": drawing(width=300 + 10 * place + len(width))
        for place, name in enumerate(names)
        for width in ("wide", "narrow")
    }
    return {**inline, f"figures/{record.name}.csv": "n\n2\n", f"figures/{record.name}.svg": drawing()}


def table(**fields: Any) -> Table:
    """A table of one number."""
    plain = {"name": "compute.runs", "number": 1, "since": "2018-05", "title": "Runs", "code": "analysis/b.py:9"}
    columns = [{"key": "n", "label": "Number", "kind": "number", "unit": "", "digits": 3}]
    return Table.of({**plain, "columns": columns, "rows": [{"n": 2.0}], "input_hash": "1" * 64, **fields})


def factor(**fields: Any) -> dict[str, Any]:
    """Two devices, as the source of the calculation says."""
    texts = dict.fromkeys(("assumption", "architecture", "why"), "")
    plain = {"name": "devices", "label": "devices", "value": 2.0, "unit": "1", "base_value": 2.0, "text": "2 devices"}
    known = {"input": None, "sources": SOURCES, "assumed": False, "instead_of": None, "half_width": 0.0}
    return {**texts, **plain, **known, **fields}


def calculation(**fields: Any) -> Calculation:
    """The GPU time of AlexNet, of one factor."""
    plain = {"name": "worked.alexnet.gpu_time", "system": "alexnet", "system_name": "AlexNet", "id": "gpu_time"}
    kind = {"method": "gpu_time", "role": "printed", "where": "Appendix", "device": "", "upper_bound": False}
    line = {"text": "2 = 2 FLOP", "latex": "2 = 2", "parts": ["2", "= 2"], "factors": [factor()], "intermediates": ()}
    value = {"compute_flop": 2.0, "compute_pfs_days": 2.0, "note": "", "sources": SOURCES}
    return Calculation.of({**plain, **kind, **line, **value, **fields})


def changes(**fields: Any) -> Changes:
    """Edition 2019-11 after 2018-05, in which nothing changed."""
    names: dict[str, Any] = {"moved": (), "added": (), "removed": ()}
    plain = {"from": "2018-05", "to": "2019-11", "quantities": names, "figures": names, "tables": names}
    return Changes.of({**plain, "records": {"added": (), "changed": (), "closed": ()}, "references": (), **fields})


def what_if(**fields: Any) -> WhatIf:
    """A panel of one system and one device."""
    point = {"id": "alexnet", "name": "AlexNet", "date": "2012-06-01", "day": 4535, "domain": "vision"}
    constants = {"days_per_year": 365.2425, "months_per_year": 12, "flop_per_pfs_day": 8.64e19}
    days = {"name": "training_time", "value": 5.5, "unit": "day", "base_value": 475200.0}
    share = {"name": "utilisation", "value": 0.33, "unit": "1", "base_value": 0.33}
    images = {"name": "images", "value": 10.0, "unit": "image", "base_value": 10.0}
    passes = {"name": "passes", "value": 3.0, "unit": "1", "base_value": 3.0}
    plain = {
        "published": {"utilisation": 0.33, "first_year": 2012, "error_factor": 2.0},
        "last_year": 2014,
        "t_quantiles": {"3": 12.7},
        "points": [{**point, "pfs_days": 0.0058, "assumes_utilisation": True}],
        "devices": [{"name": "GTX 580", "peak_tflop_per_s": 1.58}],
        "runs": {"gpu_time": [days, share], "operations": [images, passes]},
    }
    return WhatIf.of({**constants, **plain, **fields})
