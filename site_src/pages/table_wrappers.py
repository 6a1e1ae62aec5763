"""Gives every table of a page its look, and a box of its own, in which it scrolls where the window is too narrow.

In: the HTML of a page. Out: the same with a box about each table, which the keyboard can reach. A table that has no
class the theme would take apart and put into boxes of its own once the page has loaded, and all would be laid out anew.
"""

import re
from typing import Final

_TABLE: Final = re.compile(r"<table\b([^>]*)>(.*?)</table>", re.DOTALL)
# The look that a library gave a table.
_LOOK: Final = re.compile(r' (?:border|class)="[^"]*"')
_HEADING: Final = re.compile(r"<th\b")


def boxed(html: str) -> str:
    """The HTML with each table in a box."""
    return _TABLE.sub(lambda found: _box(_LOOK.sub("", found[1]), found[2]), html)


def _box(attributes: str, rows: str) -> str:
    # Facts in rows have no heading.
    kind = "ruled" if _HEADING.search(rows) else "ruled facts"
    table = f'<table class="{kind}"{attributes}>{rows}</table>'
    return f'<div class="table-box" role="group" aria-label="Table" tabindex="0">{table}</div>'
