"""The typefaces of the pages: Source Serif Pro and Source Sans Pro, cut down to the characters that the site uses.

The faces come from packages and are never part of the repository. The same packages give the same bytes. The licence of
the typefaces reserves their name for the originals, so what is made of them here has names of its own.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

from analysis.content_store import ContentStore, key_of
from analysis.raised_minus import add_raised_minus
from site_src import addresses

# Made typefaces of earlier builds, below the root.
STORE: Final = Path(".cache", "typefaces")
SERIF, SANS = ("font_source_serif_pro", "Serif"), ("font_source_sans_pro", "Sans")
# ASCII, the letters of western Europe, and those of names from the rest of it.
LATIN: Final = (range(0x20, 0x7F), range(0xA0, 0x100))
NAMES: Final = "ąćčđęěğıłńőřśşšűźżžČŁŚŞŠŽ"
GREEK: Final = "ΔΣΩαβγδεθλμπσω"
SIGNS: Final = "–—‘’“”†•…′″‹›€−×÷±≈≠≤≥∞∑√←→⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂"
CHARACTERS: Final = frozenset(map(ord, NAMES + GREEK + SIGNS)).union(*LATIN)
# Kerning, ligatures, and digits of one width or of their own.
FEATURES: Final = ("kern", "liga", "lnum", "pnum", "tnum")
# Entries of a name table: family, style, unique name, full name, name for PostScript.
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
# The copyright and the licence stay as they are.
KEPT_NAMES: Final = (0, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, 13, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face by the package that has it and its names there and here.

    It is preloaded on the pages that have the element `needed_by`; on every page if that is empty.
    """

    package: str
    family: str
    style: str
    original: str
    needed_by: str = ""

    @property
    def name(self) -> str:
        """What its file is called, and what the style sheet calls it."""
        return f"{self.family}-{self.style}".lower()

    def source(self) -> bytes:
        """The face as its package has it."""
        return files(self.package).joinpath("files", self.original).read_bytes()


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face as the site serves it: where it is, which holds for this content alone, and its bytes in WOFF2."""

    address: str
    content: bytes


FACES: Final = (
    Face(package=SERIF[0], family=SERIF[1], style="Regular", original="SourceSerifPro-Regular.ttf"),
    Face(package=SERIF[0], family=SERIF[1], style="Italic", original="SourceSerifPro-It.ttf", needed_by="em"),
    Face(package=SANS[0], family=SANS[1], style="Regular", original="SourceSansPro-Regular.ttf"),
    Face(package=SANS[0], family=SANS[1], style="Semibold", original="SourceSansPro-Semibold.ttf"),
)


def typefaces(root: Path) -> dict[str, Typeface]:
    """Every face by name, made once for the same packages and characters."""
    store, key = ContentStore(root / STORE), _key()
    made = store.get(key)
    if made is None:
        made = {face.name: web_font(face) for face in FACES}
        store.put(key, made)
        store.keep([key])
    return {name: Typeface(_address(name, content), content) for name, content in made.items()}


def preloaded(faces: Mapping[str, Typeface]) -> dict[str, str]:
    """The addresses of the faces that pages begin with: each with the element that needs it."""
    return {faces[face.name].address: face.needed_by for face in FACES}


def licences() -> dict[str, bytes]:
    """The licence of each family, by where it is: next to its faces."""
    texts = {family: files(package).joinpath("files", "LICENSE.txt").read_bytes() for package, family in (SERIF, SANS)}
    return {f"{addresses.TYPEFACES}{family.lower()}-licence.txt": text for family, text in texts.items()}


def web_font(face: Face) -> bytes:
    """A face with the characters of the site alone, under its own name, compressed; the same bytes on every run."""
    # The file says when the original was changed.
    font = TTFont(BytesIO(face.source()), recalcTimestamp=False)
    add_raised_minus(font)
    # Screens of today need no hints.
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=KEPT_NAMES, notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=CHARACTERS)
    cut.subset(font)
    _rename(font, family=f"Recomputed {face.family}", style=face.style)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _rename(font: TTFont, *, family: str, style: str) -> None:
    names = {FAMILY: family, STYLE: style, FULL: f"{family} {style}", POSTSCRIPT: f"{family}-{style}".replace(" ", "")}
    for record in font["name"].names:
        if record.nameID in {*names, UNIQUE}:
            record.string = names.get(record.nameID, names[POSTSCRIPT])


def _address(name: str, content: bytes) -> str:
    return f"{addresses.TYPEFACES}{name}.{hashlib.sha256(content).hexdigest()[:8]}.woff2"


@cache
def _key() -> str:
    """What decides the bytes: this module, the originals, and the libraries that cut and compress."""
    libraries = [f"{name} {version(name)}" for name in ("fonttools", "brotli")]
    originals = [hashlib.sha256(face.source()).hexdigest() for face in FACES]
    return key_of(Path(__file__).read_text(encoding="utf-8"), *libraries, *originals)
