"""The reference of layers, made from the code: how each is called and what its docstring says."""

import re
from collections.abc import Collection
from dataclasses import MISSING, Field, fields, is_dataclass
from inspect import getdoc
from typing import Any, Final

from analysis.counting import layers
from analysis.counting.layers import Layer
from analysis.results.collect import Findings
from analysis.tables.registry import Column, Table, table, table_of

# How the keys of the bibliography look.
KEYS: Final = re.compile(r"\b[a-z]+\d{4}[a-z0-9]+\b")


@table("counting.layers", number=29, since="2026-11", title="Every layer that a network can be made of")
def layer_reference(findings: Findings) -> Table:
    """Every public layer by name, with its settings, its description and its sources."""
    columns = (
        Column(key="layer", label="Layer", kind="code"),
        Column(key="settings", label="Settings", kind="code"),
        Column(key="description", label="What it is"),
        Column(key="sources", label="Sources", kind="sources"),
    )
    found = {name: getattr(layers, name) for name in layers.__all__}
    rows = [
        {
            "layer": name,
            "settings": ", ".join(_setting(field) for field in fields(layer)),
            **_described(layer, findings.study.dataset.references),
        }
        for name, layer in sorted(found.items())
        if isinstance(layer, type) and issubclass(layer, Layer) and is_dataclass(layer)
    ]
    return table_of(columns, rows)


def _setting(field: Field[Any]) -> str:
    """A setting with its default, as it is written in Python."""
    return field.name if field.default is MISSING else f"{field.name}={field.default!r}"


def _described(layer: type[Layer], known: Collection[str]) -> dict[str, Any]:
    """The docstring of a layer without its sources, and these."""
    text = " ".join((getdoc(layer) or "").split())
    cited = list(dict.fromkeys(key for key in KEYS.findall(text) if key in known))
    for key in cited:
        text = text.replace(f" ({key})", "").replace(f", as in {key}", "")
    prose = re.sub(r" ?\bSource: [^.]*(\.\d[^.]*)*\.", "", text)
    return {"description": prose.replace("`", "").replace(" x ", " × "), "sources": cited}
