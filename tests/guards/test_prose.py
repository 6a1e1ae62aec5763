"""No result is typed into prose: what is left of a page without expressions, quotations and names holds no numerals."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))

NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n"  # front matter
    r"|```.*?```|`[^`]*`"  # code
    r"|\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|\{[:#. ][^}]*\}"  # expressions, attributes
    r"|<[^>]*>|\]\([^)]*\)|https?://\S+"  # tags and addresses
    r"|^>.*$|“[^”]*”"  # quotations
    r"|^\d+\. |^--8<--",  # places in a list, inclusion of a file
    re.DOTALL | re.MULTILINE,
)
# Dates, structure, and names that hold digits.
ALLOWED = re.compile(
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?\b"
    r"|\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
    r"|\b(1[89]|20)\d\d(-\d\d){0,2}\b"
    r"|\b([Mm]ethods?|note|table|section|footnote|[Rr]eferences?|column|step|appendix|edition|Python|MkDocs|BY|v) \d+(\.\d+)*( and \d+)?\b"
    r"|\b95% (interval|low|high)\b"
    r"|\b[A-Za-z]+[A-Z&/.-]*-?v?\d[\w.-]*\b"  # ResNet-50, K80, Seq2Seq, WMT-14, VGG-11, v2
    r"|\b(GTX|Dota|iPhone|ShuffleNet v\d|CC BY) \d+(\.\d+|v\d+)?x?\b"
)


def typed_numerals(text: str) -> list[str]:
    """The lines of a page in which a numeral is left, each with its number."""
    blanked = NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    blanked = ALLOWED.sub(" ", blanked)
    return [f"{i}: {line.strip()}" for i, line in enumerate(blanked.splitlines(), 1) if re.search(r"\d", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_result_is_typed_into_a_page(page: Path) -> None:
    assert typed_numerals(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_expression_stands_inside_dollar_mathematics(page: Path) -> None:
    # Jinja would eat the doubled braces of LaTeX without a word.
    assert not re.search(r"\$[^$\n]*\{\{[^$\n]*\$", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("Compute doubled every 3.4 months.", True),
        ("It grew 300,000 times.", True),
        ("It took 44x less.", True),
        ("Compute doubled every {{ compute.modern.doubling_time }}.", False),
        ("On 16 May 2018 the post on ResNet-50 and Dota 2 appeared.", False),
        ("> a doubling of 3.4 months", False),
        ("They wrote “a 3.4-month doubling time”.", False),
    ],
)
def test_the_guard_catches_results_and_lets_names_and_quotations_pass(text: str, caught: bool) -> None:
    assert bool(typed_numerals(text)) is caught
