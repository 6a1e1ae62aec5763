"""Builds the site, unless a build would only repeat the last one."""

from typing import Final

from analysis.input_files import ROOT
from site_src.release import last_build
from site_src.site_config import address

SITE: Final = ROOT / "site"


def build(only: str | None = None) -> None:
    """Builds every edition, or one of them, and swaps the whole site in. Raises: BuildError, AnalysisError."""
    home = address()
    inputs = last_build.made_from(ROOT, home)
    if only is None and last_build.is_noted(ROOT, inputs):
        print("site: every edition is unchanged since it was built")
    else:
        # To import what builds takes longer than to see that nothing has to be built.
        from site_src.release.new_site import build_anew  # noqa: PLC0415

        build_anew(home, inputs, only)
    print(f"site: {SITE}\nopen it: python3 -m http.server --directory {SITE} 8000, then http://localhost:8000/")
