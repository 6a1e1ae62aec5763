"""What is typed on a keyboard is shown as it is printed, but not in code, formulas and addresses."""

import pytest

from analysis.numerals import NO_BREAK_SPACE
from site_src.typography import typeset, typeset_markdown, typeset_page


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Moore's law and the authors' level", "Moore’s law and the authors’ level"),
        ("the '90s, it's said", "the ’90s, it’s said"),
        ("\"AI and compute\" ('quoted')", "“AI and compute” (‘quoted’)"),
        ("an input of 3x224x224, a 1x1 convolution", "an input of 3×224×224, a 1×1 convolution"),
        ("8x H100 or 4x as many", "8× H100 or 4x as many"),
        ("Electronic `Brain' Teaches Itself", "Electronic ‘Brain’ Teaches Itself"),
        ("about 10^20 and 10^-3", "about 10²⁰ and 10⁻³"),
        ("dies of 814 mm^2", "dies of 814 mm²"),
        ("11.4 * 10^9 on 8*V100, RNNsearch-50* and a * b", "11.4 × 10⁹ on 8×V100, RNNsearch-50* and a * b"),
        ("1-8 GPUs, 0.001-0.1 pfs-days, 4-5x per year", "1–8 GPUs, 0.001–0.1 pfs-days, 4–5x per year"),
        ("2012-2018, 900-1,000 (pp. 5-10).", "2012–2018, 900–1,000 (pp. 5–10)."),
        *[
            (kept, kept)
            for kept in ("2018-05-16", "2018-05", "Serial No. 115-79", "Llama 3-70B", "VGG-16", "3.4-month")
        ],
        *[(kept, kept) for kept in ("arXiv:1803-1804", "10.1/23-45", "978-3-16-148410-0", "1-2-3", "v1.0-2.0")],
        ("ResNeXt-50 32x4d, 0x1f, 300,000x, Mixtral 8x22B", "ResNeXt-50 32x4d, 0x1f, 300,000x, Mixtral 8x22B"),
    ],
)
def test_text_is_typeset_once(typed: str, printed: str) -> None:
    assert typeset(typed) == printed
    assert typeset(printed) == printed


def test_in_html_all_but_prose_stays() -> None:
    html = (
        "<p title=\"it's\">It&#39;s &quot;so&quot; in <em>Nature</em>'s <code>f('3x3')</code>.</p>"
        '<p>"Yes"</p><script>let a = "b\'s"</script><script type="text/html"><p>Moore\'s</p></script>'
    )
    assert typeset_page(html) == (
        "<p title=\"it's\">It’s “so” in <em>Nature</em>’s <code>f('3x3')</code>.</p>"
        '<p>“Yes”</p><script>let a = "b\'s"</script><script type="text/html"><p>Moore’s</p></script>'
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<td>0&#46;001-0.1 and <a>2-3</a></td>", "<td>0.001–0.1 and <a>2–3</a></td>"),
        ("<td>10&#94;20, 11.4 &#42; 10&#94;9</td>", "<td>10²⁰, 11.4~×~10⁹</td>"),
        ("<p>(<a>Figure 9</a>)</p>", "<p>(<a>Figure~9</a>)</p>"),
        ("<p>p = <a>0.041</a>, n = 15</p>", "<p>p~=~<a>0.041</a>, n~=~15</p>"),
        (
            "<p>7.47 × 10⁷ and <td>1.2 × 10<sup>3</sup></td>, 2 × 10 days</p>",
            "<p>7.47~×~10⁷ and <td>1.2~×~10<sup>3</sup></td>, 2 × 10 days</p>",
        ),
        ("<p>A figure 9 <code>n = 15</code></p>", "<p>A figure 9 <code>n = 15</code></p>"),
    ],
)
def test_a_line_of_a_page_ends_in_no_name_of_a_number(typed: str, printed: str) -> None:
    assert typeset_page(typed) == printed.replace("~", NO_BREAK_SPACE)


def test_in_a_copy_code_formulas_and_addresses_stay() -> None:
    typed = "It's `it's`, $f'$ and [the authors'](../a's.md)\n\n```\n'3x3'\n```\n"
    assert typeset_markdown(typed) == "It’s `it's`, $f'$ and [the authors’](../a's.md)\n\n```\n'3x3'\n```\n"
