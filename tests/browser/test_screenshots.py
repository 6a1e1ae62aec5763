"""Pictures of every kind of page for people to look at: build/screenshots/<width>-<scheme>/<page>.jpg."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import KINDS, OLDER, SCHEMES, Scheme, slug
from tests.sites import ROOT

SHOTS = ROOT / "build/screenshots"
WIDTHS = (1280, 768, 360)
# The part of a long page that is shown, in pixels.
HEIGHT = 3000


@pytest.fixture(scope="module")
def shots() -> Path:
    """The folder of the pictures, without those of another day."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    return SHOTS


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fills_its_picture(
    opened: Open, root: str, address: str, shots: Path, width: int, scheme: Scheme
) -> None:
    places = {
        **{slug(kind): address + kind for kind in KINDS},
        **{f"edition-{edition}": f"{root}{edition}/" for edition in OLDER},
        "not-found": f"{root}404.html",
    }
    page = opened("about:blank", width=width, scheme=scheme)
    faults = []
    for name, place in places.items():
        page.goto(place)
        picture = picture_of(page, shots / f"{width}-{scheme}" / f"{name}.jpg")
        if picture.width > width:
            faults.append(f"{place} is wider than {width} pixels")
        if not shows_something(picture, scheme):
            faults.append(f"{place} shows nothing in the {scheme} scheme")
    assert faults == []


def picture_of(page: Page, path: Path) -> Image.Image:
    """A picture of an open page from its top, also written to a file."""
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    part = {"x": 0, "y": 0, "width": width, "height": min(height, HEIGHT)}
    path.parent.mkdir(parents=True, exist_ok=True)
    return Image.open(io.BytesIO(page.screenshot(path=path, full_page=True, clip=part, type="jpeg", quality=75)))


def shows_something(picture: Image.Image, scheme: Scheme) -> bool:
    """Whether there is text below the header, on a ground that is light or dark as the scheme asks."""
    grey = picture.convert("L").crop((0, 100, picture.width, min(picture.height, 1000)))
    ground = max(grey.getcolors(), key=lambda count_and_shade: count_and_shade[0])[1]
    darkest, lightest = grey.getextrema()
    return lightest - darkest > 100 and (ground > 127) == (scheme == "light")
