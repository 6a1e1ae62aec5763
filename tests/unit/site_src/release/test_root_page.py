"""The page above all editions."""

from html.parser import HTMLParser

from site_src.release.site_root import root_page


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_leads_to_the_newest_edition_with_and_without_a_click() -> None:
    tags = Tags(root_page("latest/")).tags
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=latest/"}) in tags
    assert ("a", {"href": "latest/"}) in tags
    assert ("link", {"rel": "icon", "href": "latest/assets/images/favicon.png"}) in tags


def test_the_page_is_a_whole_document_that_ends_in_a_line_end() -> None:
    page = root_page("latest/")
    assert page.startswith('<!doctype html>\n<html lang="en">\n')
    assert page.endswith("</html>\n")


def test_an_address_stays_in_its_attribute() -> None:
    assert "<b>" not in root_page('"><b>')
