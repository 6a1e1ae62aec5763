"""Building: every edition is written, the same bytes each time, and a build that fails leaves the old one."""

import filecmp
import hashlib
import re
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from analysis.artifacts import BUILD_LOCK, HASH_FILE, input_hash, open_bundle
from analysis.bundle.build import BUNDLES, DRAWINGS, build, bundle_keys, drawing, write_bundle
from analysis.content_store import ContentStore
from analysis.errors import AnalysisError, BusyError, EditedError, VerdictError
from analysis.figures.catalogue import figures_at
from analysis.input_files import ROOT
from analysis.inputs.dataset import Dataset
from analysis.results.collect import Findings
from analysis.tables.catalogue import tables_at
from tests.conftest import keep
from tests.editions import EDITIONS, NEWEST
from tests.processes import held, python, wait_for

Replace = Callable[[str, str, str], None]
WIDTHS = ("wide", "narrow")


def files(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def old_build(copied_data: Path) -> Path:
    """A root with a build that somebody made before, with the drawings of the repository's own build."""
    keep(DRAWINGS, copied_data)
    (copied_data / "build").mkdir()
    (copied_data / "build" / "old").write_text("as it was", encoding="utf-8")
    return copied_data


@pytest.fixture
def almost_built(old_build: Path, dataset: Dataset) -> Path:
    """The same where the next build has only the first edition to compute, as the store has the others."""
    keep(BUNDLES, old_build)
    ContentStore(old_build / BUNDLES).keep(list(bundle_keys(dataset).values())[1:])
    return old_build


BUILDING = """
import resource, sys
from pathlib import Path
from analysis.bundle.build import build
from analysis.errors import AnalysisError
from analysis.command_line import interruptible

def command():
    try:
        build(Path(sys.argv[1]))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(interruptible(command))
"""
NO_LIMIT = "-1"


@pytest.mark.parametrize("begun", [".build.partial/*", f"{DRAWINGS.as_posix()}/*"], ids=["writing", "drawing"])
def test_a_signal_leaves_the_old_build_and_no_remains(almost_built: Path, begun: str) -> None:
    if begun.startswith(DRAWINGS.as_posix()):
        shutil.rmtree(almost_built / DRAWINGS, ignore_errors=True)
    with python(BUILDING, str(almost_built), NO_LIMIT) as process:
        wait_for(lambda: any(almost_built.glob(begun)))
        process.terminate()
        _, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (128 + signal.SIGTERM, "interrupted\n")
    assert files(almost_built / "build") == ["old"]
    assert not (almost_built / ".build.partial").exists()


def test_a_limit_to_the_size_of_files_leaves_the_old_build_and_one_line(
    almost_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What measures coverage would write larger files itself.
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    # Several tables and drawings are larger than 8 kB.
    with python(BUILDING, str(almost_built), "8192") as process:
        _, complaints = process.communicate(timeout=600)
    assert process.returncode == 1
    assert re.fullmatch(rf"{re.escape(str(almost_built))}/\.build\.partial\S*: File too large\n", complaints)
    assert files(almost_built / "build") == ["old"]
    assert not (almost_built / ".build.partial").exists()


def test_two_builds_at_once_are_refused(old_build: Path) -> None:
    with held(old_build / BUILD_LOCK) as owner, pytest.raises(BusyError, match=f"in use by process {owner}; "):
        build(old_build)
    assert files(old_build / "build") == ["old"]


def test_a_build_moved_away_by_a_killed_swap_is_restored_even_if_the_next_one_fails(
    old_build: Path, replace_in: Replace
) -> None:
    (old_build / "build").rename(old_build / ".build.old")
    replace_in("data/editions.toml", "[[editions]]", "[[editions]")
    with pytest.raises(AnalysisError):
        build(old_build)
    assert files(old_build / "build") == ["old"]


def test_every_edition_is_built(built: Path) -> None:
    assert sorted(path.name for path in (built / "build").iterdir()) == [*EDITIONS, HASH_FILE]


def test_the_build_knows_what_it_was_made_from(built: Path) -> None:
    assert (built / "build" / HASH_FILE).read_text(encoding="utf-8") == f"{input_hash(built)}\n"


def test_a_build_leaves_nothing_next_to_it(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == [
        ".cache",
        "CHANGELOG.md",
        "build",
        "data",
        "references.bib",
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_of_an_edition_is_written_in_every_form(built: Path, edition: str) -> None:
    forms = {
        entry.name: ["svg", "png", "pdf", "csv"]
        + [f"{variant}{width}.inline.svg" for variant in ("", *(f"{v}." for v in entry.variants)) for width in WIDTHS]
        for entry in figures_at(edition)
    }
    expected = [f"{name}.{form}" for name, endings in forms.items() for form in endings]
    assert files(built / "build" / edition / "figures") == sorted(expected)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_table_of_an_edition_is_written(built: Path, edition: str) -> None:
    assert files(built / "build" / edition / "tables") == sorted(f"{entry.name}.csv" for entry in tables_at(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_rows_of_a_figure_are_in_its_record_and_in_its_csv(built: Path, edition: str) -> None:
    bundle = open_bundle(edition, built / "build")
    counts = {name: len(figure.rows) for name, figure in bundle.figures.items()}
    # Header and one line per row; no cell of these holds a line end.
    assert {name: len(bundle.text(f"figures/{name}.csv").splitlines()) - 1 for name in counts} == counts


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_image_has_just_twice_the_pixels_that_its_drawing_takes(built: Path, edition: str) -> None:
    for name, figure in open_bundle(edition, built / "build").figures.items():
        folder = built / "build" / edition / "figures"
        # A point is 96/72 pixels of a page.
        svg = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', (folder / f"{name}.svg").read_text(encoding="utf-8"))
        assert svg is not None
        drawn = [float(points) * 96 / 72 for points in svg.groups()]
        # Width and height are bytes 16 to 23 of a PNG file.
        header = (folder / f"{name}.png").read_bytes()[16:24]
        pixels = [int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")]
        assert pixels == [figure.png_width, figure.png_height]
        assert pixels == pytest.approx([2 * side for side in drawn], rel=1e-9)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_file_of_a_figure_says_what_it_is_and_where_it_comes_from(built: Path, edition: str) -> None:
    folder = built / "build" / edition / "figures"
    for name, figure in open_bundle(edition, built / "build").figures.items():
        address = f"{edition}/figures/{re.sub('[._]', '-', name)}/"
        work = f"AI and compute, recomputed, edition {edition}"
        with Image.open(folder / f"{name}.png") as picture:
            texts = {figure.title, figure.alt, work, "CC BY 4.0", address}
            assert texts <= set(picture.info.values())
        pdf = PdfReader(folder / f"{name}.pdf")
        assert pdf.metadata is not None
        assert (pdf.metadata.title, pdf.metadata.subject) == (figure.title, figure.alt)
        assert pdf.metadata["/Keywords"] == f"{work}; {address}; CC BY 4.0"
        svg = ET.parse(folder / f"{name}.svg")
        metadata = " ".join(svg.find("{*}metadata").itertext())  # type: ignore[union-attr]
        assert all(text in metadata for text in texts)
        # In the picture, lines break where they must.
        for drawn in (" ".join(pdf.pages[0].extract_text().split()), " ".join(svg.getroot().itertext())):
            assert all(part in drawn for part in (work, address, "CC BY 4.0"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pdf_holds_its_fonts_and_no_date(built: Path, edition: str) -> None:
    for path in (built / "build" / edition / "figures").glob("*.pdf"):
        text = path.read_bytes()
        assert text.startswith(b"%PDF-")
        assert b"/FontFile2" in text
        assert b"/CreationDate" not in text


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_figure_describes_its_columns(built: Path, edition: str) -> None:
    for figure in open_bundle(edition, built / "build").figures.values():
        header = (
            (built / "build" / edition / "figures" / f"{figure.name}.csv").read_text(encoding="utf-8").split("\n")[0]
        )
        assert ",".join(column.key for column in figure.columns) == header


DRAWING_CODE = [
    "analysis/*.py",
    "analysis/figures/*.py",
    "analysis/figures/house.mplstyle",
    "analysis/model/*.py",
    "analysis/bundle/drawing_files.py",
    "analysis/bundle/drawings.py",
]


@pytest.mark.parametrize(
    ("kind", "name", "others"),
    [
        ("figures", "compute.modern_trend", DRAWING_CODE),
        ("tables", "compute.systems", ["analysis/tables/compute.py"]),
    ],
)
def test_a_figure_or_table_has_the_hash_of_its_rows_and_its_code(
    built: Path, kind: str, name: str, others: list[str]
) -> None:
    bundle = open_bundle(NEWEST, built / "build")
    digest = hashlib.sha256((bundle.folder / kind / f"{name}.csv").read_bytes())
    for other in others:
        for path in sorted(ROOT.glob(other)):
            digest.update(path.read_bytes())
    assert getattr(bundle, kind)[name].input_hash == digest.hexdigest()


@pytest.mark.parametrize("kind", ["figures", "tables"])
def test_a_figure_or_table_leads_to_the_function_that_makes_it(built: Path, kind: str) -> None:
    for record in getattr(open_bundle(NEWEST, built / "build"), kind).values():
        path, _, line = record.code.partition(":")
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        # The figures of the tracker are registered by one function that draws all of them.
        assert lines[int(line) - 1].startswith((f"@{kind.removesuffix('s')}(", "def draw_runs("))


def test_no_file_ends_a_line_as_on_windows(built: Path) -> None:
    texts = [path for path in (built / "build").rglob("*") if path.suffix in {".json", ".csv", ".svg"}]
    assert texts
    assert [path.name for path in texts if b"\r" in path.read_bytes()] == []


def test_a_bundle_written_again_has_the_same_bytes(
    built: Path, findings_by_edition: Mapping[str, Findings], tmp_path: Path
) -> None:
    findings = findings_by_edition["2018-05"]
    # Drawings come from the store: that they are the same when they are made again is a test of the whole site.
    with drawing(built) as draw:
        write_bundle(findings, tmp_path / "again", before=None, drawings=draw(findings))
    first = built / "build" / "2018-05"
    names = files(first)
    assert files(tmp_path / "again") == names
    same, different, unread = filecmp.cmpfiles(first, tmp_path / "again", names, shallow=False)
    assert (len(same), different, unread) == (len(names), [], [])


def test_an_edition_is_taken_over_where_its_records_are_those_of_the_last_build(built: Path, tmp_path: Path) -> None:
    root, said = tmp_path / "root", list[str]()
    shutil.copytree(built, root)
    # A processor, which is in no figure: drawings take long.
    with (root / "data/devices.csv").open("a", encoding="utf-8") as file:
        file.write(f"tesla-v100,Tesla V100,NVIDIA,2017-06-21,5120,,1530,15.7,epoch2026hardware,,{NEWEST},\n")
    build(root, progress=said.append)
    assert said[:-1] == [f"analysis: edition {edition}, unchanged" for edition in EDITIONS[:-1]]
    assert said[-1].endswith("quantities")
    differing = {file for file in files(built / "build") if not _same(built / "build" / file, root / "build" / file)}
    assert {Path(file).parts[0] for file in differing} == {NEWEST, HASH_FILE}
    assert "tesla-v100" in {record.id for record in open_bundle(NEWEST, root / "build").changes.records.added}


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def test_a_fault_in_the_data_leaves_the_old_build_as_it_was(old_build: Path, replace_in: Replace) -> None:
    replace_in("data/systems/alexnet.toml", "value = 1.58", "value = nan")
    with pytest.raises(AnalysisError):
        build(old_build, progress=lambda _: None)
    assert files(old_build / "build") == ["old"]


def test_a_wrong_verdict_leaves_the_old_build_as_it_was(old_build: Path, replace_in: Replace) -> None:
    # The first claim of the post agrees.
    replace_in("data/claims/amodei2018ai.toml", 'verdict = "agrees"', 'verdict = "differs"')
    with pytest.raises(
        VerdictError, match=r"^data/claims/amodei2018ai\.toml: compute-2018\.doubling-time: verdict: found 'di"
    ):
        build(old_build, progress=lambda _: None)
    assert files(old_build / "build") == ["old"]


def test_a_build_that_is_stopped_half_way_leaves_the_old_one_as_it_was(almost_built: Path) -> None:
    def stop_at_the_second_edition(message: str) -> None:
        if "2019-11" in message:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(almost_built, progress=stop_at_the_second_edition)
    assert files(almost_built / "build") == ["old"]
    assert sorted(path.name for path in almost_built.iterdir()) == [
        ".cache",
        "CHANGELOG.md",
        "build",
        "data",
        "references.bib",
    ]


def test_a_build_during_which_an_input_is_edited_leaves_the_old_one_and_nothing_new_in_the_store(
    almost_built: Path, replace_in: Replace
) -> None:
    stored = files(almost_built / BUNDLES)

    def edit_at_the_second_edition(message: str) -> None:
        if "2019-11" in message:
            replace_in("data/editions.toml", "2018", "2017")
            # What follows from an edit is not reported.
            raise AnalysisError("no edition")

    with pytest.raises(EditedError, match=r"^data/editions\.toml: edited during the build; "):
        build(almost_built, progress=edit_at_the_second_edition)
    assert files(almost_built / "build") == ["old"]
    assert files(almost_built / BUNDLES) == stored
