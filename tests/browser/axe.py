"""What axe-core finds in a page, by the rules of WCAG 2.2 AA and what it calls best practice."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# The rules of WCAG 2.2 AA that axe leaves out unless asked: the size of targets, and names that hold what is shown.
RUN = """axe.run({
    resultTypes: ['violations', 'incomplete'],
    rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
})"""
# The more elements, the longer axe takes, and pages repeat theirs. Two elements are alike if they have the same tag and
# class, the same ancestors and descendants, and both hold text or none. Two of each kind stay, and all with an id.
THIN_OUT = """() => {
    const shapes = new Map()
    const shape = element => {
        const within = new Set([...element.children].map(shape))
        const own = [element.localName, element.getAttribute('class'), element.textContent.trim() !== ''].join()
        shapes.set(element, `${own}(${[...within].join()})`)
        return shapes.get(element)
    }
    const seen = {}
    const thin = (element, place) => {
        for (const child of [...element.children]) {
            const key = `${place}>${shapes.get(child)}`
            seen[key] = (seen[key] ?? 0) + 1
            if (seen[key] > 2 && !child.matches('[id], label')) child.remove()
            else thin(child, `${place}>${child.localName}.${child.className}`)
        }
    }
    shape(document.body)
    thin(document.body, '')
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page: the rule, the element, and why."""
    found: dict[str, Any] = page.evaluate(RUN)
    faults = [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    return faults + [f"text of the colour of its ground: {html}" for html in _unseen(found["incomplete"])]


def _unseen(incomplete: list[dict[str, Any]]) -> list[str]:
    """Text that nobody can see: axe takes it for hidden on purpose, and leaves it to people."""
    return [
        node["html"]
        for doubt in incomplete
        for node in doubt["nodes"]
        if any((check["data"] or {}).get("messageKey") == "equalRatio" for check in node["any"])
    ]
