"""Skips a test whose tool is not installed, or fails it in CI."""

import os
from collections.abc import Mapping
from typing import NoReturn

import pytest


def lacking(tool: str, environment: Mapping[str, str] = os.environ, *, to_be_had: bool = True) -> NoReturn:
    """Skips the calling test; with `CI=true` fails it if the tool can be installed, so that no check is lost silently."""
    if not to_be_had:
        pytest.skip(f"no {tool} on this machine, and no way to install it")
    message = f"no {tool} on this machine: `nox -s browser` fetches one"
    if environment.get("CI", "").lower() == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
