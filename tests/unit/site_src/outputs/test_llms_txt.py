"""The guide for programs: its form, the order of its lists, and one line a page."""

from site_src.outputs.llms_txt import Listed, guide

HOME = "https://numbers.org/2018-05/"


def listed(folder: str, title: str = "Title", description: str = "") -> Listed:
    return Listed(folder=folder, title=title, description=description)


def lines_of(*pages: Listed) -> list[str]:
    text = guide(pages, home=HOME, edition="Edition 2018-05 is the first.", description="What\nit is.")
    assert text.endswith("\n")
    return text.splitlines()


def section(title: str, *pages: Listed) -> list[str]:
    """The entries below a heading."""
    _, _, rest = "\n".join(lines_of(*pages)).partition(f"## {title}\n")
    return [line for line in rest.partition("\n## ")[0].splitlines() if line]


def test_the_guide_has_the_form_that_programs_expect() -> None:
    # https://llmstxt.org: a heading of first level, a quotation, and links below headings of second level.
    lines = lines_of()
    assert lines[:3] == ["# AI and compute, recomputed", "", "> What it is."]
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert headings == ["Start", "Methods", "Results", "Data", "About", "Files", "Optional"]
    assert lines[4].startswith("Edition 2018-05 is the first. ")


def test_a_page_is_a_link_to_its_copy_with_its_description() -> None:
    assert section("Results", listed("results/a/", "A", "What\nit shows.")) == [
        f"- [A]({HOME}results/a/index.md): What it shows."
    ]


def test_a_page_without_a_description_is_a_link_alone() -> None:
    assert section("Start", listed("")) == [f"- [Title]({HOME}index.md)"]


def test_pages_are_listed_by_the_order_of_folders_and_as_they_come_within_one() -> None:
    pages = [listed("figures/a/"), listed("results/b/"), listed("results/a/"), listed("tables/a/")]
    assert [line.partition(HOME)[2] for line in section("Results", *pages)] == [
        "results/b/index.md)",
        "results/a/index.md)",
        "figures/a/index.md)",
    ]
    assert len(section("Optional", *pages)) == 1


def test_a_title_cannot_end_its_link() -> None:
    assert section("Start", listed("", "A ] B"))[0].startswith("- [A \\] B](")


def test_the_files_of_an_edition_are_listed_with_what_they_hold() -> None:
    found = section("Files")
    assert f"- [files/references.bib]({HOME}files/references.bib): the bibliography" in found
    assert len(found) == 3
