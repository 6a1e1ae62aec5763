"""The command line of the site: `python -m site_src build`.

The site of the newest edition is built beside the old one, checked, and swapped in when all is well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from analysis.artifacts import ROOT, built_editions, swap_in
from site_src.built import faults


def main() -> int:
    """Builds and checks the site; 0 when it stands, 1 with the reasons when the old one was kept."""
    if sys.argv[1:] != ["build"]:
        print("usage: python -m site_src build", file=sys.stderr)
        return 2
    fresh = ROOT / ".site.partial"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        return _build(fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _build(fresh: Path) -> int:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:  # noqa: S603 - our own command
        return 1
    found = list(faults(fresh))
    for fault in found:
        print(f"error: site: {fault}", file=sys.stderr)
    if found:
        return 1
    edition = built_editions()[-1]
    target = ROOT / "site" / edition
    target.parent.mkdir(exist_ok=True)
    swap_in(fresh, target)
    print(f"site: {target}\nopen it: python3 -m http.server --directory {target} 8000, then http://localhost:8000/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
