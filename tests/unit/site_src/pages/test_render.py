"""Rendering a page: what a name becomes, and what is said about a name that does not exist."""

import re
from pathlib import Path

import pytest

from analysis.artifacts import Bundle
from site_src.addresses import exhibit_anchor
from site_src.components.figure_controls import CHOICES, PARTS
from site_src.context import PageContext
from site_src.errors import PageError
from site_src.formatting import abbreviated
from site_src.pages.render import render_page, with_fragments
from tests.sites import Context


@pytest.fixture
def context(context_of: Context) -> PageContext:
    return context_of("posts/page.md")


def rendered(context: PageContext, text: str) -> str:
    return render_page(text, context).markdown


def test_a_quantity_is_written_with_its_unit_and_a_link_to_its_entry(context: PageContext) -> None:
    # 3.438 months at two digits; the page lies one folder deep.
    assert rendered(context, "{{ compute.modern.doubling_time | digits(2) }}").startswith(
        "[3.4\u00a0months](../results/compute.md#compute.modern.doubling_time){ .quantity }"
    )


def test_filters_choose_interval_bound_bare_number_and_plain_text(context: PageContext) -> None:
    name = "compute.modern.doubling_time | digits(2) | plain"
    assert rendered(context, f"{{{{ {name} | interval }}}}") == "2.6 to 5.1\u00a0months"
    assert rendered(context, f"{{{{ {name} | bare }}}}") == "3.4"
    assert rendered(context, f"{{{{ {name} | low | bare }}}}") == "2.6"


def test_citations_are_numbered_in_order_of_appearance_and_listed_with_links_back(context: PageContext) -> None:
    text = rendered(
        context, '{{ cite("moore1965cramming") }} {{ cite("amodei2018ai") }} {{ cite("moore1965cramming") }}'
    )
    assert text.index("[\\[1\\]](#ref-moore1965cramming)") < text.index("[\\[2\\]](#ref-amodei2018ai)")
    listed = text[text.index("## References") :]
    assert (
        listed.index("1. <span") < listed.index("Moore, G. E.") < listed.index("2. <span") < listed.index("Amodei, D.")
    )
    assert "(#cite-moore1965cramming-1)" in listed
    assert "(#cite-moore1965cramming-2)" in listed


def test_a_table_and_a_calculation_have_one_way_back_for_each_work(context: PageContext) -> None:
    page = rendered(context, '{{ calculation("alexnet", "operations") }}\n\n{{ calculation("alexnet", "gpu_time") }}')
    body, listed = page.split("## References")
    assert body.count("](#ref-amodei2018ai)") > 4
    assert re.findall(r"\(#(cite-amodei2018ai-\d+)\)", listed) == re.findall(r"#(cite-amodei2018ai-\d+) }", body)
    assert listed.count("(#cite-amodei2018ai-") == 2


def test_a_figure_is_numbered_and_a_reference_leads_to_it_on_its_own_page(context: PageContext) -> None:
    page = render_page(
        '{{ figref("compute.two_eras") }}\n\n{% call figure("compute.two_eras") %}Words.{% endcall %}', context
    )
    text = with_fragments(page.markdown, page.fragments)
    assert text.startswith('<a href="#figure-compute-two-eras">Figure 3</a>')
    assert "**Figure 3.** Words." in text


def test_a_reference_to_a_figure_of_another_page_leads_to_its_own_page(context: PageContext) -> None:
    page = render_page('{{ figref("compute.two_eras") }}', context)
    assert with_fragments(page.markdown, page.fragments) == ('<a href="../../figures/compute-two-eras/">Figure 3</a>')


def test_drawings_pass_beside_markdown_and_stand_in_the_html(context: PageContext) -> None:
    page = render_page('{% call figure("compute.two_eras") %}Words.{% endcall %}', context)
    assert "<svg" not in page.markdown
    html = with_fragments("<p><!--fragment:0--></p>", page.fragments)
    assert html.count("<svg") == 2


def test_text_of_a_record_is_never_worked_out(context: PageContext) -> None:
    assert rendered(context, "{{ rendered('VGG {{ 7*7 }} {% if x %}') }}") == (
        "VGG &#123;&#123; 7&#42;7 &#125;&#125; &#123;% if x %&#125;"
    )


def test_a_number_named_in_text_of_a_record_is_linked_and_an_unknown_one_stops_the_build(context: PageContext) -> None:
    assert ".quantity }" in rendered(context, "{{ rendered('is {{ compute.modern.doubling_time }}') }}")
    with pytest.raises(PageError, match=r"no quantity 'compute.modern.doubling_tim'; did you mean"):
        rendered(context, "{{ rendered('is {{ compute.modern.doubling_tim }}') }}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ bundle.__class__ }}", "access to attribute '__class__'"),
        ("{{ bundle.folder.joinpath('x') }}", "access to attribute 'folder'"),
        ("{{ figure.__func__.__globals__ }}", "access to attribute '__func__'"),
        ("{{ site.bundles.clear() }}", "access to attribute 'clear'"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "includes itself"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ none }}", "an expression has no value (None)"),
        ("{{ quantity('compute.modern.doublings').record.low }}", "an expression has no value (None)"),
        ("{{ [1][4] }}", "no name '4'"),
    ],
)
def test_a_page_can_neither_leave_its_sandbox_nor_end_in_a_traceback(
    context: PageContext, text: str, message: str
) -> None:
    with pytest.raises(PageError) as caught:
        rendered(context, text)
    assert str(caught.value).startswith("docs/posts/page.md:1: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_text_of_a_record_cannot_act_as_markup(context: PageContext) -> None:
    text = rendered(context, "{{ rendered('<script>alert(1)</script> | [x](y) *z*') }}")
    assert text == "&#60;script&#62;alert(1)&#60;/script&#62; &#124; &#91;x&#93;(y) &#42;z&#42;"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (
            "{{ compute.modern.doubling_tim }}",
            "no quantity 'compute.modern.doubling_tim'; did you mean 'compute.modern.doubling_time'?",
        ),
        ("{{ compute.modern }}", "'compute.modern' is a group of quantities; expected the name of one"),
        ("{{ comptue.modern.n }}", "no name 'comptue'; did you mean 'compute'?"),
        ('{{ cite("amodei2018a") }}', "no reference 'amodei2018a'; did you mean 'amodei2018ai'?"),
        (
            '{% call figure("compute.two_era") %}{% endcall %}',
            "no figure 'compute.two_era'; did you mean 'compute.two_eras'?",
        ),
        ('{{ figref("compute.two_era") }}', "no figure 'compute.two_era'; did you mean 'compute.two_eras'?"),
        ('{% call table("compute.trend") %}{% endcall %}', "no table 'compute.trend'; did you mean 'compute.trends'?"),
        ('{{ tableref("compute.trend") }}', "no table 'compute.trend'; did you mean 'compute.trends'?"),
        (
            '{{ printed("compute-2018.doubling-tim") }}',
            "no claim 'compute-2018.doubling-tim'; did you mean 'compute-2018.doubling-time'?",
        ),
        (
            '{{ calculation("alexnet", "gpu_tim") }}',
            "no calculation 'worked.alexnet.gpu_tim'; did you mean 'worked.alexnet.gpu_time'?",
        ),
        ("{{ compute.modern.n | interval }}", "'compute.modern.n' has no interval"),
        ("{{ 'x' | digits(2) }}", "expected a quantity before the filter, found 'x'"),
        ("{{ unclosed", "unexpected end of template, expected 'end of print statement'."),
    ],
)
def test_an_unknown_name_stops_with_page_line_and_the_nearest_name(
    context: PageContext, expression: str, message: str
) -> None:
    with pytest.raises(PageError) as caught:
        render_page(f"First line.\n\n{expression}\n", context, first_line=5)
    # The expression stands on the third line of a text that starts on the fifth of its file.
    assert str(caught.value) == f"docs/posts/page.md:7: {message}"


def test_a_figure_may_stand_once_on_a_page(context: PageContext) -> None:
    call = '{% call figure("compute.two_eras") %}Words.{% endcall %}\n'
    with pytest.raises(PageError, match="stands twice on the page"):
        rendered(context, call + call)


def test_every_template_is_used(bundle: Bundle) -> None:
    root = Path(__file__).resolve().parents[2]
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("site_src", "docs")
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".md", ".j2")
    ]
    for template in (root / "site_src" / "templates").iterdir():
        assert any(template.name in text for text in texts), template.name


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (10.0, "system", "10\u00a0systems"),
        (3.4384, "month", "3.438\u00a0months"),
        # A date to the day, and a count that would not fit.
        (12.41647, "year", "12.416\u00a0years"),
        (724406816, "MAC", "7.244 × 10⁸\u00a0multiply-adds"),
    ],
)
def test_beside_others_a_number_is_short(value: float, unit: str, text: str) -> None:
    assert abbreviated(value, unit) == text


def figure_html(context: PageContext, name: str) -> str:
    """A figure with all that stands under it."""
    fresh = PageContext(page=context.page, bundle=context.bundle, site=context.site)
    page = render_page(f'{{% call figure("{name}") %}}Words.{{% endcall %}}', fresh)
    return with_fragments(page.markdown, page.fragments)


def test_every_row_of_a_figure_stands_in_its_table_under_an_id_of_its_own(context: PageContext, bundle: Bundle) -> None:
    for name, record in bundle.figures.items():
        html = figure_html(context, name)
        rows = re.findall(r'<tr id="([^"]+)">', html)
        assert len(rows) == len(set(rows)) == len(record.rows)
        # What a point names is the end of the id of a row.
        named = set(re.findall(r'class="point" data-row="([^"]+)"', html))
        assert {f"{exhibit_anchor('figure', name)}-row-{row}" for row in named} == set(rows)


def test_a_row_leads_to_where_it_comes_from_and_a_range_is_one_cell(context: PageContext) -> None:
    html = figure_html(context, "compute.modern_trend")
    row = re.search(r'<tr id="figure-compute-modern-trend-row-dqn">.*?</tr>', html)
    assert row
    # DQN took 2.4e15 FLOP by the count of operations, with a factor of two each way; a pfs-day is 8.64e19 FLOP.
    assert '<th scope="row"><a href="../../systems/dqn/#worked.dqn.' in row[0]
    assert ">1.389 × 10⁻⁵ to 5.556 × 10⁻⁵</td>" in row[0]
    assert html.count("Error range (pfs-days)") == 1


def test_a_network_a_task_and_a_statement_lead_to_their_pages(context: PageContext) -> None:
    assert 'href="../../architectures/resnet18/"' in figure_html(context, "efficiency.alexnet_level")
    assert 'href="../../results/efficiency/#efficiency.go.factor"' in figure_html(context, "efficiency.across_tasks")
    ledger = figure_html(context, "ledger.worked_ratios")
    assert 'href="../../systems/vgg/#worked.vgg.gpu_time"' in ledger
    assert 'href="../../results/ledger/#compute-2018.appendix.' in ledger


@pytest.mark.parametrize(
    ("name", "legends"),
    [
        ("compute.modern_trend", ["Scale", "Show", "Domains"]),
        ("compute.modern_linear", ["Show", "Domains"]),
        ("compute.by_domain", []),
        ("compute.error_bars", ["Domains"]),
        ("efficiency.alexnet_level", ["Scale", "Runs", "Show"]),
        ("efficiency.across_tasks", ["Show"]),
    ],
)
def test_a_figure_offers_the_choices_that_make_sense_of_it(context: PageContext, name: str, legends: list[str]) -> None:
    html = figure_html(context, name)
    assert re.findall(r"<legend>(\w+)</legend>", html) == legends
    # Every group of radio buttons has one that is chosen at first, and a drawing for each scale in both widths.
    for group in set(re.findall(r'type="radio" name="([^"]+)"', html)):
        assert len(re.findall(rf'name="{group}" value="\w+" checked', html)) == 1
    assert html.count("<svg") == (4 if "Scale" in legends else 2)


def test_every_control_a_figure_asks_for_is_known(bundle: Bundle) -> None:
    asked = {control for record in bundle.figures.values() for control in record.controls}
    assert asked - {"domain"} == {*CHOICES, *PARTS}
