"""The bibliography: what is refused, and how names, accents and fields come out of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.contract import Person
from analysis.errors import InputError
from analysis.inputs.bibliography import load_bibliography
from analysis.inputs.dataset import Dataset
from analysis.inputs.references import Author, Reference
from tests.records import plain

Fault = Callable[[str, str, str], str]

BIB = "references.bib"
DOE = f"{BIB}: doe2020work"
SICI = "10.1175/1520-0485(1996)026<2712:TEOIWU>2.0.CO;2"
GOOD = """@misc{doe2020work,
  author = {Doe, Jane},
  title = {Work},
  date = {2020-05-05},
  eprint = {1207.0580},
}
"""


def read(tmp_path: Path, text: str) -> dict[str, Reference]:
    """The works of a bibliography of this text."""
    path = tmp_path / BIB
    path.write_text(text, encoding="utf-8")
    return load_bibliography(path)


def families(dataset: Dataset, key: str) -> list[str]:
    """Family names, or the whole name of an organisation, of a work's authors."""
    return [author.literal or author.family for author in dataset.references[key].authors]


def test_a_key_is_unique(fault: Fault) -> None:
    message = fault(BIB, "{altman2020aiprogress,", "{akiba2017extremely,")
    assert message == "references.bib:24: duplicate key 'akiba2017extremely', also on line 15"


def test_a_broken_entry_is_named_by_its_line(tmp_path: Path) -> None:
    # The brace that closes the author is missing, in the entry that starts on line 7.
    with pytest.raises(InputError) as caught:
        read(
            tmp_path,
            GOOD
            + GOOD.replace("Doe, Jane}", "Doe, Jane").replace("doe2020work", "roe2020work")
            + GOOD.replace("doe2020work", "poe2020work"),
        )
    assert str(caught.value) == f"{BIB}:7: cannot read this entry (a brace, a comma or an equals sign is missing)"


def test_an_entry_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^references\.bib:7: cannot read this entry"):
        read(tmp_path, GOOD + GOOD.replace("doe2020work", "roe2020work").rstrip("}\n"))


def test_an_entry_without_its_brace_does_not_vanish(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD + GOOD.replace("@misc{doe2020work", "@misc roe2020work"))
    assert str(caught.value) == (f"{BIB}:7: text between entries contains '@'; expected an entry or a % comment")


def test_a_remark_between_entries_is_passed_over(tmp_path: Path) -> None:
    assert list(read(tmp_path, f"% Works cited.\n\n{GOOD}")) == ["doe2020work"]


def test_a_field_is_unique_in_an_entry(fault: Fault) -> None:
    message = fault(BIB, "  date = {2017-11},", "  date = {2017-11},\n  date = {2017-12},")
    assert message.startswith(f"{BIB}:15: akiba2017extremely: duplicate field 'date', on lines 18 and 19")


@pytest.mark.parametrize("field", ["author", "title", "date"])
def test_an_entry_has_author_title_and_date(tmp_path: Path, field: str) -> None:
    without = "".join(line for line in GOOD.splitlines(keepends=True) if f"{field} =" not in line)
    with pytest.raises(InputError, match=rf"^references\.bib: doe2020work: no '{field}'; expected one$"):
        read(tmp_path, without)


def test_an_empty_field_is_a_missing_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^references\.bib: doe2020work: no 'title'; expected one$"):
        read(tmp_path, GOOD.replace("{Work}", "{}"))


def test_a_missing_date_in_the_bibliography_stops_the_data(fault: Fault) -> None:
    assert fault(BIB, "  date = {2017-11},\n", "") == f"{BIB}: akiba2017extremely: no 'date'; expected one"


@pytest.mark.parametrize("written", ["Nov 2017", "11/2017", "2017-1", "17", "2017-11-1"])
def test_a_date_is_an_iso_date(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace("2020-05-05", written))
    assert str(caught.value) == f"{DOE}: date '{written}'; expected YYYY, YYYY-MM or YYYY-MM-DD"


@pytest.mark.parametrize("written", ["2017-13", "2017-00", "2017-02-30", "٢٠١٧-11"])
def test_a_date_of_the_bibliography_exists(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace("2020-05-05", written))
    assert str(caught.value) == f"{DOE}: date '{written}'; expected YYYY, YYYY-MM or YYYY-MM-DD"


@pytest.mark.parametrize("written", ["2020", "2020-02", "2020-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, GOOD.replace("2020-05-05", written))["doe2020work"].issued == written


@pytest.mark.parametrize("written", ["cs/1711", "1711.043", "1711.04325v0", "arXiv:1711.04325", "1713.04325"])
def test_an_eprint_is_an_arxiv_id(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace("1207.0580", written))
    assert str(caught.value) == f"{DOE}: eprint '{written}'; expected an arXiv id such as 1207.0580"


def test_an_unknown_type_of_entry_is_refused(tmp_path: Path) -> None:
    expected = "article, .*, phdthesis, .*, book, proceedings"
    with pytest.raises(
        InputError, match=rf"^references\.bib: doe2020work: unknown entry type 'patent'; expected one of {expected}$"
    ):
        read(tmp_path, GOOD.replace("@misc", "@patent"))


def test_an_organisation_stays_whole(dataset: Dataset) -> None:
    assert dataset.references["berner2019dota"].authors[0] == Author(literal="OpenAI")


def test_an_organisation_of_several_words_stays_whole(dataset: Dataset) -> None:
    key = next(key for key in dataset.references if key.startswith("mccandlish"))
    assert dataset.references[key].authors[-1] == Author(literal="OpenAI Dota Team")


def test_an_organisation_may_hold_the_word_and(tmp_path: Path) -> None:
    works = read(tmp_path, GOOD.replace("{Doe, Jane}", "{{Bell and Howell}}"))
    assert works["doe2020work"].authors == (Author(literal="Bell and Howell"),)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("xie2016aggregated", "Dollár"),
        ("ciresan2012multicolumn", "Cireşan"),
        ("ciresan2012multicolumn", "Schmidhuber"),
        ("berner2019dota", "Dębiak"),
    ],
)
def test_an_accent_is_a_letter(dataset: Dataset, key: str, name: str) -> None:
    assert name in families(dataset, key)


def test_an_accent_in_a_given_name_is_a_letter(dataset: Dataset) -> None:
    kaiser = next(author for author in dataset.references["vaswani2017attention"].authors if author.family == "Kaiser")
    assert kaiser.given == "Łukasz"


def test_a_particle_belongs_to_the_family_name(dataset: Dataset) -> None:
    assert dataset.references["oord2017parallel"].authors[0] == Author(family="van den Oord", given="Aäron")


def test_a_particle_may_be_in_a_later_name(dataset: Dataset) -> None:
    assert Author(family="van den Driessche", given="George") in dataset.references["oord2017parallel"].authors


def test_a_family_name_of_two_words_stays_whole(dataset: Dataset) -> None:
    assert Author(family="de Oliveira Pinto", given="Henrique Pondé") in dataset.references["berner2019dota"].authors


def test_a_suffix_goes_with_the_given_name(tmp_path: Path) -> None:
    works = read(tmp_path, GOOD.replace("{Doe, Jane}", "{King, Jr., Martin}"))
    assert works["doe2020work"].authors == (Author(family="King", given="Martin Jr."),)


def test_others_is_no_author(dataset: Dataset) -> None:
    work = dataset.references["amodei2015deepspeech2"]
    assert (len(work.authors), work.and_others) == (6, True)


def test_no_name_of_the_bibliography_keeps_a_brace_or_a_backslash(dataset: Dataset) -> None:
    names = [
        f"{author.literal}{author.family}{author.given}"
        for work in dataset.references.values()
        for author in work.authors
    ]
    assert [name for name in names if set(name) & set("{}\\$")] == []


def test_no_title_of_the_bibliography_keeps_a_brace_or_a_backslash(dataset: Dataset) -> None:
    assert [work.title for work in dataset.references.values() if set(work.title) & set("{}\\")] == []


def test_protecting_braces_in_a_title_are_dropped(dataset: Dataset) -> None:
    assert dataset.references["amodei2018ai"].title == "AI and Compute"


def test_an_escaped_underscore_is_an_underscore(dataset: Dataset) -> None:
    title = "ai-progress: data-raw/compute.csv and data-raw/compute_sota.csv"
    assert dataset.references["altman2020aiprogress"].title == title


def test_two_hyphens_between_pages_are_a_dash(dataset: Dataset) -> None:
    # {755--764} in the file.
    assert dataset.references["bayer2009evolving"].page == "755–764"


def test_an_address_keeps_its_percent_sign(tmp_path: Path) -> None:
    # A percent sign starts a comment in LaTeX, but not in an address.
    url = "https://example.org/a_b%20c?d=1&e=2"
    works = read(tmp_path, GOOD.replace("  date", f"  url = {{{url}}},\n  date"))
    assert works["doe2020work"].url == url


def test_a_record_of_csl_has_the_parts_of_its_date_as_numbers(dataset: Dataset) -> None:
    assert dataset.references["amodei2018ai"].csl().issued.date_parts == ((2018, 5, 16),)


def test_a_record_of_csl_keeps_a_date_of_month_precision(dataset: Dataset) -> None:
    assert dataset.references["akiba2017extremely"].csl().issued.date_parts == ((2017, 11),)


def test_a_record_of_csl_names_organisations_and_persons_apart(dataset: Dataset) -> None:
    authors = dataset.references["berner2019dota"].csl().author
    assert authors[:2] == (Person(literal="OpenAI"), Person(family="Berner", given="Christopher"))


def test_a_record_of_csl_without_an_address_takes_that_of_the_archive(tmp_path: Path) -> None:
    works = read(tmp_path, GOOD)
    assert works["doe2020work"].csl().url == "https://arxiv.org/abs/1207.0580"


def test_a_record_of_csl_has_no_empty_field(dataset: Dataset) -> None:
    assert [key for work in dataset.references.values() for key, value in plain(work.csl()).items() if not value] == []


def test_every_work_is_found_under_its_own_key(dataset: Dataset) -> None:
    assert [key for key, work in dataset.references.items() if key != work.key] == []


def test_the_edition_of_a_work_is_on_a_separate_line(tmp_path: Path) -> None:
    work = read(tmp_path, GOOD.replace("  eprint", "  since = {2020-05},\n  eprint"))["doe2020work"]
    assert work.since == "2020-05"


def test_a_work_without_an_edition_is_there_from_the_first_one_on(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD)["doe2020work"].since == ""


def test_the_entry_of_a_work_is_kept_as_written_but_for_its_edition(tmp_path: Path) -> None:
    dated = GOOD.replace("  eprint", "  since = {2020-05},  \n  eprint")
    work = read(tmp_path, f"% Works.\n\n{dated}\n")["doe2020work"]
    assert work.bibtex == GOOD.strip()


def test_the_edition_of_a_work_is_no_part_of_its_record(tmp_path: Path) -> None:
    with_edition = read(tmp_path, GOOD.replace("  eprint", "  since = {2020-05},\n  eprint"))["doe2020work"]
    assert with_edition.csl() == read(tmp_path, GOOD)["doe2020work"].csl()


@pytest.mark.parametrize(
    "written", ["  since = {2020},\n", "  since = {2020-05}, volume = {1},\n", '  since = "2020-05",\n']
)
def test_the_edition_of_a_work_in_another_form_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace("  eprint", f"{written}  eprint"))
    assert str(caught.value).startswith(f"{DOE}: since '2020")
    assert str(caught.value).endswith("expected an edition such as {2026-11} on its own line")


def test_a_missing_bibliography_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^references\.bib: no such file$"):
        load_bibliography(tmp_path / BIB)


def refused(tmp_path: Path, text: str) -> str:
    """The message with which a bibliography of this text is refused."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:document.title=1",
        "https://example.org/a b",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/'x'",
        "https://example.org/<script>",
        "data:text/html,x",
        "//example.org/",
        "https://user@example.org/",
        "https://example.org/%zz",
        "https://example.org/{{ 7*7 }}",
        "ftp://example.org/",
    ],
)
def test_an_address_is_one_of_the_web(tmp_path: Path, url: str) -> None:
    message = refused(tmp_path, GOOD.replace("  date", f"  url = {{{url}}},\n  date"))
    assert message.startswith(f"{DOE}: url '")
    assert message.endswith("expected an http or https address, with other characters as %XX")
    assert "\n" not in message


@pytest.mark.parametrize(
    "doi", ["10.123/x", "doi:10.1000/182", "https://doi.org/10.1000/182", "10.1000/a b", "10.1000/<b>x</b>", "10.1000/"]
)
def test_a_doi_is_a_doi(tmp_path: Path, doi: str) -> None:
    message = refused(tmp_path, GOOD.replace("  date", f"  doi = {{{doi}}},\n  date"))
    assert message.startswith(f"{DOE}: doi '{doi}'; expected a DOI such as ")


@pytest.mark.parametrize(
    "written",
    [
        SICI,
        SICI.replace("<", "$<$").replace(">", "$>$"),
        SICI.replace("<", r"{\textless}").replace(">", r"{\textgreater}"),
    ],
)
def test_a_doi_with_angle_brackets_comes_out_as_it_is_printed(tmp_path: Path, written: str) -> None:
    work = read(tmp_path, GOOD.replace("  date", f"  doi = {{{written}}},\n  date"))["doe2020work"]
    assert work.csl().doi == SICI


def test_a_missing_comma_does_not_swallow_the_next_field(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD.replace("{Work},", "{Work}")) == (
        f"{BIB}:3: doe2020work: title: found 'date = {{2020-05-05}}' after its value; "
        "expected a comma; is the comma before 'date' missing?"
    )


def test_an_entry_has_a_key(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD.replace("doe2020work", "")).startswith(f"{BIB}:1: found an entry without a key;")


def test_a_key_holds_no_markup(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD.replace("doe2020work", "a<b>")).startswith(f"{BIB}:1: found key 'a<b>';")


def test_joined_texts_are_one(tmp_path: Path) -> None:
    work = read(tmp_path, GOOD.replace("{Doe, Jane}", '"Smith, J. and " # "Doe, A."'))["doe2020work"]
    assert [author.family for author in work.authors] == ["Smith", "Doe"]


def test_a_name_of_a_text_is_replaced_by_it_in_the_record_and_in_the_entry(tmp_path: Path) -> None:
    text = '@string{acm = "ACM " # {Press}}\n' + GOOD.replace("  date", "  publisher = acm,\n  date")
    work = read(tmp_path, text)["doe2020work"]
    assert work.publisher == "ACM Press"
    assert "publisher = {ACM Press}," in work.bibtex


def test_an_unknown_name_of_a_text_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD.replace("  date", "  publisher = acm,\n  date")) == (
        f"{BIB}:4: doe2020work: publisher: unknown name 'acm'; "
        "expected a text in braces, or a name that an @string defines"
    )


@pytest.mark.parametrize("command", ["mystery", "cite", "includegraphics"])
def test_a_latex_command_that_has_no_text_is_refused(tmp_path: Path, command: str) -> None:
    assert refused(tmp_path, GOOD.replace("{Work}", rf"{{Work of \{command}{{x}}}}")) == (
        rf"{DOE}: title: cannot read the LaTeX command '\{command}'; expected its text"
    )


def test_text_between_entries_is_a_comment(tmp_path: Path) -> None:
    assert refused(tmp_path, f"{GOOD}title = {{Lost}},\n") == (
        f"{BIB}:7: found 'title = {{Lost}},' between entries; expected a % comment"
    )


def test_every_fault_of_a_bibliography_is_reported(tmp_path: Path) -> None:
    text = GOOD.replace("{Work}", "{}") + GOOD.replace("doe", "roe").replace("1207.0580", "x")
    assert refused(tmp_path, text).splitlines() == [
        f"{DOE}: no 'title'; expected one",
        f"{BIB}: roe2020work: eprint 'x'; expected an arXiv id such as 1207.0580",
        "2 faults",
    ]


@pytest.mark.parametrize("case", ["Author", "AUTHOR"])
def test_a_field_is_unique_in_any_case(tmp_path: Path, case: str) -> None:
    assert refused(tmp_path, GOOD.replace("  date", f"  {case} = {{Roe}},\n  date")) == (
        f"{BIB}:4: doe2020work: duplicate field 'author', also on line 2"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("year = {2018}", "2018"),
        ("year = 2018", "2018"),
        ('year = "2018", month = jan', "2018-01"),
        ("year = 2018, month = {January}", "2018-01"),
        ("year = 2018, month = {jan.}", "2018-01"),
        ("year = 2018, month = 1", "2018-01"),
        ('year = 2018, month = "01"', "2018-01"),
        ('year = 2018, month = jul # "~4"', "2018-07-04"),
        ("year = 2018, month = {12}, day = {3}", "2018-12-03"),
        ("date = {2018-05-16}, year = {2018}", "2018-05-16"),
    ],
)
def test_a_date_is_read_as_programs_write_it(tmp_path: Path, written: str, expected: str) -> None:
    assert read(tmp_path, GOOD.replace("date = {2020-05-05}", written))["doe2020work"].issued == expected


@pytest.mark.parametrize("written", ["year = {18}", "year = 2018, month = {Janvember}", "year = 2018, month = 13"])
def test_a_date_that_programs_do_not_write_is_refused(tmp_path: Path, written: str) -> None:
    assert refused(tmp_path, GOOD.replace("date = {2020-05-05}", written)).startswith(f"{DOE}: ")


def test_a_year_agrees_with_the_date(tmp_path: Path) -> None:
    assert refused(tmp_path, GOOD.replace("  date", "  year = 2019,\n  date")) == (
        f"{DOE}: year '2019' and date '2020-05-05'; expected the same year in both"
    )


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("cs/0309040", (2003, 9)),
        ("hep-th/9901001", (1999, 1)),
        ("1412.6980v9", (2014, 12)),
        ("math.GT/0701001", (2007, 1)),
    ],
)
def test_an_arxiv_id_of_any_form_gives_its_month(tmp_path: Path, written: str, month: tuple[int, int]) -> None:
    work = read(tmp_path, GOOD.replace("1207.0580", written))["doe2020work"]
    assert work.arxiv_month == month
    assert work.csl().url == f"https://arxiv.org/abs/{written}"


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("techreport", "report"),
        ("misc", "article"),
        ("inproceedings", "paper-conference"),
        ("incollection", "chapter"),
    ],
)
def test_the_usual_types_of_entry_are_known(tmp_path: Path, kind: str, csl: str) -> None:
    work = read(tmp_path, GOOD.replace("@misc", f"@{kind}").replace("  date", "  school = {MIT},\n  date"))[
        "doe2020work"
    ]
    assert (work.type, work.publisher) == (csl, "MIT")
