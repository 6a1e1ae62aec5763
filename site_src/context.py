"""What a page collects while it is rendered: citations in order, figures shown, fragments set aside."""

import posixpath
from dataclasses import dataclass, field

from analysis.artifacts import Bundle

LEDGER_PAGE = "results/ledger.md"
FIGURES_PAGE = "results/figures.md"
TABLES_PAGE = "results/tables.md"


@dataclass(slots=True, kw_only=True)
class PageContext:
    """One page under way. `page` is its path below docs/, `bundle` the edition it takes its numbers from.

    `cited_on` tells for each work the authored pages that cite it.
    """

    page: str
    bundle: Bundle
    cited_on: dict[str, list[str]] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    citings: dict[str, list[str]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    fragments: list[str] = field(default_factory=list)

    def link(self, target: str) -> str:
        """The path of another page or file relative to this page."""
        return posixpath.relpath(target, posixpath.dirname(self.page) or ".")

    def set_aside(self, html: str) -> str:
        """Keeps HTML away from Markdown; gives the mark that stands for it."""
        self.fragments.append(html)
        return f"<!--fragment:{len(self.fragments) - 1}-->"
