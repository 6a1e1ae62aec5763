"""What a quantity rests on in the end, and what is made from it."""

from analysis.results.collect import Findings
from analysis.results.lineage import lineages
from analysis.results.quantity import Results
from analysis.results.trace import Observed


def observed(record: str) -> Observed:
    """A value of two from a record."""
    return Observed(value=2.0, unit="1", label="a number", record=record, sources=("amodei2018ai",))


def four_numbers() -> Results:
    """`a` of one record; `b` of `a` and a second record; `c` of `b` and `a`; `d` only of a third record."""
    results = Results()
    made = {
        "some.a": {"x": observed("data/assumptions.toml#a")},
        "some.b": {"x": "some.a", "y": observed("data/systems/alexnet.toml")},
        "some.c": {"x": "some.b", "y": "some.a"},
        "some.d": {"x": observed("data/efficiency/games.csv#go")},
    }
    for name, inputs in made.items():
        formula = " + ".join(inputs)
        results.add(
            results.compute(name, lambda *given: sum(given), inputs, unit="1", summary="A sum.", formula=formula)
        )
    return results


def test_a_quantity_rests_on_every_record_below_it_once_in_the_order_of_its_trace() -> None:
    known = lineages(four_numbers())
    assert known["some.c"].rests_on == ("data/assumptions.toml#a", "data/systems/alexnet.toml")
    assert known["some.d"].rests_on == ("data/efficiency/games.csv#go",)


def test_a_quantity_is_used_by_those_that_take_it_as_an_input() -> None:
    used_by = {name: known.used_by for name, known in lineages(four_numbers()).items()}
    assert used_by == {"some.a": ("some.b", "some.c"), "some.b": ("some.c",), "some.c": (), "some.d": ()}


def test_no_quantity_of_an_edition_rests_on_another_quantity(findings: Findings) -> None:
    ends = {end for known in lineages(findings.results).values() for end in known.rests_on}
    assert ends
    assert ends & findings.results.quantities.keys() == set()


def test_those_that_use_a_quantity_rest_on_all_that_it_rests_on(findings: Findings) -> None:
    known = lineages(findings.results)
    pairs = [(known[name], known[user]) for name in known for user in known[name].used_by]
    assert pairs
    assert all(set(one.rests_on) <= set(other.rests_on) for one, other in pairs)
