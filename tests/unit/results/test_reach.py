"""How far a quantity moves within the rounding of its inputs: worked by hand, and against every corner."""

from itertools import product
from math import log2

import pytest

from analysis.results.collect import Findings
from analysis.results.quantity import Results
from analysis.results.reach import Reach
from analysis.results.trace import Observed, Series, Step


def observed(label: str, value: float, half_width: float = 0.0, instead_of: float | None = None) -> Observed:
    return Observed(
        value=value,
        unit="1",
        label=label,
        record="data/a.toml",
        sources=("amodei2018ai",),
        half_width=half_width,
        instead_of=instead_of,
    )


@pytest.fixture
def results() -> Results:
    """A quotient of two rounded numbers, a number made from the quotient, and one of a series and a step."""
    made = Results()
    given = {"a": observed("a", 10.0, 1.0), "b": observed("b", 2.0, 0.5, instead_of=2.5), "c": observed("c", 3.0)}
    for name, law, inputs, formula in (
        ("some.quotient", lambda a, b: a / b, {"a": given["a"], "b": given["b"]}, r"\frac{a}{b}"),
        ("some.doublings", log2, {"q": "some.quotient"}, r"\log_2 q"),
        ("some.share", lambda q, a: q / a, {"q": "some.quotient", "a": given["a"]}, r"\frac{q}{a}"),
        (
            "some.sum",
            lambda members, step: sum(members) + step,
            {
                "s": Series(members=("some.quotient", given["c"]), unit="1", label="both"),
                "d": Step(law=lambda c: 2 * c, inputs={"c": given["c"]}, unit="1", label="twice"),
            },
            "s + d",
        ),
        ("some.exact", lambda c: c, {"c": given["c"]}, "c"),
    ):
        made.add(made.compute(name, law, inputs, unit="1", summary="A number.", formula=formula))
    return made


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        # 9 / 2.5 and 11 / 1.5.
        ("some.quotient", 3.6, 22 / 3),
        ("some.doublings", log2(3.6), log2(22 / 3)),
        # (a / b) / a is one over b, whatever a is: 1 / 2.5 and 1 / 1.5.
        ("some.share", 0.4, 2 / 3),
        # The quotient, and 3 + 2 x 3 that is exact.
        ("some.sum", 12.6, 9 + 22 / 3),
        ("some.exact", 3.0, 3.0),
    ],
)
def test_the_ends_are_those_of_the_inputs(results: Results, name: str, low: float, high: float) -> None:
    assert Reach(results).interval(name) == pytest.approx((low, high), rel=1e-12)


def test_without_a_shift_a_quantity_has_its_own_value(results: Results) -> None:
    reach = Reach(results)
    assert {name: reach.value(name) for name in results.quantities} == {
        name: quantity.value for name, quantity in results.quantities.items()
    }


def test_an_inferred_input_can_be_put_back(results: Results) -> None:
    reach = Reach(results)
    # 10 / 2.5.
    assert reach.value("some.quotient", reach.without_inferred("some.quotient")) == pytest.approx(4.0, rel=1e-12)


def test_every_quantity_of_an_edition_is_what_its_trace_makes_it(findings: Findings) -> None:
    reach = Reach(findings.results)
    assert [name for name, quantity in findings.results.quantities.items() if reach.value(name) != quantity.value] == []


@pytest.mark.parametrize("name", ["worked.vgg.gpu_time", "efficiency.alexnet.factor", "efficiency.go.doubling_time"])
def test_no_corner_is_outside(findings: Findings, name: str) -> None:
    reach = Reach(findings.results)
    rounded = [found for found in reach.observed(name) if found.half_width]
    corners = [
        reach.value(name, dict(zip(rounded, signs, strict=True)))
        for signs in product(*((-found.half_width, found.half_width) for found in rounded))
    ]
    assert reach.interval(name) == pytest.approx((min(corners), max(corners)), rel=1e-12)
