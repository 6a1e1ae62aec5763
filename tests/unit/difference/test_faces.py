"""A preview as text and as Markdown."""

from analysis.contract import Preview, Section
from analysis.difference.faces import markdown, text

PREVIEW = Preview(
    title="Changed since HEAD",
    sections=(Section(title="Records", columns=("Record", "What"), rows=(("a|b", "new"), ("a long one", "gone"))),),
    faults=("edition 2018-05 is closed",),
)


def test_columns_of_text_are_aligned() -> None:
    assert text(PREVIEW).splitlines() == [
        "Changed since HEAD",
        "",
        "Records",
        "  Record      What",
        "  a|b         new",
        "  a long one  gone",
    ]


def test_markdown_has_the_faults_and_a_table_that_no_cell_ends() -> None:
    assert markdown(PREVIEW).splitlines() == [
        "## Changed since HEAD",
        "",
        "- **Error:** edition 2018-05 is closed",
        "",
        "### Records",
        "",
        "| Record | What |",
        "| --- | --- |",
        "| a\\|b | new |",
        "| a long one | gone |",
    ]
