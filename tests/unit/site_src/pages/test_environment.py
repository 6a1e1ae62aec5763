"""The sandbox of pages: what they may name, and that they can leave it nowhere."""

import os
from pathlib import Path

import pytest

from site_src.errors import PageError
from site_src.pages.environment import Sandbox, page_environment, page_names, page_template
from site_src.pages.macros import Macros
from tests.small_edition import QUANTITY, small_edition
from tests.unit.site_src.conftest import MakeContext, Render


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ bundle.__class__ }}", "access to attribute '__class__'"),
        ("{{ figure.__func__.__globals__ }}", "access to attribute '__func__'"),
        ("{{ site.bundles.clear() }}", "access to attribute 'clear'"),
        ("{{ compute.__init__ }}", "access to attribute '__init__'"),
        ("{{ none }}", "an expression has no value (None); expected one, or a condition around it"),
        ("{{ quantity('counting.alexnet.macs').record.low }}", "an expression has no value (None)"),
        ("{{ [1][4] }}", "no name '4'"),
        ("{{ range(3) }}", "no name 'range'"),
        ("{{ edtion.id }}", "no name 'edtion'; did you mean 'edition'?"),
        ("{% if edtion %}{% endif %}", "no name 'edtion'; did you mean 'edition'?"),
        ("{% for x in edtion %}{% endfor %}", "no name 'edtion'"),
        ("{% include 'missing.md.j2' %}", "missing.md.j2"),
        ("{% include '../html/number.j2' %}", "../html/number.j2"),
    ],
)
def test_a_page_can_neither_leave_its_sandbox_nor_end_in_a_traceback(rendered: Render, text: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        rendered(text)
    assert str(caught.value).startswith("docs/posts/page.md:1: ")
    assert message in str(caught.value)


def test_paths_and_modules_are_out_of_reach() -> None:
    sandbox = page_environment(frozenset())
    assert isinstance(sandbox, Sandbox)
    assert not sandbox.is_safe_attribute(object(), "folder", Path("a"))
    assert not sandbox.is_safe_attribute(object(), "os", os)
    assert sandbox.is_safe_attribute(object(), "name", "a")


def test_numbers_are_named_by_topic_scope_and_thing(rendered: Render) -> None:
    assert rendered(f"{{{{ {QUANTITY} | plain }}}}").markdown == "3.4\u00a0months"


@pytest.mark.parametrize("name", ["compute.tren.time", "compute.trend.tim"])
def test_part_of_a_name_that_does_not_exist_proposes_the_nearest_number(rendered: Render, name: str) -> None:
    with pytest.raises(PageError, match=r"no quantity '.*'; did you mean 'compute\."):
        rendered(f"{{{{ {name} }}}}")


def test_pages_of_one_edition_share_an_environment_and_its_compiled_texts(context: MakeContext) -> None:
    names = [frozenset(page_names(page, Macros(page))) for page in (context(page="a.md"), context(page="b.md"))]
    one, other = (page_environment(each) for each in names)
    assert one is other
    assert page_template(one, "a", "docs/a.md") is page_template(other, "a", "docs/a.md")
    assert page_template(one, "a", "docs/a.md") is not page_template(one, "a", "docs/b.md")


def test_text_of_a_page_is_not_escaped(rendered: Render) -> None:
    assert rendered("{{ '<b>' }}").markdown == "<b>"


def test_every_topic_of_the_edition_can_be_named(context: MakeContext) -> None:
    page = context(small_edition())
    assert {"compute", "counting", "worked", "system"} <= set(page_names(page, Macros(page)))
