"""From a number or a work back to the pages that state or cite it."""

from typing import Literal

from markupsafe import Markup

from site_src.context import PageContext


def uses(context: PageContext, verb: Literal["stated", "cited"], name: str) -> Markup:
    """The pages that state a number or cite a work, as a sentence."""
    pages = (context.site.stated_on if verb == "stated" else context.site.cited_on).get(name, [])
    links = [context.face.inline.link(context.url(page), context.site.titles[page]) for page in pages]
    return context.component("uses", verb=verb.capitalize(), links=links)
