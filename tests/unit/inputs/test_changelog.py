"""Errata out of the text of a changelog."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.inputs.changelog import errata_in
from analysis.inputs.load import load_dataset
from analysis.inputs.records import Erratum
from tests.editions import LISTED, NEWEST

ENTRY = "- Erratum to 2020-05 (2027-01-03): A run was dated a day late."


def add_to_changelog(root: Path, entry: str) -> None:
    """Puts an entry at the end of a copied changelog."""
    with (root / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{entry}\n")


def test_an_erratum_has_edition_day_and_text() -> None:
    errata = errata_in(f"# Changelog\n\n## Errata\n\n- Something else.\n{ENTRY}\n", "CHANGELOG.md")
    assert errata == (Erratum(edition="2020-05", date=date(2027, 1, 3), text="A run was dated a day late."),)


def test_an_erratum_may_go_on_in_indented_lines() -> None:
    (erratum,) = errata_in(f"{ENTRY}\n  Its factor\n  moved.\n- Something else.\n", "CHANGELOG.md")
    assert erratum.text == "A run was dated a day late. Its factor moved."


def test_errata_are_in_the_order_of_the_changelog() -> None:
    text = f"{ENTRY}\n{ENTRY.replace('2020-05', '2018-05')}\n"
    assert [erratum.edition for erratum in errata_in(text, "CHANGELOG.md")] == ["2020-05", "2018-05"]


def test_a_changelog_without_errata_has_none() -> None:
    assert errata_in("# Changelog\n\n- Errors of others are listed in the ledger.\n", "CHANGELOG.md") == ()


@pytest.mark.parametrize(
    "entry",
    [
        "- Erratum to 2020-05: no day",
        "- Erratum to 2020-5 (2027-01-03): no such edition",
        "- Erratum to 2020-05 (2027-02-30): no such day",
        "- Erratum to 2020-05 (2027-01-03):",
        "- erratum to 2020-05 (2027-01-03): a small letter",
        "* Erratum to 2020-05 (2027-01-03): another mark",
    ],
)
def test_what_begins_like_an_erratum_is_one(entry: str) -> None:
    with pytest.raises(InputError) as caught:
        errata_in(f"# Changelog\n\n{entry}\n", "CHANGELOG.md")
    assert str(caught.value) == f"CHANGELOG.md:3: found '{entry}'; expected '- Erratum to 2020-05 (2027-01-03): ...'"


def test_an_erratum_belongs_to_its_edition_alone(copied_data: Path) -> None:
    add_to_changelog(copied_data, ENTRY)
    dataset = load_dataset(copied_data)
    assert [len(dataset.errata_of(edition.id)) for edition in dataset.editions] == [0, 0, 1, 0]
    assert (len(dataset.at("2019-11").errata), len(dataset.at("2020-05").errata)) == (0, 1)


@pytest.mark.parametrize(
    ("edition", "message"),
    [
        (NEWEST, f"edition {NEWEST} is open; expected a closed one"),
        ("2020-06", f"unknown edition '2020-06'; expected one of {LISTED}"),
    ],
)
def test_an_erratum_is_of_a_closed_edition(copied_data: Path, edition: str, message: str) -> None:
    add_to_changelog(copied_data, ENTRY.replace("2020-05", edition))
    with pytest.raises(InputError) as caught:
        load_dataset(copied_data)
    assert str(caught.value) == f"CHANGELOG.md: erratum of 2027-01-03: {message}"


def test_a_repository_has_a_changelog(copied_data: Path) -> None:
    (copied_data / "CHANGELOG.md").unlink()
    with pytest.raises(InputError, match=r"^CHANGELOG\.md: no such file$"):
        load_dataset(copied_data)
