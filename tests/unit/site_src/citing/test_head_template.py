"""The tags of a head, as the template writes them."""

import json

from site_src.citing.citable import Citable
from site_src.citing.head_metadata import Picture, head
from site_src.components.faces import HTML

HOME = "https://example.org/2026-11/"
NASTY = "\"><script>alert(1)</script> & 'x'"


def head_of(title: str, picture: Picture | None = None) -> list[str]:
    """The lines of the head of a page about a system."""
    thing = Citable(
        slug="system-one",
        kind="system",
        title=title,
        description="All of it.",
        edition="2026-11",
        published="2026-11-28",
        evidence="2026-11-23",
        address=f"{HOME}systems/one/",
        home=HOME,
    )
    return head(thing, HTML, picture=picture).split("\n")


def test_every_tag_has_a_line_of_its_own_with_links_first_and_data_last() -> None:
    lines = head_of("One")
    assert [line.split(" ")[0] for line in lines[:5]] == ["<link"] * 4 + ["<meta"]
    assert lines[0] == f'<link rel="cite-as" href="{HOME}systems/one/">'
    assert lines[1].endswith(f'type="application/x-bibtex" href="{HOME}files/citations/system-one.bib">')
    assert '<meta name="DC.title" content="One (evidence as of November 2026)">' in lines
    assert '<meta property="og:type" content="article">' in lines
    assert lines[-1].startswith('<script type="application/ld+json">{')


def test_no_title_leaves_its_attribute_or_the_script() -> None:
    lines = head_of(NASTY)
    assert all(line.count("<") == 1 for line in lines[:-1])
    data = lines[-1].removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in data
    assert json.loads(data)["name"].startswith(NASTY)


def test_what_is_unknown_has_no_tag() -> None:
    assert not [line for line in head_of("One") if 'content=""' in line or "og:image" in line]
    picture = Picture(address=f"{HOME}files/cards/compute.png", width=1200, height=630, alt="")
    lines = [line for line in head_of("One", picture) if "og:image" in line]
    assert lines == [
        f'<meta property="og:image" content="{HOME}files/cards/compute.png">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
    ]
