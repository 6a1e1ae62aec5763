"""Citation files, read back by programs that others wrote: what went in comes out again, whatever its characters."""

import json
import re
import warnings
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from analysis.contract import Person, Reference
from site_src.addresses import citation_file
from site_src.citing import formats
from site_src.citing.citable import AUTHOR, CSL_TYPES, LICENCE, Citable, Kind, citation
from tests.bundles import work

ADDRESS = "https://example.org/2026-11/figures/compute-modern-trend/"
POST = work(
    type="webpage",
    author=[{"family": "Amodei", "given": "Dario"}, {"family": "Hernandez", "given": "Danny"}],
    title="AI and Compute",
    issued={"date-parts": [[2018, 5, 16]]},
    URL="https://openai.com/index/ai-and-compute/",
)
ADDENDUM = work(
    type="webpage",
    author=[{"family": name, "given": ""} for name in ("Sastry", "Clark", "Brockman", "Sutskever")],
    title="Addendum: Compute Used in Older Headline Results",
    issued={"date-parts": [[2019, 11, 7]]},
    URL="https://openai.com/index/ai-and-compute/#addendum_of_2019",
)
WORK = "Amodei and Hernandez (2018), AI and Compute, https://openai.com/index/ai-and-compute/"
NOTE = f"Evidence as of November 2026. Recomputes {WORK}"
AS_OF = " (evidence as of November 2026)"
TITLES = (
    "Training compute of fifteen systems",
    "Cost & benefit: 50% of #1 in $, a_b and x^2",
    "An open { brace",
    "A closing } brace",
    "{Braces} in {{pairs}}",
    r"A backslash \ and a command \textbf{bold} and \\",
    "Tilde ~ and caret ^ and bar |",
    "\"Double\", 'single', “curly” and ‘curved’ quotes",
    "</script><script>alert(1)</script> <b>bold</b> &amp; <",
    "Résumé of Gauß, Ångström and Łukasiewicz",
    "α to ω at 300,000×, 10⁻⁵ ± 2 – done",
    "@misc{other, title = {x}} and % a comment",
    "TY  - JOUR and ER  - ",
    "A question?",
)


def citable(kind: Kind = "figure", title: str = TITLES[0], *, originals: tuple[Reference, ...] = (POST,)) -> Citable:
    return Citable(
        slug="figure-compute-modern-trend",
        kind=kind,
        title=title,
        description=f"What it shows:\n{title}",
        edition="2026-11",
        published="2026-11-28",
        evidence="2026-11-23",
        address=ADDRESS,
        home="https://example.org/2026-11/",
        originals=originals,
        number=1 if kind in ("figure", "table") else None,
        keywords=("training compute", "trends"),
    )


def note(kind: Kind) -> str:
    """What every format says of the evidence and of the works behind a thing."""
    return NOTE.replace("Recomputes", "Counted from") if kind == "network" else NOTE


def plain(latex: str) -> str:
    """LaTeX as the text that it sets, with the macros that the reader of LaTeX does not know or sets otherwise."""
    macros = get_default_latex_context_db()
    spelled = {"braceleft": "{", "braceright": "}", "less": "<", "greater": ">", "bar": "|", "asciicircum": "^"}
    macros.add_context_category(
        "spelled", macros=[MacroTextSpec(f"text{name}", text) for name, text in spelled.items()], prepend=True
    )
    text = LatexNodes2Text(latex_context=macros, keep_braced_groups=False, math_mode="verbatim").latex_to_text(latex)
    return text.strip()


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", CSL_TYPES)
def test_pybtex_and_bibtexparser_read_back_the_same_entry(kind: Kind, title: str) -> None:
    item = citation(citable(kind, title))
    text = formats.bibtex(item)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    [entry] = library.entries
    [(key, other)] = parse_string(text, "bibtex").entries.items()
    assert key == entry.key == "figure-compute-modern-trend-2026-11"
    assert other.original_type == entry.entry_type
    fields = {name: entry[name] for name in entry.fields_dict if name != "author"}
    assert dict(other.fields) == fields
    # In braces, a group is one author with a single name.
    [person] = other.persons["author"]
    assert (person.last_names, person.first_names) == ([f"{{{AUTHOR}}}"], [])
    assert entry["author"] == f"{{{AUTHOR}}}"
    assert fields["title"].startswith("{")
    assert fields["title"].endswith("}")
    assert plain(fields["title"]) == item.title
    assert plain(fields["abstract"]) == item.abstract
    assert plain(fields["note"]) == note(kind)
    assert (fields["date"], fields["year"], fields["url"]) == ("2026-11-28", "2026", ADDRESS)
    assert (fields["version"], fields["copyright"], fields["language"]) == ("2026-11", LICENCE, "en")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", CSL_TYPES)
def test_rispy_reads_back_the_same_record(kind: Kind, title: str) -> None:
    item = citation(citable(kind, title))
    text = formats.ris(item)
    # The format starts with a type; rispy would overlook a line before it, others do not.
    assert text.startswith("TY  - ")
    assert text.endswith("ER  - \n")
    [record] = rispy.loads(text)
    assert record["title"] == item.title
    # One comma, at the end: all that stands before it is the family name.
    assert record["authors"] == ["The maintainers of the AI and compute recomputation,"]
    assert (record["date"], record["year"], record["edition"]) == ("2026/11/28", "2026", "2026-11")
    assert record["urls"] == [ADDRESS]
    assert record["abstract"] == item.abstract
    assert record["notes"] == [note(kind), f"Licence: {LICENCE}"]
    assert record["keywords"] == ["training compute", "trends"]
    assert record["language"] == "en"


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", CSL_TYPES)
def test_citeproc_sets_a_reference_from_the_json(kind: Kind, title: str) -> None:
    [item] = json.loads(formats.csl_json(citation(citable(kind, title))))
    # A variable of CSL since 1.0.2, but not of this reader, which would name any other that it does not know.
    with pytest.warns(UserWarning, match="unsupported: license$"):
        source = CiteProcJSON([item])
    with warnings.catch_warnings():
        # The style asks for more than this reader can do.
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        works = CitationStylesBibliography(style, source, formatter.plain)
        works.register(Citation([CitationItem(item["id"])]))
        text = str(works.bibliography()[0])
    assert text.startswith(f"{AUTHOR} (2026)")
    assert letters(title) in letters(text)
    # The end of the sentence is the style's.
    assert text.endswith(f"Available at: {ADDRESS}.")
    assert text.count("AI and compute, recomputed") == (0 if kind == "site" else 1)
    read = source[item["id"]]
    assert (read.issued.year, read.issued.month, read.issued.day) == (2026, 11, 28)
    assert (str(read.note), str(read.URL), str(read.version)) == (note(kind), ADDRESS, "2026-11")


def letters(text: str) -> str:
    """A text without what a style may change: case, spaces and punctuation."""
    return re.sub(r"[\W_]", "", text).lower()


def test_the_json_is_a_list_of_one_record_with_every_field_in_its_place() -> None:
    assert json.loads(formats.csl_json(citation(citable()))) == [
        {
            "id": "figure-compute-modern-trend-2026-11",
            "type": "graphic",
            "author": [{"literal": "The maintainers of the AI and compute recomputation"}],
            "title": "Figure 1: Training compute of fifteen systems (evidence as of November 2026)",
            "container-title": "AI and compute, recomputed",
            "version": "2026-11",
            "issued": {"date-parts": [[2026, 11, 28]]},
            "URL": ADDRESS,
            "abstract": "What it shows: Training compute of fifteen systems",
            "keyword": "training compute, trends",
            "language": "en",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "note": NOTE,
        }
    ]


def test_a_title_and_a_description_stand_on_one_line() -> None:
    item = citation(citable("post", "Two\n  lines"))
    assert (item.title, item.abstract) == (f"Two lines{AS_OF}", "What it shows: Two lines")


EMPTY: Any = {"published": "2026-11-28", "evidence": "2020-05-05", "address": "", "home": ""}


def test_the_same_thing_in_two_editions_has_two_keys() -> None:
    old = Citable(slug="data", kind="data", title="x", description="", edition="2020-05", **EMPTY)
    new = Citable(slug="data", kind="data", title="x", description="", edition="2026-11", **EMPTY)
    assert (citation(old).id, citation(new).id) == ("data-2020-05", "data-2026-11")


def test_a_post_is_a_report_with_the_edition_as_its_number() -> None:
    item = citation(citable("post", "AI and compute"))
    [entry] = bibtexparser.parse_string(formats.bibtex(item)).entries
    assert (entry.entry_type, entry["institution"], entry["number"]) == (
        "techreport",
        "AI and compute, recomputed",
        "2026-11",
    )
    [record] = rispy.loads(formats.ris(item))
    assert (record["type_of_reference"], record["publisher"]) == ("RPRT", "AI and compute, recomputed")


def test_the_sentence_names_edition_and_original_and_ends_in_the_address() -> None:
    assert formats.text(citable()) == (
        "The maintainers of the AI and compute recomputation (2026). Figure 1: Training compute of fifteen systems. "
        "AI and compute, recomputed, edition 2026-11 (evidence as of November 2026), after Amodei and Hernandez (2018). "
        + ADDRESS
    )
    # The site is its own container, and a title that ends a sentence needs no full stop.
    assert formats.text(citable("site", "AI and compute, recomputed", originals=(POST, ADDENDUM))) == (
        "The maintainers of the AI and compute recomputation (2026). AI and compute, recomputed. "
        "Edition 2026-11 (evidence as of November 2026), after Amodei and Hernandez (2018) and Sastry et al. (2019). "
        + ADDRESS
    )
    # The post of 2020 and its paper have the same authors and the same year.
    paper = POST.model_copy(update={"title": "The paper"})
    assert formats.text(citable(originals=(POST, paper))) == formats.text(citable())
    assert formats.text(citable("post", "A question?", originals=())).endswith(
        "(2026). A question? AI and compute, recomputed, edition 2026-11 (evidence as of November 2026). " + ADDRESS
    )


def test_works_of_one_and_of_unnamed_authors_are_credited() -> None:
    group = POST.model_copy(update={"author": (Person(literal="Example Laboratory"),)})
    others = POST.model_copy(update={"author": (Person(family="Amodei", given="Dario"), Person(literal="others"))})
    assert citation(citable(originals=(group, others))).note == (
        "Evidence as of November 2026. Recomputes Example Laboratory (2018), AI and Compute, https://openai.com/index/ai-and-compute/; "
        "Amodei et al. (2018), AI and Compute, https://openai.com/index/ai-and-compute/"
    )


def test_what_recomputes_nothing_credits_nobody() -> None:
    item = citation(citable(originals=()))
    assert item.note == "Evidence as of November 2026"
    assert rispy.loads(formats.ris(item))[0]["notes"] == ["Evidence as of November 2026", f"Licence: {LICENCE}"]


def test_every_thing_has_four_files_of_its_name() -> None:
    thing = citable()
    found = {citation_file(thing.slug, ending): text for ending, text in formats.files(thing).items()}
    folder = "files/citations/figure-compute-modern-trend"
    assert set(found) == {f"{folder}.txt", f"{folder}.bib", f"{folder}.ris", f"{folder}.json"}
    assert set(formats.files(thing)) == set(formats.MEDIA_TYPES)
    # Each ends in one line end, and none knows another.
    assert all(text.endswith("\n") and "\r" not in text for text in found.values())


def test_the_name_of_the_author_has_no_comma_at_which_a_format_could_part_it() -> None:
    assert "," not in AUTHOR


def test_a_thing_of_old_evidence_is_cited_by_the_year_in_which_it_was_published() -> None:
    old = replace(citable("post", "AI and compute"), edition="2018-05", evidence="2018-05-16")
    item = citation(old)
    assert item.issued == "2026-11-28"
    assert item.title == "AI and compute (evidence as of May 2018)"
    assert formats.text(old).startswith(f"{AUTHOR} (2026). AI and compute. ")
    assert "edition 2018-05 (evidence as of May 2018)" in formats.text(old)
