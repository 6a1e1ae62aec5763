"""What becomes of a test whose tool is not on this machine."""

import os
from collections.abc import Mapping
from typing import NoReturn

import pytest


def lacking(tool: str, environment: Mapping[str, str] = os.environ) -> NoReturn:
    """Skips the test that asks, and where `CI=true` fails it: there nothing may go untested unseen."""
    message = f"no {tool} on this machine: `nox -s browser` fetches one"
    if environment.get("CI", "").lower() == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
