"""What is looked up by name is found, or the message suggests the nearest name."""

import pytest

from site_src.errors import PageError, find

KNOWN = {"alexnet": 1, "vgg": 2}


def test_what_has_the_name_is_found() -> None:
    assert find(KNOWN, "vgg", "system") == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [("alexnte", "no system 'alexnte'; did you mean 'alexnet'?"), ("xyzzy", "no system 'xyzzy'")],
)
def test_an_unknown_name_is_reported_with_the_nearest_one(name: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        find(KNOWN, name, "system")
    assert str(caught.value) == message
