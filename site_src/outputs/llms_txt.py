"""The guide for programs that read text: what an edition holds, with links to the Markdown copies of its pages.

Source: the format of https://llmstxt.org: a title, a summary in a quotation, lists of links under headings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.record_text import copied_line
from site_src import addresses
from site_src.citing.citable import SITE_NAME

# Pages by their first folder, in the order in which a reader needs them; what can be skipped is last.
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "Start": ("", "posts"),
    "Methods": ("appendix", "methods", "notebooks"),
    "Results": ("results", "figures"),
    "Data": ("data", "models", "tracker", "references", "editions"),
    "About": ("about",),
    "Optional": ("tables", "systems", "architectures"),
}
FILES: Final = {
    addresses.download(
        "results.json"
    ): "every named number with its value, unit, interval, formula, inputs and sources",
    addresses.download(
        "datapackage.json"
    ): "a Frictionless Data Package of every table, with columns, units and hashes",
    addresses.download("references.bib"): "the bibliography",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page as the guide lists it; `folder` is its address in the edition."""

    folder: str
    title: str
    description: str


def guide(pages: Sequence[Listed], *, home: str, edition: str, description: str) -> str:
    """The guide to an edition; `home` is its address, and `edition` says in a sentence what it is."""
    lists = [f"## {title}\n\n{_list(pages, folders, home)}" for title, folders in SECTIONS.items()]
    files = "\n".join(f"- [{path}]({home}{path}): {words}" for path, words in FILES.items())
    return "\n\n".join(
        [
            f"# {SITE_NAME}",
            f"> {copied_line(description)}",
            _notes(edition),
            *lists[:-1],
            f"## Files\n\n{files}",
            f"{lists[-1]}\n",
        ]
    )


def _notes(edition: str) -> str:
    return (
        f"{edition} Every number has a name such as `compute.modern.doubling_time`, and an entry on "
        "the results page of its topic, or of its group in a large topic. "
        f"Each page has a copy in Markdown, `{addresses.COPY}` in its folder; links "
        "lead there."
    )


def _list(pages: Sequence[Listed], folders: Iterable[str], home: str) -> str:
    chosen = [page for folder in folders for page in pages if page.folder.partition("/")[0] == folder]
    return "\n".join(
        f"- [{copied_line(page.title)}]({home}{page.folder}{addresses.COPY})"
        + (f": {copied_line(page.description)}" if page.description else "")
        for page in chosen
    )
