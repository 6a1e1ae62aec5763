"""Markdown for the builder of the site becomes Markdown for readers: nothing is lost and nothing is left over."""

from pathlib import Path

import pytest
import yaml

from site_src.outputs.markdown_copies import copy


def copied(text: str, root: Path = Path()) -> str:
    """The copy of a page without its head."""
    return copy(text, {}, root).removeprefix("---\n---\n\n")


def test_the_head_of_a_copy_is_yaml_whatever_a_title_holds() -> None:
    facts = {"title": "One: “two” \\ three\nfour", "edition": "2030-01"}
    assert yaml.safe_load(copy("x", facts, Path()).split("---\n")[1]) == facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title { #id }\n", "# Title\n"),
        ('[a](b.md){ .number title="x y" } c', "[a](b.md) c\n"),
        ("[a](b.csv){ download }", "[a](b.csv)\n"),
        ("Words.\n{: .note #a }\n", "Words.\n"),
    ],
)
def test_attributes_are_left_out(text: str, expected: str) -> None:
    assert copied(text) == expected


@pytest.mark.parametrize("text", ["A set {a, b}.", "`{ #id }` and `<div>`", "```\n# A { #id }\n\n<div>\n```"])
def test_braces_of_the_text_and_code_stay(text: str) -> None:
    assert copied(text) == f"{text}\n"


def test_boxes_are_left_out_and_what_they_hold_stays() -> None:
    text = (
        '<div class="grid" markdown>\n\nOne.\n\n<details open>\n<summary>\n\nTwo.\n\n</summary>\n</details>\n</div>\n'
    )
    assert copied(text) == "One.\n\nTwo.\n"


def test_a_notice_becomes_a_quotation() -> None:
    text = '!!! note "Its title"\n\n    One.\n\n    Two.\n\nAfter.\n'
    assert copied(text) == "> Its title\n>\n> One.\n>\n> Two.\n\nAfter.\n"


def test_an_included_file_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "CHANGES.md").write_text("# Changes\n", encoding="utf-8")
    assert copied('Before.\n\n--8<-- "CHANGES.md"\n', tmp_path) == "Before.\n\n# Changes\n"


def test_no_line_ends_in_spaces_and_no_two_are_empty() -> None:
    assert copied("\n\nOne.  \n\n\n\nTwo.\t\n\n") == "One.\n\nTwo.\n"


def test_many_pieces_of_code_return_each_to_its_place() -> None:
    text = " ".join(f"`{number}`" for number in range(12))
    assert copied(text) == f"{text}\n"
