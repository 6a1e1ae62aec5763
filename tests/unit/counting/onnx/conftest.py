"""What the tests of ONNX files share."""

from pathlib import Path
from typing import Any

import pytest

from .models import Save


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    """Saves a model, or bytes, and gives the path."""

    def save(content: Any) -> Path:
        path = tmp_path / "net.onnx"
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        return path

    return save
