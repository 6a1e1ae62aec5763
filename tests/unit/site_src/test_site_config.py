"""The address of the publication: from the environment or mkdocs.yml, absolute, and real before anything is published."""

from pathlib import Path

import pytest

from site_src.errors import BuildError
from site_src.site_config import address, is_placeholder


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)


def settings(root: Path, line: str) -> Path:
    """A root with a mkdocs.yml of one line."""
    (root / "mkdocs.yml").write_text(f"site_name: Example\n{line}\ndocs_dir: docs\n")
    return root


@pytest.mark.parametrize(
    "line",
    [
        "site_url: https://numbers.org/a/",
        "site_url: https://numbers.org/a",
        'site_url: "https://numbers.org/a/"',
        'site_url: !ENV [SITE_URL, "https://numbers.org/a/"]',
        "site_url: !ENV [SITE_URL, https://numbers.org/a]",
    ],
)
def test_the_address_is_that_of_the_settings(tmp_path: Path, line: str) -> None:
    assert address(settings(tmp_path, line)) == "https://numbers.org/a/"


def test_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://elsewhere.org/")
    assert address(settings(tmp_path, "site_url: https://numbers.org/")) == "https://elsewhere.org/"


def test_an_empty_variable_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "")
    assert address(settings(tmp_path, "site_url: https://numbers.org/")) == "https://numbers.org/"


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("https://numbers.org", "https://numbers.org/"),
        ("HTTPS://Numbers.ORG/Some/Where", "https://numbers.org/Some/Where/"),
        ("https://numbers.org:8443/~a/", "https://numbers.org:8443/~a/"),
    ],
)
def test_an_address_is_brought_into_one_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, normal: str
) -> None:
    monkeypatch.setenv("SITE_URL", given)
    assert address(tmp_path) == normal


@pytest.mark.parametrize(
    "given",
    [
        "http://numbers.org/",
        "numbers.org/",
        "/some/where/",
        "https://",
        "https:///a/",
        "https://user:secret@numbers.org/",
        "https://numbers.org/?a=b",
        "https://numbers.org/#a",
        "https://numbers.org/a//b/",
        "https://numbers.org/a/../b/",
        "https://numbers.org/./",
        'https://numbers.org/"onclick="/',
        "https://numbers.org/<b>/",
        "https://numbers.org/a b/",
        "https://numbers.org/\n",
        "https://zahlen.örg/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(BuildError) as caught:
        address(tmp_path)
    assert str(caught.value) == (
        f"SITE_URL: found {given!r}; expected an absolute address such as https://numbers.org/compute/"
    )


@pytest.mark.parametrize("line", ["site_url: numbers.org", "site_url:", "", "site_url: !ENV SITE_URL"])
def test_settings_without_an_address_are_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(BuildError, match=r"^mkdocs\.yml: site_url: found '.*'; expected an absolute address such as "):
        address(settings(tmp_path, line))


@pytest.mark.parametrize(
    "host",
    [
        "numbers.example",
        "example.com",
        "www.example.org",
        "example.net",
        "localhost",
        "a.localhost",
        "localhost.",
        "numbers.test",
        "numbers.invalid",
        "printer.local",
        "intranet",
        "127.0.0.1",
        "192.168.1.2",
        "localhost:8000",
    ],
)
def test_an_address_that_no_reader_reaches_is_a_placeholder(host: str) -> None:
    assert is_placeholder(f"https://{host}/some/where/")


@pytest.mark.parametrize("host", ["numbers.org", "myexample.com", "example.com.numbers.org", "8.8.8.8"])
def test_a_real_address_is_none(host: str) -> None:
    assert not is_placeholder(f"https://{host}/example/")
