"""CITATION.cff and .zenodo.json say what the data, the bibliography and the settings say."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.inputs.bibliography import load_bibliography
from analysis.inputs.references import Reference
from site_src.citing.citable import AUTHOR, SITE_NAME

ROOT = Path(__file__).resolve().parents[2]
ORIGINALS = ("amodei2018ai", "sastry2019addendum", "hernandez2020aiefficiency", "hernandez2020measuring")
# The fields of a deposit that the documentation of Zenodo's interface names, as far as they are used here.
ZENODO_FIELDS = {
    "title",
    "upload_type",
    "description",
    "creators",
    "version",
    "publication_date",
    "access_right",
    "license",
    "language",
    "keywords",
    "related_identifiers",
    "references",
    "notes",
}


@pytest.fixture(scope="module")
def cff() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def zenodo() -> dict[str, Any]:
    return dict(json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


@pytest.fixture(scope="module")
def newest() -> dict[str, Any]:
    """The newest edition."""
    return dict(tomllib.loads((ROOT / "data" / "editions.toml").read_text(encoding="utf-8"))["editions"][-1])


@pytest.fixture(scope="module")
def originals() -> list[Reference]:
    known = load_bibliography(ROOT / "references.bib")
    return [known[key] for key in ORIGINALS]


def test_version_and_date_are_those_of_the_newest_edition(
    cff: dict[str, Any], zenodo: dict[str, Any], project: dict[str, Any], newest: dict[str, Any]
) -> None:
    assert cff["version"] == zenodo["version"] == newest["id"]
    assert cff["date-released"] == date.fromisoformat(zenodo["publication_date"]) == newest["published"]
    # A version of a Python package has a full stop where an edition has a hyphen.
    assert project["version"] == newest["id"].replace("-", ".")


def test_the_title_is_the_name_of_the_site(cff: dict[str, Any], zenodo: dict[str, Any]) -> None:
    # The settings of the site have values that only its builder can read.
    found = re.search(r"^site_name: (.+)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert cff["title"] == zenodo["title"] == SITE_NAME == found[1]


def test_the_author_is_the_one_of_every_citation(cff: dict[str, Any], zenodo: dict[str, Any]) -> None:
    assert cff["authors"] == [{"name": AUTHOR}]
    assert zenodo["creators"] == [{"name": AUTHOR}]


def test_licence_and_keywords_agree(cff: dict[str, Any], zenodo: dict[str, Any], project: dict[str, Any]) -> None:
    assert cff["license"] == zenodo["license"] == project["license"]
    assert cff["keywords"] == zenodo["keywords"]


def test_the_references_are_the_original_works_as_the_bibliography_has_them(
    cff: dict[str, Any], originals: list[Reference]
) -> None:
    assert len(cff["references"]) == len(originals)
    for stated, known in zip(cff["references"], originals, strict=True):
        assert stated["title"] == known.title
        assert [(person["given-names"], person["family-names"]) for person in stated["authors"]] == [
            (author.given, author.family) for author in known.authors
        ]
        assert stated["date-published"] == date.fromisoformat(known.issued)
        assert stated["year"] == stated["date-published"].year
        assert stated["url"] == known.url
        assert stated.get("publisher", {}).get("name", "") == known.publisher
        identifiers = [identifier["value"] for identifier in stated.get("identifiers", [])]
        assert identifiers == ([f"arXiv:{known.arxiv}"] if known.arxiv else [])


def test_the_zenodo_record_lists_every_original_work(zenodo: dict[str, Any], originals: list[Reference]) -> None:
    related = {identifier["identifier"] for identifier in zenodo["related_identifiers"]}
    assert related == {f"arXiv:{known.arxiv}" if known.arxiv else known.url for known in originals}
    assert {identifier["relation"] for identifier in zenodo["related_identifiers"]} == {"isDerivedFrom"}
    assert len(zenodo["references"]) == len(originals)
    for line, known in zip(zenodo["references"], originals, strict=True):
        assert [author.family for author in known.authors] == re.findall(r"([A-Z]\w+),? [A-Z]\.", line)
        assert f"({known.issued[:4]}). {known.title}." in line
        assert line.endswith(known.url)


def test_zenodo_gets_only_fields_that_it_documents(zenodo: dict[str, Any]) -> None:
    assert set(zenodo) == ZENODO_FIELDS
    assert zenodo["upload_type"] == "software"
    for identifier in zenodo["related_identifiers"]:
        assert identifier["scheme"] == ("arxiv" if identifier["identifier"].startswith("arXiv:") else "url")
