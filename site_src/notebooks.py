"""Takes out of a rendered notebook what a reader does not need: styles, scripts and random ids."""

import re
from typing import Final

# Styles and scripts that repeat what the theme brings, or that would ask another site for code.
BALLAST: Final = re.compile(
    r'<(style|script)\b.*?</\1>|<clipboard-copy\b.*?</clipboard-copy>|<div class="clipboard-copy-txt".*?</div>',
    re.DOTALL,
)
CELL_ID: Final = re.compile(r'\bid="cell-id=([0-9a-f]+)"')


def slimmed(html: str) -> str:
    """The HTML of a notebook page, light and the same on every build."""
    html = BALLAST.sub("", html)
    ids = dict.fromkeys(CELL_ID.findall(html))
    for number, identifier in enumerate(ids, start=1):
        html = html.replace(f"cell-id={identifier}", f"notebook-cell-{number}")
    return html
