"""What mkdocs.yml says of the publication as a whole, for those who need it without MkDocs."""

import re
from pathlib import Path

from analysis.artifacts import ROOT
from site_src.errors import BuildError


def address(root: Path = ROOT) -> str:
    """The address under which all editions are published, with a slash at its end. Raises: BuildError."""
    found = re.search(r"^site_url: (\S+/)$", (root / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise BuildError("mkdocs.yml: site_url: found no address that ends in a slash; expected one")
    return found[1]


def archive_name(edition: str) -> str:
    """The name of the archive that holds a whole edition."""
    return f"ai-and-compute-{edition}"
