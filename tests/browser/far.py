"""The parts far down a page, which are laid out once the reader first moves."""

from playwright.sync_api import Page

# How much is not laid out yet, apart from drawings, whose height is known.
FAR = """
    () => [...document.querySelectorAll("article :not(.drawing)")]
        .filter(part => getComputedStyle(part).contentVisibility === "auto").length
"""


def begin(page: Page) -> None:
    """The first move of a reader, until the page has followed it."""
    page.evaluate("scrollBy(0, 1)")
    followed(page)


def followed(page: Page) -> None:
    """Waits until all that is far is laid out, as it is after a reader's first move."""
    page.evaluate(f"""async () => {{
        const end = performance.now() + 30_000
        for (let left; left = ({FAR})();) {{
            if (performance.now() > end) throw new Error(`${{left}} parts far down are not laid out`)
            await new Promise(done => setTimeout(done, 250))
        }}
    }}""")
