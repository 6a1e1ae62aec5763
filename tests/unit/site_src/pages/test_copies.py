"""What becomes of the builder's own Markdown in the copy of a page."""

import pytest

from tests.unit.site_src.conftest import Show


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("## A { #b }", "## A\n"),
        ("[a](b.csv){ download }", "[a](b.csv)\n"),
        ('!!! note "A"\n    b\n    c\n\nd', "> A\n>\n> b\n> c\n\nd\n"),
        ("agrees\n: Our number\n  is near.\n\ndiffers\n: It is not.\n\nNext.", "- **agrees**: Our number\n  is near.\n\n- **differs**: It is not.\n\nNext.\n"),
        ("`{ .a }` and\n\n```text\na\n: b\n```", "`{ .a }` and\n\n```text\na\n: b\n```\n"),
        ('<div class="a" markdown>\n\nb\n\n</div>', "b\n"),
    ],
)  # fmt: skip
def test_what_the_builder_alone_reads_is_plain_markdown(page_copy: Show, text: str, copy: str) -> None:
    assert page_copy(text + "\n") == copy


def test_braces_in_text_of_a_record_are_no_attributes(page_copy: Show) -> None:
    assert page_copy("a {{ rendered('b { .c } d') }} e") == "a b \\{ .c } d e\n"
