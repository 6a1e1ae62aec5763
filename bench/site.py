"""Measures how long a build of the site takes, next to other builders of sites that are given the same pages.

Run by `nox -s "bench(part='site')"`; `--times 5` repeats everything five times and prints medians. The others get the
Markdown copies of the pages of the newest edition: MkDocs with the same theme and no plugin of ours, and Sphinx with
MyST-NB and furo. They compute nothing, so the comparison flatters them. Times hold for one machine on one day; compare
the ratios, which are taken within one run.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final
from urllib.request import urlopen

from tests.adding.additions import ROW, SYSTEM
from tests.processes import written_site

ROOT: Final = Path(__file__).resolve().parents[1]
RESULTS: Final = ROOT / "bench" / "site-results.json"
NOT_COPIED: Final = (".git", ".nox", ".venv", "node_modules", ".cache", "build", "site", ".hypothesis", "__pycache__")
SYSTEMS: Final = (300, 3000)
BARE: Final = """
site_name: The same pages
theme: {name: material}
plugins: [search]
markdown_extensions: [attr_list, tables, footnotes, md_in_html, admonition, toc]
"""
SPHINX: Final = """
project = "The same pages"
extensions = ["myst_nb"]
html_theme = "furo"
root_doc = "contents"
nb_execution_mode = "off"
suppress_warnings = ["myst", "toc", "ref"]
"""
# The page that is edited while the site is served, and what is put before its first section.
EDITED: Final = "posts/2018-05-16-ai-and-compute"
WORDS: Final = "Edited words."
CONTENTS: Final = "# Contents\n\n```{toctree}\n:glob:\n\n**\n```\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds on the clock, and seconds of all processors."""

    wall: float
    processor: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=1, help="how often everything is measured")
    runs = [measured() for _ in range(parser.parse_args().times)]
    results = {name: median(run[name] for run in runs) for name in runs[0]}
    RESULTS.write_text(json.dumps({"runs": runs, "medians": results}, indent=1) + "\n", encoding="utf-8")
    for name, value in results.items():
        print(f"{name:<66} {value:8.2f}")


def measured() -> dict[str, float]:
    """One measurement of everything, with ratios within it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "repository")
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*NOT_COPIED))
        build = partial(cost, root, "-m", "site_src", "build")
        cold = build()
        newest = max(path.name for path in (root / "build").iterdir() if path.is_dir())
        unchanged = build()
        pages = cost(root, "-m", "mkdocs", "build", "--strict", "--site-dir", f"{folder}/pages", EDITION=newest)
        edited = served_edit(root)
        sources = copies(root / "site" / newest, Path(folder, "copies"))
        bare, sphinx = bare_mkdocs(sources, Path(folder)), sphinx_build(sources, Path(folder))
        with (root / "data/efficiency/alexnet_level.csv").open("a", encoding="utf-8") as file:
            file.write(ROW.format(since=newest))
        row = build("--edition", newest)
        few, many = (analysis_of(root, count, newest) for count in SYSTEMS)
    return {
        "all editions, cold (s)": cold.wall,
        "all editions, cold (processor s)": cold.processor,
        "Sphinx, newest edition's pages (s)": sphinx.wall,
        "all editions, cold / Sphinx, newest alone": cold.wall / sphinx.wall,
        "newest edition's pages (processor s)": pages.processor,
        "bare MkDocs, the same pages (processor s)": bare.processor,
        "newest edition's pages / bare MkDocs": pages.processor / bare.processor,
        "nothing changed (s)": unchanged.wall,
        "an edit of prose, to its page while the site is served (s)": edited,
        "one data row changed, to a built newest edition (s)": row.wall,
        f"findings with {SYSTEMS[0]} systems (processor s)": few,
        f"findings with {SYSTEMS[1]} systems (processor s)": many,
        "growth for ten times the systems": many / few,
    }


def cost(folder: Path, *arguments: str, **environment: str) -> Cost:
    """What a Python command takes in a folder, with all that it starts."""
    before, start = spent(), time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        check=True,
        capture_output=True,
    )
    return Cost(time.perf_counter() - start, spent() - before)


def spent() -> float:
    """Processor seconds of all commands so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def served_edit(root: Path) -> float:
    """Seconds from an edit of a post to its page, while the newest edition is served."""
    source = root / "docs" / f"{EDITED}.md"
    with written_site(root, root / "served.log") as address:
        before, start = source.read_text(encoding="utf-8"), time.perf_counter()
        source.write_text(before.replace("\n## ", f"\n{WORDS}\n\n## ", 1), encoding="utf-8")
        while WORDS.encode() not in urlopen(f"{address}{EDITED}/").read():  # noqa: S310 - served here
            time.sleep(0.1)
        taken = time.perf_counter() - start
    source.write_text(before, encoding="utf-8")
    return taken


def copies(site: Path, folder: Path) -> Path:
    """The Markdown copies of all pages of an edition, as sources of another site."""
    for copy in site.rglob("index.md"):
        name = copy.parent.relative_to(site)
        path = folder / "index.md" if name == Path() else folder / name.with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, path)
    return folder


def bare_mkdocs(sources: Path, folder: Path) -> Cost:
    """What MkDocs with its theme takes."""
    (folder / "mkdocs.yml").write_text(f"{BARE}docs_dir: {sources}\n", encoding="utf-8")
    return cost(folder, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "bare"))


def sphinx_build(sources: Path, folder: Path) -> Cost:
    """What Sphinx takes, on one core per process as its users would start it."""
    (sources / "conf.py").write_text(SPHINX, encoding="utf-8")
    (sources / "contents.md").write_text(CONTENTS, encoding="utf-8")
    return cost(folder, "-m", "sphinx", "-q", "-j", "auto", "-b", "html", str(sources), str(folder / "sphinx"))


FINDINGS: Final = """
import sys, time
from pathlib import Path
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse
from analysis.results.collect import find
start = time.process_time()
find(analyse(load_dataset(Path(sys.argv[1]))))
print(time.process_time() - start)
"""


def analysis_of(root: Path, count: int, since: str) -> float:
    """Processor seconds to read, analyse and name the data with that many further systems."""
    for number in range(count):
        path = root / "data" / "systems" / f"later-{number}.toml"
        path.write_text(SYSTEM.replace("later-net", f"later-{number}").format(since=since), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FINDINGS, str(root)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
