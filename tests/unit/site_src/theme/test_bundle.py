"""The style sheet and the two scripts of all pages: every file of the theme is in one of them."""

from site_src.theme.bundle import FIRST, FOLDER, STYLES, assets, small

PROPORTIONS = ".figure { aspect-ratio: 3 }\n"


def test_pages_ask_for_one_style_sheet_and_two_scripts() -> None:
    assert set(assets("", {})) == {"assets/site.css", "assets/theme.js", "assets/site.js"}


def test_every_style_is_in_the_style_sheet_which_ends_with_the_proportions_of_drawings() -> None:
    sheet = assets(PROPORTIONS, {})["assets/site.css"]
    assert sheet.endswith(small("text/css", PROPORTIONS))
    parts = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "styles").glob("*.css")}
    assert set(STYLES) == set(parts)
    assert all(small("text/css", text) in sheet for text in parts.values())


def test_styles_come_in_the_order_in_which_later_ones_win() -> None:
    sheet = assets("", {})["assets/site.css"]
    parts = [(FOLDER / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    places = [sheet.index(small("text/css", part)) for part in parts]
    assert places == sorted(places)
    assert (STYLES[0], STYLES[-1]) == ("typefaces", "print")
    assert len(sheet) < 0.9 * sum(map(len, parts))


def test_the_script_that_runs_first_is_apart_from_the_others() -> None:
    files = assets("", {})
    first = (FOLDER / "scripts" / f"{FIRST}.js").read_text(encoding="utf-8")
    assert files["assets/theme.js"] == small("application/javascript", first)
    assert "$theme=" not in files["assets/site.js"]
