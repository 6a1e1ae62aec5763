"""Pictures of every kind of page for people to look at: build/screenshots/<width>-<scheme>/<page>.jpg."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.pages import KINDS, OLDER, SCHEMES, Scheme, slug
from tests.sites import ROOT

SHOTS = ROOT / "build/screenshots"
WIDTHS = (1280, 768, 360)
# The picture of the home page in the README, and how far the built page may be from it: shades of grey, of 255.
README_PICTURE = ROOT / "pictures/home.jpg"
MOST_APART = 12
# As much of a long page as is shown. A window of this height takes pictures much faster than pages of any height do.
HEIGHT = 2400


@pytest.fixture(scope="module")
def shots() -> Path:
    """The folder of the pictures, without those of another day."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    return SHOTS


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fills_its_picture(opened: Open, root: str, address: str, shots: Path, width: int) -> None:
    places = {
        **{slug(kind): address + kind for kind in KINDS},
        **{f"edition-{edition}": f"{root}{edition}/" for edition in OLDER},
        "not-found": f"{root}404.html",
    }
    page = opened("about:blank")
    page.set_viewport_size({"width": width, "height": HEIGHT})
    faults = []
    for name, place in places.items():
        page.goto(place)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{place} is wider than {width} pixels")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if not shows_something(picture_of(page, shots / f"{width}-{scheme}" / f"{name}.jpg"), scheme):
                faults.append(f"{place} shows nothing in the {scheme} scheme")
    assert faults == []


def test_the_picture_in_the_readme_is_of_the_built_page(opened: Open, address: str) -> None:
    page = opened(address)
    page.set_viewport_size({"width": 1280, "height": 1000})
    # To renew it: cp build/screenshots/readme/home.jpg pictures/
    built, shown = picture_of(page, SHOTS / "readme/home.jpg"), Image.open(README_PICTURE)
    assert built.size == shown.size
    small = [picture.convert("L").resize((64, 50), Image.Resampling.BOX) for picture in (built, shown)]
    assert ImageStat.Stat(ImageChops.difference(*small)).mean[0] < MOST_APART


def picture_of(page: Page, path: Path) -> Image.Image:
    """A picture of an open page, also written to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Image.open(io.BytesIO(page.screenshot(path=path, type="jpeg", quality=75)))


def shows_something(picture: Image.Image, scheme: Scheme) -> bool:
    """Whether there is text below the header, on a ground that is light or dark as the scheme asks."""
    grey = picture.convert("L").crop((0, 100, picture.width, 700))
    ground = max(grey.getcolors(), key=lambda count_and_shade: count_and_shade[0])[1]
    darkest, lightest = grey.getextrema()
    return lightest - darkest > 100 and (ground > 127) == (scheme == "light")
