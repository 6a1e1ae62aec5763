"""What tests of the models share: the library that they are compared with."""

from importlib import import_module
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def sm() -> ModuleType:
    """Statsmodels, which shares no code with ours; every process would import it, for seconds, if modules did."""
    return import_module("statsmodels.api")
