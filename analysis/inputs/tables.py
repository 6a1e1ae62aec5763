"""The data tables: one declaration per CSV file under data/, which is all that a new table needs in code.

Reading, the filter by edition, checks, the data dictionary, the downloads and the data package loop over `TABLES`.
Next to each CSV file is a sidecar that describes the table and its columns. The tables of the tracker need no
declaration: each CSV file in data/records is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from analysis.input_files import is_input
from analysis.inputs.records import Dated, Device
from analysis.inputs.rows import (
    Accelerator,
    GameRun,
    ImageClassifier,
    InferenceModel,
    LanguageEvaluation,
    LevelRun,
    NotableModel,
    PeerCount,
    RecordRun,
    Reimplementation,
    ThreeErasSystem,
    TrainingCost,
    TranslationRun,
    VisionModel,
)

Row_co = TypeVar("Row_co", bound=Dated, covariant=True)
# Target of a foreign key: a resource of the data package and one of its columns.
Target = tuple[str, str]
SYSTEM: Final[Target] = ("data.systems", "id")
ARCHITECTURE: Final[Target] = ("tables.counting.architectures", "architecture")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable(Generic[Row_co]):
    """A table: the name of its collection in a dataset, its path under data/, and the class of its rows.

    `keys` are its foreign keys: columns that name a record of another table, a system or a network of the counter.
    """

    name: str
    path: str
    row: type[Row_co]
    keys: Mapping[str, Target] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def file(self) -> str:
        """The path of the CSV file from the root of the repository."""
        return f"data/{self.path}.csv"

    @property
    def sidecar(self) -> str:
        """The path of the sidecar from the root of the repository."""
        return f"data/{self.path}.toml"

    @property
    def resource(self) -> str:
        """The name of the table in the data package, which foreign keys refer to."""
        return f"data.{self.path.replace('/', '.')}"


DEVICES: Final = DataTable(name="devices", path="devices", row=Device)
ALEXNET_LEVEL: Final = DataTable(
    name="alexnet_level", path="efficiency/alexnet_level", row=VisionModel, keys={"architecture": ARCHITECTURE}
)
RESNET50_LEVEL: Final = DataTable(name="resnet50_level", path="efficiency/resnet50_level", row=LevelRun)
TRANSLATION: Final = DataTable(name="translation", path="efficiency/translation", row=TranslationRun)
GAMES: Final = DataTable(name="games", path="efficiency/games", row=GameRun, keys={"system": SYSTEM})
INFERENCE: Final = DataTable(name="inference", path="efficiency/inference", row=InferenceModel)
REIMPLEMENTATIONS: Final = DataTable(
    name="reimplementations", path="efficiency/reimplementations", row=Reimplementation
)
PEER_COUNTS: Final = DataTable(name="peer_counts", path="counting/peers", row=PeerCount, keys={"id": ARCHITECTURE})
MODELS: Final = DataTable(name="models", path="models", row=NotableModel, keys={"system": SYSTEM})
TRAINING_COSTS: Final = DataTable(name="training_costs", path="studies/training_costs", row=TrainingCost)
SEVILLA_2022: Final = DataTable(name="sevilla2022", path="studies/sevilla2022", row=ThreeErasSystem)
HO_2024: Final = DataTable(name="ho2024", path="studies/ho2024", row=LanguageEvaluation)
ERDIL_2022: Final = DataTable(name="erdil2022", path="studies/erdil2022", row=ImageClassifier)
ACCELERATORS: Final = DataTable(name="accelerators", path="accelerators", row=Accelerator)


def _records_of(benchmark: str) -> DataTable[RecordRun]:
    path = f"records/{benchmark}"
    own = {"builds_on": (f"data.records.{benchmark}", "id")}
    return DataTable(name=path, path=path, row=RecordRun, keys=own)


_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "records"
# The records of each benchmark of the tracker.
RECORDS: Final = tuple(_records_of(path.stem) for path in sorted(_FOLDER.glob("*.csv")) if is_input(Path(path.name)))

# In the order in which tables are read, checked and published.
TABLES: Final[tuple[DataTable[Dated], ...]] = (
    DEVICES,
    ALEXNET_LEVEL,
    RESNET50_LEVEL,
    TRANSLATION,
    GAMES,
    INFERENCE,
    REIMPLEMENTATIONS,
    PEER_COUNTS,
    MODELS,
    TRAINING_COSTS,
    SEVILLA_2022,
    HO_2024,
    ERDIL_2022,
    ACCELERATORS,
    *RECORDS,
)
