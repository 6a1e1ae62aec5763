"""The bibliography: what is refused, and how names, accents and fields come out of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs.bibliography import Author, Reference, load_bibliography
from analysis.inputs.dataset import Dataset

Fault = Callable[[str, str, str], str]

BIB = "references.bib"
DOE = f"{BIB}: doe2020work"
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


def test_a_key_stands_once(fault: Fault) -> None:
    message = fault(BIB, "{altman2020aiprogress,", "{akiba2017extremely,")
    assert message == "references.bib: duplicate key 'akiba2017extremely'"


def test_a_broken_entry_is_named_by_its_line(tmp_path: Path) -> None:
    # The brace that closes the author is missing, in the entry that starts on line 7.
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD + GOOD.replace("Doe, Jane}", "Doe, Jane").replace("doe2020work", "roe2020work") + GOOD)
    assert str(caught.value) == f"{BIB}:7: cannot read this entry (a brace, a comma or an equals sign is missing)"


def test_an_entry_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^references\.bib:7: cannot read this entry"):
        read(tmp_path, GOOD + GOOD.replace("doe2020work", "roe2020work").rstrip("}\n"))


def test_an_entry_without_its_brace_does_not_vanish(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD + GOOD.replace("@misc{doe2020work", "@misc roe2020work"))
    assert str(caught.value) == (f"{BIB}:7: text between entries holds an '@'; expected an entry or a % comment")


def test_a_remark_between_entries_is_passed_over(tmp_path: Path) -> None:
    assert list(read(tmp_path, f"% Works cited.\n\n{GOOD}")) == ["doe2020work"]


def test_a_field_stands_once_in_an_entry(fault: Fault) -> None:
    message = fault(BIB, "  date = {2017-11},", "  date = {2017-11},\n  date = {2017-12},")
    assert message.startswith(f"{BIB}:4: cannot read this entry (Duplicate field keys on entry: 'date'")


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


@pytest.mark.parametrize("written", ["cs/1711", "1711.043", "1711.04325v2", "arXiv:1711.04325", "1713.04325"])
def test_an_eprint_is_an_arxiv_id(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD.replace("1207.0580", written))
    assert str(caught.value) == f"{DOE}: eprint '{written}'; expected an arXiv id such as 1207.0580"


def test_an_unknown_type_of_entry_is_refused(tmp_path: Path) -> None:
    expected = "article, inproceedings, misc, online, software, dataset, techreport, incollection, book"
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


def test_a_particle_may_stand_further_on_in_the_list(dataset: Dataset) -> None:
    assert Author(family="van den Driessche", given="George") in dataset.references["oord2017parallel"].authors


def test_a_family_name_of_two_words_stays_whole(dataset: Dataset) -> None:
    assert Author(family="de Oliveira Pinto", given="Henrique Pondé") in dataset.references["berner2019dota"].authors


def test_a_suffix_stands_with_the_given_name(tmp_path: Path) -> None:
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
    assert dataset.references["amodei2018ai"].csl()["issued"] == {"date-parts": [[2018, 5, 16]]}


def test_a_record_of_csl_keeps_a_date_of_month_precision(dataset: Dataset) -> None:
    assert dataset.references["akiba2017extremely"].csl()["issued"] == {"date-parts": [[2017, 11]]}


def test_a_record_of_csl_names_organisations_and_persons_apart(dataset: Dataset) -> None:
    authors = dataset.references["berner2019dota"].csl()["author"]
    assert authors[:2] == [{"literal": "OpenAI"}, {"family": "Berner", "given": "Christopher"}]


def test_a_record_of_csl_without_an_address_takes_that_of_the_archive(tmp_path: Path) -> None:
    works = read(tmp_path, GOOD)
    assert works["doe2020work"].csl()["URL"] == "https://arxiv.org/abs/1207.0580"


def test_a_record_of_csl_has_no_empty_field(dataset: Dataset) -> None:
    assert [key for work in dataset.references.values() for key, value in work.csl().items() if not value] == []


def test_every_work_is_found_under_its_own_key(dataset: Dataset) -> None:
    assert [key for key, work in dataset.references.items() if key != work.key] == []


def test_the_edition_of_a_work_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
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
