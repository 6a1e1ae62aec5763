"""Which browser the tests take, how they get one, and what they do without."""

from pathlib import Path

import pytest

from tests.browser import webkit
from tests.browser.chromium import found, provided, ways
from tests.needs import lacking


def program(path: Path, status: int = 0) -> Path:
    """A program that ends with a status at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return path


def surroundings(tmp_path: Path, *names: str) -> dict[str, str]:
    """An environment on whose PATH there are programs of these names and nothing else."""
    (tmp_path / "bin").mkdir()
    for name in names:
        program(tmp_path / "bin" / name)
    return {"PATH": str(tmp_path / "bin")}


def test_a_browser_on_the_path_comes_before_the_own_one_of_playwright(tmp_path: Path) -> None:
    own = program(tmp_path / "own/chrome")
    environment = surroundings(tmp_path, "google-chrome", "chromium", "chromium-headless-shell")
    assert found(environment, own) == tmp_path / "bin/chromium-headless-shell"
    assert found({"PATH": ""}, own) == own


def test_a_browser_that_is_named_is_the_only_one_that_counts(tmp_path: Path) -> None:
    named = program(tmp_path / "named")
    environment = surroundings(tmp_path, "chromium")
    assert found({**environment, "BROWSER_EXECUTABLE": str(named)}, tmp_path / "none") == named
    assert found({**environment, "BROWSER_EXECUTABLE": str(tmp_path / "none")}, tmp_path / "none") is None


def test_a_browser_that_does_not_start_is_none(tmp_path: Path) -> None:
    # As one that lacks a library of the system: the loader ends it with 127.
    own = program(tmp_path / "own/chrome")
    environment = surroundings(tmp_path)
    program(tmp_path / "bin/chromium", status=127)
    assert found(environment, own) == own
    assert found(environment, program(own, status=127)) is None


def test_the_package_of_debian_is_for_root_with_apt_alone(tmp_path: Path) -> None:
    with_apt = surroundings(tmp_path, "apt-get")
    assert [len(way) for way in ways(with_apt, user=0)] == [1, 2, 2]
    assert len(ways(with_apt, user=1000)) == 1
    assert len(ways({"PATH": ""}, user=0)) == 1


def test_the_second_browser_comes_from_debian_alone(tmp_path: Path) -> None:
    with_apt = surroundings(tmp_path, "apt-get")
    [[update, install]] = webkit.ways(with_apt, user=0)
    assert update[1] == "update"
    assert set(webkit.DEBIAN) < set(install)
    assert webkit.ways(with_apt, user=1000) == []
    assert webkit.ways({"PATH": ""}, user=0) == []


def test_ways_to_get_a_browser_are_tried_in_turn_until_one_is_there(tmp_path: Path) -> None:
    browser, never = tmp_path / "browser", tmp_path / "never"
    tried = [[["false"], ["touch", str(never)]], [["touch", str(browser)]], [["touch", str(never)]]]
    assert provided(lambda: browser if browser.exists() else None, tried) == browser
    assert not never.exists()
    assert provided(lambda: None, [[["false"]]]) is None


@pytest.mark.parametrize(("environment", "end"), [({}, pytest.skip), ({"CI": "true"}, pytest.fail)])
def test_a_test_without_its_tool_is_skipped_or_fails_where_ci_is_true(environment: dict[str, str], end: object) -> None:
    with pytest.raises(end.Exception, match="no Chromium on this machine"):
        lacking("Chromium", environment)


def test_a_test_whose_tool_cannot_be_had_is_skipped_even_where_ci_is_true() -> None:
    with pytest.raises(pytest.skip.Exception, match="no WebKit on this machine, and no way to install it"):
        lacking("WebKit", {"CI": "true"}, to_be_had=False)
