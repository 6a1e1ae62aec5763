"""The figures and tables of a bundle, and the networks and systems that have a page."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.contract.base import Day, EditionId, FieldType, Number, Record, Row, Sources, Text

ColumnKind = Literal["text", "number", "from", "to", "date", "system", "architecture", "sources", "code"]
Count = Annotated[int, Field(ge=0)]
Shape = tuple[int, ...]


class FigureColumn(Record):
    """A column of the rows that a figure draws."""

    key: str
    """Key of the column in a row, and its name in the CSV file."""
    type: FieldType
    """Type of its cells, as in a Table Schema."""
    label: str
    """Heading of the column."""
    unit: str
    """Unit of its numbers; empty where it has none."""
    description: str
    """What the column holds."""


class Figure(Record):
    """A figure: what it shows, the files that hold it, and the very rows that it draws."""

    name: str
    """Name of the figure; it never changes."""
    number: int
    """Number of the figure; it never changes."""
    since: EditionId
    """First edition that has the figure."""
    title: Text
    """Title of the figure."""
    alt: Text
    """A description of the drawing and its trend, for readers who cannot see it."""
    code: str
    """File and line of the function that draws it."""
    controls: tuple[str, ...]
    """What a reader may choose, by name of the control."""
    variants: tuple[str, ...]
    """Names of further drawings of the same rows, such as one with linear scales."""
    png_width: int
    """Width of the PNG file, in pixels."""
    png_height: int
    """Height of the PNG file, in pixels."""
    columns: tuple[FigureColumn, ...]
    """The columns of the rows, in order."""
    rows: tuple[Row, ...]
    """The rows that are drawn: a value per key of a column."""
    row_ids: tuple[str, ...]
    """Per row, the id of its mark in the drawing."""
    row_quantities: tuple[str | None, ...]
    """Per row, the quantity that it shows; null where there is none."""
    input_hash: str
    """SHA-256 of the rows as written and of the code that draws them."""


class Column(Record):
    """A column of a table."""

    key: str
    """Key of the column in a row, and its name in the CSV file."""
    label: str
    """Heading of the column."""
    kind: ColumnKind
    """How its cells are written; a `from` column and the `to` column after it are written as one range."""
    unit: str
    """Unit of its numbers; empty where it has none."""
    digits: int | None
    """Significant digits that the pages print; null where they print all."""


class Table(Record):
    """A table: its columns and its rows, with numbers in full."""

    name: str
    """Name of the table; it never changes."""
    number: int
    """Number of the table; it never changes."""
    since: EditionId
    """First edition that has the table."""
    title: Text
    """Title of the table."""
    code: str
    """File and line of the function that builds it."""
    columns: tuple[Column, ...]
    """The columns, in order."""
    rows: tuple[Row, ...]
    """The rows: a value per key of a column."""
    input_hash: str
    """SHA-256 of the rows as written and of the code that builds them."""


class System(Record):
    """A trained system: who made it public when, and what is known about it."""

    id: str
    """Id of the system: name of its file and of its page."""
    file: str
    """The file under data/ that describes it."""
    name: Text
    """Name in full."""
    short_name: str
    """Name as drawn in figures; empty where it is the full one."""
    listing: Literal["chart", "modest", "own"]
    """chart: charted by OpenAI; modest: in its list of modest results; own: neither."""
    era: Literal["first", "modern"]
    """first for systems before 2012, modern for those since."""
    domain: str
    """Field of the task."""
    domain_note: str
    """Why this field; empty where it is obvious."""
    date: Day
    """Day at which the system is drawn."""
    date_precision: Literal["day", "month", "year"]
    """How much of the date to believe."""
    date_note: str
    """What the date refers to."""
    paper: str
    """Key in references.json of the paper that introduced it."""
    paper_date: Day
    """Day at which the paper was public."""
    paper_date_precision: Literal["day", "month", "year"]
    """How much of that date to believe."""
    sources: Sources
    """Keys in references.json of the works that describe it."""
    error_factor: float | None
    """Error of the compute in both directions, as the publisher draws it; null where none is drawn."""
    used: str
    """Id of the estimate that figures and trends use."""
    note: str
    """Remark; may be empty."""
    since: EditionId
    """First edition that has this record."""
    until: EditionId | None
    """First edition without it; null while it holds."""


class LayerCount(Record):
    """A layer of a network. Counts are for one example."""

    path: str
    """Place of the layer in the network, stage first."""
    kind: str
    """Kind of layer."""
    detail: str
    """Window, stride and other settings; empty where there are none."""
    input: Shape
    """Shape of the input."""
    output: Shape
    """Shape of the output."""
    macs: Count
    """Multiply-adds of a forward pass."""
    training_macs: Count
    """Multiply-adds of a training step."""
    params: Count
    """Parameters of the layer; those it shares are listed where they are used first."""


class Layer(LayerCount):
    """A layer shown once for several identical ones. Counts are for one of them."""

    copies: int
    """How many identical layers it represents."""


class Stage(Record):
    """A stage of a network: the first part of the paths of its layers. Counts are for one example."""

    name: str
    """Name of the stage."""
    macs: Count
    """Multiply-adds of a forward pass."""
    share: float
    """The same as a share of those of the network."""
    params: Count
    """Trainable parameters."""
    layers: tuple[Layer, ...]
    """Its layers, those alike folded into one."""


class Run(Record):
    """A training run that rests on the count of a network."""

    quantity: str
    """The quantity that holds the compute of the run."""
    model: str
    """Name of the model that was trained."""


class Peer(Record):
    """What another counter finds for a network."""

    counter: str
    """Name and version of the other counter."""
    macs: float
    """Its multiply-adds of a forward pass."""
    ratio: float
    """Its multiply-adds over those counted here."""


class Totals(Record):
    """Totals of a network, for one example."""

    macs: Count
    """Multiply-adds of a forward pass."""
    params: Count
    """Trainable parameters."""
    inference_flop: Number
    """FLOP of a forward pass."""
    training_flop: Number
    """FLOP of a training step, counted."""
    training_flop_by_rule: Number
    """FLOP of a training step by the rule of three forward passes."""


class Network(Totals):
    """A network: what it is, its totals, its stages with their layers folded, and what rests on its count."""

    name: str
    """Name of the network in the counter."""
    title: Text
    """Name of the network."""
    group: str
    """Group under which it is listed."""
    example: str
    """What one pass is made over, such as an image."""
    input_shape: Shape
    """Shape of an example."""
    output_shape: Shape
    """Shape of the output."""
    sources: Sources
    """Keys in references.json of the works that publish its shape."""
    where: str
    """Where in them the shape is."""
    note: str
    """Remark; may be empty."""
    since: EditionId
    """First edition that has the network."""
    code: str
    """The file in which it is written down."""
    function: str
    """The function in which it is written down."""
    stages: tuple[Stage, ...]
    """Its stages, in order."""
    worked: tuple[str, ...]
    """Names of the calculations that rest on its count."""
    runs: tuple[Run, ...]
    """Training runs that rest on its count."""
    peers: tuple[Peer, ...]
    """What other counters find."""


class Convention(Record):
    """What a count includes."""

    name: str
    """Name of the convention."""
    summary: str
    """What is counted, and how."""


class BenchmarkRuns(Record):
    """A benchmark of the tracker by itself: its rows in the tables of rates and rules, and its runs."""

    benchmark: str
    """Its identifier."""
    rate: Row
    """Its row of the table tracker.rates."""
    rules: Row
    """Its row of the table tracker.benchmarks."""
    runs: tuple[Row, ...]
    """Its rows of the table tracker.records, newest first."""


class NetworkCount(Totals):
    """A network layer by layer. Totals are for the batch, the counts of layers for one example."""

    name: str
    """Name of the network in the counter."""
    title: Text
    """Name of the network."""
    input: Shape
    """Shape of an example."""
    output: Shape
    """Shape of the output."""
    batch: int
    """Examples per pass."""
    convention: Convention
    """What the count includes."""
    layers: tuple[LayerCount, ...]
    """Every layer, in order."""
