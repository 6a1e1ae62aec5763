"""The typefaces of the site: their characters, their names, their bytes, and what the style sheet makes of them."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from analysis.numerals import power_of_ten
from site_src.theme.bundle import assets
from site_src.theme.typefaces import CHARACTERS, FACES, Typeface, licences, preloaded, typefaces, web_font

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def faces() -> dict[str, Typeface]:
    return typefaces(ROOT)


@pytest.fixture(scope="module")
def fonts(faces: dict[str, Typeface]) -> dict[str, TTFont]:
    return {name: TTFont(BytesIO(face.content)) for name, face in faces.items()}


def test_every_face_has_what_its_original_has_of_the_characters_of_the_site(fonts: dict[str, TTFont]) -> None:
    for face in FACES:
        original = TTFont(BytesIO(face.source())).getBestCmap().keys()
        assert fonts[face.name].getBestCmap().keys() - {ord("⁻")} == CHARACTERS & original, face.name


def test_upright_faces_lack_no_character_of_the_site(fonts: dict[str, TTFont]) -> None:
    lacking = {
        name: [chr(code) for code in sorted(CHARACTERS - font.getBestCmap().keys())] for name, font in fonts.items()
    }
    assert {name: found for name, found in lacking.items() if found and name != "serif-italic"} == {}


def test_powers_of_ten_are_set_in_one_face(fonts: dict[str, TTFont]) -> None:
    for font in fonts.values():
        assert set(map(ord, power_of_ten(-1234567890))) <= font.getBestCmap().keys()


def test_no_face_bears_the_reserved_name_and_all_keep_copyright_and_licence(fonts: dict[str, TTFont]) -> None:
    for font in fonts.values():
        names = {record.nameID: str(record) for record in font["name"].names}
        assert not [text for number, text in names.items() if "Source" in text and number != 0]
        assert "Adobe" in names[0]
        assert "SIL Open Font License" in names[13]
    assert all(b"SIL OPEN FONT LICENSE Version 1.1" in text for text in licences().values())


def test_a_face_is_the_same_bytes_on_every_run(faces: dict[str, Typeface]) -> None:
    assert web_font(FACES[-1]) == faces[FACES[-1].name].content


def test_all_faces_weigh_at_most_66_kb(faces: dict[str, Typeface]) -> None:
    assert sum(len(face.content) for face in faces.values()) <= 66_000


def test_the_style_sheet_names_every_face_by_its_content(faces: dict[str, Typeface]) -> None:
    sheet = assets("", faces)["assets/site.css"]
    assert all(sheet.count(face.address.removeprefix("assets/")) == 1 for face in faces.values())
    assert not [name for name in faces if f"{name}.woff2" in sheet]


def test_pages_begin_with_every_face_but_the_italic_one_with_emphasis_alone(faces: dict[str, Typeface]) -> None:
    assert {address.split(".")[0]: element for address, element in preloaded(faces).items()} == {
        "assets/fonts/serif-regular": "",
        "assets/fonts/serif-italic": "em",
        "assets/fonts/sans-regular": "",
        "assets/fonts/sans-semibold": "",
    }
