"""No result is typed into prose: what is left of a text without expressions, quotations and names holds no number.

A number is a numeral or is spelled in words. The texts are the pages, the templates, and the titles and alt texts of
figures and tables.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "site_src/templates").rglob("*.j2")])
EXHIBITS = sorted(path for folder in ("figures", "tables") for path in (ROOT / "analysis" / folder).glob("*.py"))

NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n"  # front matter
    r"|```.*?```|`[^`]*`|<style>.*?</style>"  # code
    r"|\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}|\{[:#. ][^}]*\}"  # expressions, attributes
    r"|<[^>]*>|&#\d+;|\]\([^)]*\)|https?://\S+"  # tags, characters and addresses
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
    r"|\b95% (prediction )?(interval|low|high)\b"
    r"|\b3x rule\b"
    r"|\b[A-Za-z]+[A-Z&/.-]*-?v?\d[\w.-]*\b"  # ResNet-50, K80, Seq2Seq, WMT-14, VGG-11, v2
    r"|\b(GTX|Dota|iPhone|ShuffleNet v\d|CC BY|Grok) \d+(\.\d+|v\d+)?x?\b"
)
SMALL = r"(?:two|three|four|five|six|seven|eight|nine|ten)"
TEENS = r"(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
PARTS = r"(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth)"
IN_WORDS = re.compile(
    rf"\b(?:{SMALL}|{TEENS}|{TENS}(?:-\w+)?"
    r"|(?:hundred|thousand|million|billion|trillion|quadrillion|quintillion|dozen)s?"
    rf"|half|halves|twice|(?:a|one) {PARTS}|{PARTS}s)\b",
    re.IGNORECASE,
)
# Numbers in words that are no results.
ALLOWED_IN_WORDS = re.compile(
    # Names, and what a name means.
    r"\bOpenAI Five\b|\btop-five\b|\bfive best guesses\b"
    # Units and the ways of counting, which are definitions.
    r"|\ba (?:tr|quadr)illion operations\b|\bcounts as two\b|\btwo for a multiply-add\b|\bonce here and twice in\b"
    r"|\b(?:\*\*)?(?:two|four)(?:\*\*)? operations\b|\bthree forward passes\b|\btwice more: once\b"
    r"|\bfactor of (?:two|three)\b|\bf(?:a|e)lls? by half\b|\bhalves (?:about )?every\b|\bthe half that a causal mask\b"
    # How numbers are written and rounded.
    r"|\b(?:two|three|four|six)[ -](?:digits?|decimals)\b|\bhalf a (?:unit|decade)\b|\bpowers of ten\b|\ba printed ten\b"
    r"|\bhalf as much again\b"
    # What the text itself lists, next to the number: parts of an argument, texts, parts of a layer.
    r"|\b(?:two|three|four) (?:analyses|much-quoted numbers|posts|texts|methods|modes|ways|faces|folders|rounds|kinds|rules|reasons|things|limits|choices|answers|lists|vintages|studies|newer studies|gains|panels|lines|series|readings|kinks|cautions|drivers|inputs)\b"
    r"|\b(?:four linear|two small) layers\b|\btwo layers share\b|\bsum of two branches\b|\bthree small partials\b"
    r"|\braise three points\b"
    # A slope between two ends is defined by them, and a comparison has two sides.
    r"|\b(?:rests? on|on|has|those|only|have only) two points\b|\bthe two end points\b|\bthe two ends\b|\b(?:the|same) two (?:scales|ratios)\b"
    r"|\bthe (?:last )?two (?:factors|numbers|roundings)\b"
    # The frontier is defined by its number of models.
    r"|\bthe ten largest\b|\bfewer than ten\b|\btop ten\b"
    # A test has one or two sides.
    r"|\btwo-sided\b"
    # Words that refer to something named before.
    r"|\bthe two(?: are| differ|,)|\btwo are equal\b|\bhad only two\b|\bthe four could\b|\bannounced twice\b"
    # What a drawing is made of.
    r"|\btwo (?:eras|dot plots)\b|\bits upper half\b",
    re.IGNORECASE,
)


def read(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The place of each file and what it holds."""
    for path in paths:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def blank(pattern: re.Pattern[str], text: str) -> str:
    """A text with spaces in place of what a pattern finds."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def typed_numbers(text: str) -> list[str]:
    """The lines of a text in which a number is left, each with its place."""
    prose = blank(NOT_PROSE, text)
    numerals, in_words = blank(ALLOWED, prose).splitlines(), blank(ALLOWED_IN_WORDS, prose).splitlines()
    return [
        f"{i}: {line.strip()}"
        for i, (line, spelled) in enumerate(zip(numerals, in_words, strict=True), 1)
        if re.search(r"\d", line) or IN_WORDS.search(spelled)
    ]


def texts_of(code: str) -> Iterator[tuple[int, str]]:
    """The titles and alt texts in a module, with their lines: arguments of these names, and constants named for them."""
    for node in ast.walk(ast.parse(code)):
        if (isinstance(node, ast.keyword) and node.arg in {"title", "alt"}) or (
            isinstance(node, ast.Assign | ast.AnnAssign) and node.value and "_ALT" in ast.unparse(node)
        ):
            value = node.value
        else:
            continue
        parts = [
            part.value for part in ast.walk(value) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        yield value.lineno, re.sub(r"\{[^}]*\}", " ", "".join(parts))


def test_no_result_is_typed_into_a_page_or_a_template() -> None:
    found = {page: typed_numbers(text) for page, text in read(PAGES)}
    assert {page: lines for page, lines in found.items() if lines} == {}


def test_no_result_is_typed_into_a_title_or_an_alt_text() -> None:
    texts = [(module, line, text) for module, code in read(EXHIBITS) for line, text in texts_of(code)]
    assert [(module, line, found) for module, line, text in texts if (found := typed_numbers(text))] == []


def test_the_guard_reads_titles_and_alt_texts_wherever_they_are_written() -> None:
    code = (
        'SOME_ALT: Final = ("Of the " "sixteen networks, {n:words} rise.")\n'
        '@figure("some.figure", number=2, title="Two eras, {first} to {last}", alt=f"{len(x)} panels of fifteen runs")\n'
        'def some_figure(): """Draws thirty things."""\n'
    )
    assert {text: bool(typed_numbers(text)) for _, text in texts_of(code)} == {
        "Of the sixteen networks,   rise.": True,
        "Two eras,   to  ": False,
        " panels of fifteen runs": True,
    }


def test_no_expression_is_inside_dollar_mathematics() -> None:
    # Jinja would eat the doubled braces of LaTeX without a word.
    assert [page for page, text in read(PAGES) if re.search(r"\$[^$\n]*\{\{[^$\n]*\$", text)] == []


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
        ("Of sixteen networks, six set a record.", True),
        ("Thirty-one network forms must equal counts.", True),
        ("Of the run, sixty-eight hundredths are needed.", True),
        ("It is charged a third of peak.", True),
        ("The gap is two thirds of the era.", True),
        ("Compute fell by half a million.", True),
        ("The rest took twice as much.", True),
        ("Ten runs lie above the line.", True),
        ("Two networks lie far above the rest.", True),
        ("Of {{ efficiency.alexnet_all_points.n | words }} networks, some set a record.", False),
        ("The two posts count by rules that differ by a factor of two.", False),
        ("OpenAI Five counts as two in top-five accuracy.", False),
        ("It was rounded to three digits, for two reasons.", False),
        ("The third line is one of the first.", False),
    ],
)
def test_the_guard_catches_results_and_lets_names_and_quotations_pass(text: str, caught: bool) -> None:
    assert bool(typed_numbers(text)) is caught
