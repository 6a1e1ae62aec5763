"""A whole edition in memory: one record of each kind, every free text of which is the same."""

from analysis.artifacts import Bundle
from analysis.contract import Content, Stage
from tests import bundles
from tests.bundles import SOURCES

QUANTITY = "compute.trend.time"
NETWORK_MACS = "counting.alexnet.macs"
WORKED = "worked.alexnet.gpu_time"
CLAIM = "compute-2018.one"
FIGURE = "compute.trend"
TABLE = "compute.runs"
WORKS = ("amodei2018ai", "sastry2019addendum", "hernandez2020aiefficiency", "hernandez2020measuring")
VERDICTS = ("agree", "consistent", "differ", "inferred", "not_testable")


def small_edition(text: str = "word", *, edition_id: str = "2018-05", **replaced: Content) -> Bundle:
    """The bundle of an edition; `replaced` are files of it by their names."""
    files = {**_records(text, edition_id), **_statements(text, edition_id), **_exhibits(text), **replaced}
    made = bundles.bundle(**files)
    drawings = {path: svg for record in made.figures.values() for path, svg in bundles.drawings_of(record).items()}
    panel = bundles.drawings_of(bundles.figure(name="compute.modern_trend"))
    tables = {f"tables/{name}.csv": "n\n2\n" for name in made.tables}
    network = {"networks/alexnet.inline.svg": bundles.drawing("Bars &amp; diamonds.")}
    return bundles.with_files(made, {**panel, **drawings, **tables, **network})


def _records(text: str, edition: str) -> dict[str, Content]:
    symbol = {"symbol": "a", "label": text, "value": 2.0, "unit": "1"}
    origins = [
        {**symbol, "name": NETWORK_MACS, "record": None, "names": ()},
        {**symbol, "name": None, "record": "data/systems/alexnet.toml", "names": ()},
    ]
    interval = {"low": 2.0, "high": 5.0, "interval": text, "unit": "month", "digits": 2}
    trace = {"symbols": origins, "rests_on": ("data/systems/alexnet.toml#a|b`c",), "used_by": (WORKED,)}
    quantities = bundles.results(
        bundles.quantity(QUANTITY, 3.4384, "data/systems/alexnet.toml", summary=text, **interval, **trace),
        bundles.quantity(NETWORK_MACS, 724406816, "data/a.csv", summary=text, unit="MAC"),
        bundles.quantity("counting.alexnet.params", 60965224, "data/a.csv", unit="1"),
        bundles.quantity("counting.alexnet.training_flop", 4135610496, "data/a.csv", unit="FLOP"),
        bundles.quantity("counting.alexnet.training_passes", 2.854, "data/a.csv", unit="1"),
        bundles.quantity(WORKED, 2.0, "data/systems/alexnet.toml", unit="FLOP"),
        bundles.quantity("system.alexnet.compute", 2.0, WORKED, low=1.0, high=4.0, interval=text, unit="FLOP"),
        *(bundles.quantity(f"compute.modern.{name}", 3.0, "data/a.csv") for name in ("growth_per_year", "n")),
        bundles.quantity("compute.modern.doubling_time", 3.4, "data/a.csv", unit="month", low=2.6, high=5.1),
        *(bundles.quantity(f"claims.originals.{verdict}", 1.0, "data/claims/one.toml") for verdict in VERDICTS),
        edition=edition,
    )
    notes = dict.fromkeys(("domain_note", "date_note", "note"), text)
    return {
        "edition": bundles.edition(id=edition),
        "results": quantities,
        "systems": (bundles.system(name=text, **notes),),
        "worked": (_calculation(text),),
        "architectures": (_network(text),),
    }


def _calculation(text: str) -> Content:
    factors = [
        bundles.factor(label=text, why=text, text=text, assumed=True, architecture="alexnet"),
        bundles.factor(label=text, text=text, instead_of=3.0),
    ]
    step = {"name": "days", "label": text, "unit": "day", "value": 2.0, "text": text}
    texts = {"system_name": text, "where": text, "note": text}
    return bundles.calculation(**texts, factors=factors, intermediates=[step], upper_bound=True)


def _network(text: str) -> Content:
    layer = bundles.layer(path="a.b", detail=text, output=(8, 32, 32), macs=5, params=3, copies=2)
    stages = (
        Stage(name=text, macs=5, share=0.5, params=3, layers=(layer,)),
        Stage(name=text, macs=5, share=0.5, params=0, layers=()),
    )
    uses = {"worked": (WORKED,), "runs": [{"quantity": QUANTITY, "model": text}]}
    peers = [{"counter": text, "macs": 5.0, "ratio": 1.0}]
    texts = {"title": text, "note": text, "where": text, "example": text}
    return bundles.network(**texts, stages=stages, **uses, peers=peers, macs=10, params=3)


def _statements(text: str, edition: str) -> dict[str, Content]:
    texts = dict.fromkeys(("publication", "where", "statement", "printed", "reason"), text)
    tested = {"value": 3.0, "ours": 3.1, "low": 3.0, "high": 3.2, "ratio": 0.97, "verdict": "differs"}
    compared = [
        bundles.claim(**texts, **tested, id=f"a.{place}", compares=name, within_claimed=True, inferred=(text,))
        for place, name in enumerate((QUANTITY, NETWORK_MACS, WORKED))
    ]
    keys = dict.fromkeys(WORKS)
    names = {"moved": (), "added": (FIGURE,), "removed": ()}
    moved = {"name": QUANTITY, "unit": "month", "from": 3.0, "to": 3.4, "ratio": 1.1, "cause": "data"}
    ends = {"low": {"from": 1.0, "to": None}, "high": None, "because": ("data/systems/alexnet.toml",)}
    record = {"collection": text, "id": "a", "file": "data/a.csv", "label": text}
    columns = [{"name": "n", "unit": text, "description": text, "rounded_to": None, "rounded_digits": None}]
    return {
        "ledger": (bundles.claim(**texts, kind="input"), bundles.claim(**texts, id="a.r", repeats=CLAIM), *compared),
        "references": tuple(
            bundles.work(id=key, title=text, note=text, publisher=text, author=[{"literal": text}], URL="https://a.b/c")
            for key in keys
        ),
        "dictionary": (
            bundles.dictionary_table("data/a.csv").model_copy(
                update={"title": text, "description": text, "licence": text}
            ),
            bundles.dictionary_table("data/b.csv").of(
                {**bundles.dictionary_table("data/b.csv").model_dump(), "columns": columns}
            ),
        ),
        "changes": bundles.changes(
            to=edition,
            quantities={"moved": [{**moved, **ends}], "added": (WORKED,), "removed": ()},
            figures=names,
            records={"added": [record], "changed": (), "closed": ()},
            references=SOURCES,
        ),
    }


def _exhibits(text: str) -> dict[str, Content]:
    headings = [
        {"key": "label", "type": "string", "label": text, "unit": "", "description": text},
        {"key": "low_low", "type": "number", "label": "Range", "unit": "month", "description": text},
        {"key": "low_high", "type": "number", "label": "Range", "unit": "month", "description": text},
        {"key": "last", "type": "boolean", "label": "Last", "unit": "", "description": text},
    ]
    rows = [
        {"label": text, "low_low": 1.0, "low_high": 2.0, "last": True},
        {"label": "other", "low_low": None, "low_high": None, "last": False},
    ]
    kinds = ("text", "number", "from", "to", "date", "system", "architecture", "sources")
    columns = [{"key": kind, "label": text, "kind": kind, "unit": "month", "digits": 2} for kind in kinds]
    cells = {"text": text, "number": 3.0, "from": 1.0, "to": None, "date": "2012", "system": "alexnet"}
    point = {"id": "alexnet", "name": text, "date": "2012-06-01", "day": 4535, "domain": text}
    return {
        "figures": (
            bundles.figure(
                title=text, alt=text, columns=headings, rows=rows, row_ids=["a", "b"], row_quantities=[None, None]
            ),
        ),
        "tables": (
            bundles.table(title=text, columns=columns, rows=[{**cells, "architecture": "alexnet", "sources": SOURCES}]),
        ),
        "what_if": bundles.what_if(
            points=[{**point, "pfs_days": 0.0058, "assumes_utilisation": True}],
            devices=[{"name": text, "peak_tflop_per_s": 1.58}],
        ),
    }
