"""What several tests share: the data of the repository read and analysed once, and copies of it to break."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from analysis.bundle.build import BUNDLES, DRAWINGS, build, bundle_keys
from analysis.bundle.drawings import house_style
from analysis.errors import AnalysisError
from analysis.figures.canvas import CANVASES, Content, Drawing
from analysis.figures.catalogue import figures_at
from analysis.figures.registry import FigureEntry
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.inputs.load import load_dataset
from analysis.model.study import Study, analyse
from analysis.results.collect import Findings, find
from tests.sites import SURROUNDINGS, Site, built_site, copy_repository

# Derandomised: the same examples on every run. No deadline, because no test says anything about time.
settings.register_profile("repository", deadline=None, derandomize=True, database=None)
settings.load_profile("repository")

# What tests leave in build/ for people to look at, and what belongs to a process.
NOT_BUILT = ("screenshots", "lighthouse", "*.lock", "ipython")
# Folders whose tests take minutes, the longest first; they start first, so that no process ends long after the others.
LONG = (
    "tests/site",
    "tests/unit/bundle",
    "tests/unit/figures",
    "tests/browser",
    "tests/adding",
    "tests/unit/inputs",
    "tests/properties",
    "tests/unit/difference",
)
# These files, and those of these folders, share nothing, or a browser, which starts in a second.
APART = (
    "tests/browser",
    "tests/unit",
    "tests/site/test_notebooks.py",
    "tests/site/test_publishing.py",
    "tests/site/test_verifying.py",
)
Replace = Callable[[str, str, str], None]
Fault = Callable[[str, str, str], str]


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Sends the tests of a folder to one process, in their order, as they share what is costly to make."""

    def _split_scope(self, nodeid: str) -> str:
        file, folder = nodeid.split("::", maxsplit=1)[0], folder_of(nodeid)
        return file if file in APART or folder in APART else folder


def folder_of(nodeid: str) -> str:
    """The folder of a test."""
    return nodeid.split("::", maxsplit=1)[0].rpartition("/")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the folders that take longest first."""
    order = {folder: place for place, folder in enumerate(LONG)}
    items.sort(key=lambda item: order.get(folder_of(item.nodeid), len(LONG)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """How tests are spread over several processes."""
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """All records of the repository, all editions."""
    return load_dataset()


@pytest.fixture(scope="session")
def study(dataset: Dataset) -> Study:
    """The study of the last edition."""
    return analyse(dataset)


class FoundOnDemand(Mapping[str, Findings]):
    """The findings of every edition, each found when it is first asked for: the last one takes seconds."""

    def __init__(self, dataset: Dataset, last: Study) -> None:
        self._dataset, self._last = dataset, last
        self._found: dict[str, Findings] = {}

    def __getitem__(self, edition: str) -> Findings:
        if edition not in self._found:
            last = edition == self._last.edition.id
            self._found[edition] = find(self._last if last else analyse(self._dataset, edition))
        return self._found[edition]

    def __iter__(self) -> Iterator[str]:
        return (edition.id for edition in self._dataset.editions)

    def __len__(self) -> int:
        return len(self._dataset.editions)


@pytest.fixture(scope="session")
def findings_by_edition(dataset: Dataset, study: Study) -> Mapping[str, Findings]:
    """The quantities and the ledger of every edition."""
    return FoundOnDemand(dataset, study)


@pytest.fixture(scope="session")
def findings(findings_by_edition: Mapping[str, Findings], study: Study) -> Findings:
    """The quantities and the ledger of the last edition."""
    return findings_by_edition[study.edition.id]


class DrawnOnDemand(Mapping[tuple[str, str], Drawing]):
    """The figures of the last edition in both widths, each drawn when it is first asked for: all take half a minute."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._entries = {entry.name: entry for entry in figures_at(findings.study.edition.id)}
        self._drawn: dict[tuple[str, str], Drawing] = {}

    def __getitem__(self, place: tuple[str, str]) -> Drawing:
        if place not in self._drawn:
            entry, canvas = self._entries[place[0]], next(canvas for canvas in CANVASES if canvas.name == place[1])
            with house_style():
                self._drawn[place] = entry.draw(entry.shows(self._findings), canvas)
        return self._drawn[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, canvas.name) for name in self._entries for canvas in CANVASES)

    def __len__(self) -> int:
        return len(self._entries) * len(CANVASES)


@pytest.fixture(scope="session")
def drawings(findings: Findings) -> Mapping[tuple[str, str], Drawing]:
    """Every figure of the last edition in both widths, by name of figure and width, laid out as when it is saved."""
    return DrawnOnDemand(findings)


@pytest.fixture(scope="session")
def contents(findings: Findings) -> Mapping[str, Content]:
    """What every figure of the last edition shows, by name."""
    return {entry.name: entry.shows(findings) for entry in figures_at(findings.study.edition.id)}


@pytest.fixture(scope="session")
def figures(findings: Findings) -> Mapping[int, FigureEntry]:
    """The figures of the last edition by number."""
    return {entry.number: entry for entry in figures_at(findings.study.edition.id)}


@pytest.fixture
def copied_data(tmp_path: Path) -> Path:
    """A root with a copy of data/, references.bib and CHANGELOG.md, for a test to break."""
    return copy_of_inputs(tmp_path)


@pytest.fixture
def replace_in(copied_data: Path) -> Replace:
    """Replaces the first occurrence of a text in a file of the copied data."""

    def replace(file: str, old: str, new: str) -> None:
        path = copied_data / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise LookupError(f"{file} does not hold {old!r}, so the test would break nothing")
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return replace


@pytest.fixture
def fifth_edition(copied_data: Path) -> Path:
    """The copied data with the open edition closed and an edition 2027-06 open."""
    open_edition_after(copied_data)
    return copied_data


@pytest.fixture
def fault(copied_data: Path, replace_in: Replace) -> Fault:
    """Puts a new text for an old one in the copied data and gives the message with which loading it fails."""

    def message(file: str, old: str, new: str) -> str:
        replace_in(file, old, new)
        with pytest.raises(AnalysisError) as caught:
            load_dataset(copied_data)
        return str(caught.value)

    return message


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with a copy of the inputs and the build of them, which reuses the bundles of the repository's own."""
    root = copy_of_inputs(tmp_path_factory.mktemp("built"))
    keep(DRAWINGS, root)
    keep(BUNDLES, root)
    build(root, progress=lambda _: None)
    return root


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> tuple[Site, Site]:
    """Two copies of the repository, the whole site built in one and its newest edition in the other.

    They are built in different surroundings. The first reuses the repository's own build where it is current. The second
    computes its edition anew; it reuses the closed editions and most drawings, as they would take minutes.
    """
    folders = [tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("one")]
    for folder in folders:
        copy_repository(folder)
    for name in ("build", "site", ".cache"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folders[0] / name, ignore=shutil.ignore_patterns(*NOT_BUILT))
    newest = dataset.editions[-1].id
    for store, made_anew in ((BUNDLES, f"{bundle_keys(dataset)[newest]}.*"), (DRAWINGS, "*0.*")):
        keep(store, folders[1])
        # Which drawings are made again is as good as random: they are named by hashes.
        for path in (folders[1] / store).glob(made_anew):
            path.unlink()
    with ThreadPoolExecutor() as pool:
        whole = pool.submit(built_site, folders[0], SURROUNDINGS[0])
        one = pool.submit(built_site, folders[1], SURROUNDINGS[1], "--edition", newest)
        return whole.result(), one.result()


@pytest.fixture(scope="session")
def site(sites: tuple[Site, Site]) -> Site:
    """A copy of the repository with a built site."""
    return sites[0]


def keep(store: Path, root: Path) -> None:
    """Copies a store of the repository's own build into a root, where there is one, so that nothing is made twice."""
    if (ROOT / store).is_dir():
        shutil.copytree(ROOT / store, root / store)


def open_edition_after(root: Path) -> None:
    """Closes the open edition of a root and opens an edition 2027-06."""
    path = root / "data/editions.toml"
    text = path.read_text(encoding="utf-8").replace("closed = false", "closed = true")
    later = '[[editions]]\nid = "2027-06"\nevidence = 2027-06-01\npublished = 2027-06-02\ntitle = "A test"\nclosed = false\n'
    path.write_text(f"{text}\n{later}", encoding="utf-8", newline="")


def copy_of_inputs(root: Path) -> Path:
    """Copies data/, references.bib and CHANGELOG.md of the repository into a root."""
    shutil.copytree(ROOT / "data", root / "data")
    for name in ("references.bib", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root / name)
    return root
