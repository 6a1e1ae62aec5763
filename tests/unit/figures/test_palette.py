"""The colours of figures: distinguishable for all readers and visible against the page, in both schemes."""

import re
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from numpy.typing import NDArray

from analysis.figures.canvas import DOMAIN_STYLES
from analysis.figures.look import THEME
from analysis.input_files import ROOT

Colour = NDArray[np.float64]
# The theme's background of a figure: white, and hsla(215, 15%, 14%).
BACKGROUNDS = {"default": "#ffffff", "slate": "#1e2329"}
EACH_SCHEME = pytest.mark.parametrize("scheme", list(BACKGROUNDS))
# A just noticeable difference is about one in the space CAM02-UCS of Luo, Cui and Li (2006); markers are small.
LEAST_DIFFERENCE = 10
# Web Content Accessibility Guidelines 2.2, 1.4.11 for graphics, and 1.4.3 for the text in them.
LEAST_CONTRAST = {"graphics": 3.0, "text": 4.5}


def rgb(code: str) -> Colour:
    """A colour as red, green and blue from 0 to 1."""
    return np.array([int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)])


def palette(scheme: str) -> dict[str, str]:
    """The colours of figures in a scheme of the site."""
    css = (ROOT / "site_src" / "theme" / "styles" / "base.css").read_text(encoding="utf-8")
    _, _, rest = css.partition(f'[data-md-color-scheme="{scheme}"]')
    return dict(re.findall(r"--figure-(\w+): (#[0-9a-f]{6});", rest.partition("}")[0]))


def seen(kind: str) -> Callable[[Colour], Colour]:
    """What a colour becomes for a kind of sight. Source: Machado, Oliveira and Fernandes (2009), by colorspacious."""
    if kind == "trichromacy":
        return lambda colour: colour
    space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return lambda colour: np.clip(cspace_convert(colour, space, "sRGB1"), 0, 1)


def luminance(colour: Colour) -> float:
    """Relative luminance, as the guidelines define it."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as the guidelines define it."""
    dark, light = sorted(luminance(rgb(code)) for code in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines() -> None:
    # Their two ends: black on white, and a colour on itself.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0068c8", "#0068c8") == 1


def test_the_simulation_takes_red_and_green_together() -> None:
    red, green = rgb("#a05000"), rgb("#408000")
    there = deltaE(red, green, input_space="sRGB1")
    assert deltaE(*(seen("deuteranomaly")(c) for c in (red, green)), input_space="sRGB1") < there / 2


def test_the_light_scheme_has_the_colours_of_the_files_for_download() -> None:
    assert palette("default") == {name: colour for colour, name in THEME.items()}


@EACH_SCHEME
@pytest.mark.parametrize("kind", ["trichromacy", "protanomaly", "deuteranomaly", "tritanomaly"])
def test_every_two_domains_differ_in_colour(scheme: str, kind: str) -> None:
    sight, colours = seen(kind), palette(scheme)
    domains = {domain: sight(rgb(colours[THEME[colour]])) for domain, (colour, _) in DOMAIN_STYLES.items()}
    near = [
        (one, other)
        for one, other in combinations(domains, 2)
        if deltaE(domains[one], domains[other], input_space="sRGB1") < LEAST_DIFFERENCE
    ]
    assert near == []


@EACH_SCHEME
def test_every_colour_has_enough_contrast_with_the_page(scheme: str) -> None:
    # Lines of the grid are there to be looked past.
    wanted = {name: LEAST_CONTRAST["graphics" if name == "grey" else "text"] for name in palette(scheme)} | {
        "grid": 1.2
    }
    faint = {
        name: colour for name, colour in palette(scheme).items() if contrast(colour, BACKGROUNDS[scheme]) < wanted[name]
    }
    assert faint == {}
