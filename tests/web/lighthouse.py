"""What Lighthouse says of pages of the newest edition, as on a telephone: scores and failing audits, a line each.

In: the site as it was last built. Out: build/lighthouse/<page>.report.html and .json; ends with 1 where a page falls
short. `python -m tests.web.lighthouse [page ...]`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_src.addresses import LATEST
from tests.browser.chromium import here
from tests.browser.pages import APPENDIX, COMPUTE, TO_2026, slug
from tests.browser.serving import served
from tests.sites import ROOT

COMMAND = ROOT / "tests/web/node_modules/.bin/lighthouse"
REPORTS = ROOT / "build/lighthouse"
PAGES = (
    "",
    COMPUTE,
    "posts/2020-05-05-ai-and-efficiency/",
    TO_2026,
    APPENDIX,
    "results/ledger/",
    "architectures/",
    "data/",
    "figures/compute-by-domain/",
)
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
# Speed is measured, so that one run in a bad moment says little: the middle one of as many counts.
RUNS = 3
# Lighthouse makes a telephone of a machine of its upper class, of a benchmark index of 1,500 to 2,000, by slowing it
# down four times. Its manual asks for less on a machine with less, so that the telephone stays the same.
TELEPHONE_INDEX = 1_750 / 4
# While it is watched, a browser without a screen may show the first frame of a page a second or two after drawing it,
# by chance; told to go through all stages of each frame, it shows it at once, as a browser with a screen does.
FLAGS = "--headless=new --no-sandbox --disable-gpu --run-all-compositor-stages-before-draw"
Report = Mapping[str, Any]


def main() -> int:
    """Judges pages and prints the result of each; 1 where one falls short."""
    browser = here()
    if not COMMAND.exists() or not browser:
        print("lighthouse: it could not be fetched, or there is no Chromium")
        return 1
    REPORTS.mkdir(parents=True, exist_ok=True)
    short = False
    with served(ROOT / "site") as root:
        for page in sys.argv[1:] or PAGES:
            report = judged(f"{root}{LATEST}/{page}", REPORTS / slug(page), browser)
            short |= bool(shortfalls(report))
            slowed = report["configSettings"]["throttling"]["cpuSlowdownMultiplier"]
            said = ", ".join(f"{name} {score}" for name, score in scores(report).items())
            print(f"{slug(page)}: {said}, on this machine slowed down {slowed} times")
            print("".join(f"  {audit}\n" for audit in failing(report)), end="", flush=True)
    return int(short)


def judged(address: str, target: Path, browser: Path) -> Report:
    """The report on a page; where it is too slow alone, the middle one of several."""
    # Without the category of speed, a run only takes the index of the machine, which is another from hour to hour.
    machine = measured(address, target, browser, "--only-categories=seo")
    slowed = f"--throttling.cpuSlowdownMultiplier={slowdown(machine)}"
    report = measured(address, target, browser, slowed)
    if shortfalls(report) != {"performance"}:
        return report
    others = [measured(address, target, browser, slowed) for _ in range(RUNS - 1)]
    return sorted([report, *others], key=lambda run: scores(run)["performance"])[RUNS // 2]


def slowdown(report: Report) -> float:
    """How many times the machine of a report is to be slowed down to be as fast as the telephone."""
    return max(1.0, round(report["environment"]["benchmarkIndex"] / TELEPHONE_INDEX, 1))


def measured(address: str, target: Path, browser: Path, *options: str) -> Report:
    """The report of one run, also written beside the target for people to read."""
    command = [
        COMMAND,
        address,
        "--quiet",
        "--output=json",
        "--output=html",
        f"--output-path={target}",
        f"--chrome-flags={FLAGS}",
        *options,
    ]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": str(browser)}, check=True)
    return json.loads(Path(f"{target}.report.json").read_text(encoding="utf-8"))


def scores(report: Report) -> dict[str, int]:
    """The scores of a report by category, out of a hundred."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in LEAST}


def shortfalls(report: Report) -> set[str]:
    """The categories in which a report falls short."""
    return {name for name, score in scores(report).items() if score < LEAST[name]}


def failing(report: Report) -> list[str]:
    """What costs a report points: the name of each such audit, what it asks, and where it first fails."""
    weighted = {ref["id"] for name in LEAST for ref in report["categories"][name]["auditRefs"] if ref["weight"]}
    audits = [audit for name, audit in report["audits"].items() if name in weighted]
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']}{where(audit)}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < (0.9 if audit["scoreDisplayMode"] == "numeric" else 1)
    ]


def where(audit: Mapping[str, Any]) -> str:
    """The first element that an audit names, as it stands in the page."""
    nodes = [item["node"]["snippet"] for item in audit.get("details", {}).get("items", []) if "node" in item]
    return f", {len(nodes)} times, first at {nodes[0]}" if nodes else ""


if __name__ == "__main__":
    sys.exit(main())
