"""What moved between two states of an edition, spelled out."""

import json
from typing import Any

import pytest

from analysis.bundle.state import ClaimState, QuantityState, RecordState, Rows, State
from analysis.contract import Section
from analysis.difference.sections import compared, page_section, summary

RUNS = "data/runs.csv"


def quantity(value: float, *rests_on: str, low: float | None = None, high: float | None = None) -> QuantityState:
    return QuantityState(value=value, low=low, high=high, unit="month", rests_on=rests_on)


def record(content: str, *, file: str = RUNS, label: str = "A run") -> RecordState:
    return RecordState(file=file, label=label, since="2026-11", content=json.dumps({"note": content}))


def claim(verdict: str, stated: str) -> ClaimState:
    return ClaimState(file="data/claims/a_post.toml", verdict=verdict, stated=stated)


def state(**parts: Any) -> State:
    nothing: dict[str, Any] = {key: {} for key in ("quantities", "figures", "tables", "claims", "records")}
    return State(**{"edition": "2026-11", "references": (), **nothing, **parts})


def rows_of(title: str, before: State, after: State) -> list[tuple[str, ...]]:
    (section,) = [section for section in compared(before, after, code_changed=False) if section.title == title]
    return list(section.rows)


def cells(old: Rows, new: Rows, **parts: Any) -> list[tuple[str, ...]]:
    """The changes in the figure `a.b` between these rows; the parts are those of both states."""
    before, after = ({name: sides[side] for name, sides in parts.items()} for side in (0, 1))
    return rows_of("Figures and tables", state(figures={"a.b": old}, **before), state(figures={"a.b": new}, **after))


def test_a_changed_row_moves_what_rests_on_it_and_is_named() -> None:
    def side(value: float, content: str) -> State:
        quantities = {"a.moved": quantity(value, f"{RUNS}#one"), "a.still": quantity(2.0, f"{RUNS}#two")}
        return state(quantities=quantities, records={"runs": {"one": record(content), "two": record("the same")}})

    before, after = side(2.0, "old"), side(3.0, "new")
    # 3 / 2 = 1.5
    assert rows_of("Quantities", before, after) == [
        ("a.moved", "2\u00a0months", "3\u00a0months", "1.500×", f"{RUNS}#one"),
    ]
    assert rows_of("Records", before, after) == [(f"{RUNS}#one", "A run", "note old to new")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"n": 2.5}, {"n": 2.50001}, "n 2.50000 to 2.50001"),
        ({"n": 2.5, "m": 1}, {"m": 1}, "n 2.500 to –"),
        ({"note": "short"}, {"note": "long " * 9}, "note changed"),
    ],
)
def test_a_changed_record_is_listed_with_the_fields_that_differ(
    old: dict[str, Any], new: dict[str, Any], what: str
) -> None:
    before, after = (
        state(records={"runs": {"one": record("").model_copy(update={"content": json.dumps(content)})}})
        for content in (old, new)
    )
    assert rows_of("Records", before, after) == [(f"{RUNS}#one", "A run", what)]


def test_a_number_that_moves_over_the_same_records_is_moved_by_code() -> None:
    before, after = (state(quantities={"a.b": quantity(value, RUNS)}) for value in (2.0, 3.0))
    assert rows_of("Quantities", before, after)[0][-1] == "code"


def test_values_have_the_digits_that_tell_them_apart() -> None:
    before, after = (state(quantities={"a.b": quantity(value, RUNS)}) for value in (2.5, 2.50001))
    # 2.50001 / 2.5 = 1.000004
    assert rows_of("Quantities", before, after)[0][1:4] == ("2.50000\u00a0months", "2.50001\u00a0months", "1.000004×")


def test_an_interval_that_moves_alone_shows() -> None:
    before, after = (state(quantities={"a.b": quantity(2.0, RUNS, low=1.0, high=high)}) for high in (3.0, 4.0))
    assert rows_of("Quantities", before, after)[0][1:4] == (
        "2\u00a0months (1 to 3)",
        "2\u00a0months (1 to 4)",
        "1.000×",
    )


def test_quantities_that_are_new_or_gone_are_listed() -> None:
    before, after = (state(quantities={name: quantity(2.0, RUNS)}) for name in ("a.gone", "a.new"))
    assert [row[:3] for row in rows_of("Quantities", before, after)] == [
        ("a.new", "–", "2\u00a0months"),
        ("a.gone", "2\u00a0months", "–"),
    ]


def test_a_row_is_known_by_its_first_cells_and_not_by_its_place() -> None:
    old: Rows = [{"id": "b", "n": 2.0}, {"id": "c", "n": 4.0}]
    new: Rows = [{"id": "a", "n": 1.0}, {"id": "b", "n": 2.0}, {"id": "c", "n": 5.0}]
    assert [row[:6] for row in cells(old, new)] == [
        # 5 / 4 = 1.25
        ("figure a.b", "c", "n", "4", "5", "1.250×"),
        ("figure a.b", "a", "–", "–", "new row", "–"),
    ]


def test_rows_in_another_order_are_a_change() -> None:
    rows: Rows = [{"id": "a"}, {"id": "b"}]
    assert [row[4] for row in cells(rows, rows[::-1])] == ["other order of rows"]


def test_a_cell_is_moved_by_the_record_behind_the_quantity_of_its_values() -> None:
    quantities = [{"a.b": quantity(value, f"{RUNS}#one")} for value in (2.0, 3.0)]
    records = [{"runs": {"one": record(text), "two": record(text)}} for text in ("old", "new")]
    (cell,) = cells([{"x": "any", "n": 2.0}], [{"x": "any", "n": 3.0}], quantities=quantities, records=records)
    assert cell[-1] == f"{RUNS}#one"


@pytest.mark.parametrize(("name", "because"), [("two", f"{RUNS}#two"), ("any", f"{RUNS}#one, {RUNS}#two")])
def test_a_cell_without_a_quantity_is_moved_by_the_record_its_row_names_or_by_any(name: str, because: str) -> None:
    records = [{"runs": {key: record(text, label=key) for key in ("one", "two")}} for text in ("old", "new")]
    (cell,) = cells([{"x": name, "n": "old"}], [{"x": name, "n": "new"}], records=records)
    assert cell[3:] == ("old", "new", "–", because)


def test_a_verdict_that_flips_is_listed_and_whether_its_record_says_so() -> None:
    before = state(claims={name: claim("agrees", "agrees") for name in ("a.edited", "a.left", "a.same")})
    after = state(
        claims={
            "a.edited": claim("differs", "differs"),
            "a.left": claim("differs", "agrees"),
            "a.same": claim("agrees", "agrees"),
        }
    )
    assert rows_of("Verdicts", before, after) == [
        ("data/claims/a_post.toml#a.edited", "agrees", "differs", "states the same"),
        ("data/claims/a_post.toml#a.left", "agrees", "differs", "states 'agrees', so no build accepts it"),
    ]


def test_two_states_that_are_the_same_have_no_changes() -> None:
    same = state(quantities={"a.b": quantity(2.0, RUNS)}, claims={"a": claim("agrees", "agrees")})
    sections = compared(same, same, code_changed=False)
    assert [section.rows for section in sections] == [()] * len(sections)
    # Verdicts are few and matter most.
    assert [section.title for section in sections] == ["Verdicts", "Quantities", "Figures and tables", "Records"]


def test_pages_are_those_that_were_edited_and_those_that_show_what_moved() -> None:
    files = {"docs/a.md": "changed", "docs/b.css": "changed", "README.md": "changed", "docs/notebooks/c.py": "added"}
    moved = [
        Section(title="Quantities", columns=("Quantity",), rows=(("a.moved",),)),
        Section(title="Figures and tables", columns=("Exhibit",), rows=(("figure a.drawn",),)),
    ]
    named = {"docs/a.md": {"a.still"}, "docs/d.md": {"a.moved", "a.drawn", "a.still"}}
    listing = {"docs/d.md": ["a.moved", "a.record"], "results/a.md": ["a.moved"]}
    assert page_section(files, named, moved, listing).rows == (
        ("docs/a.md", "changed", "–"),
        ("docs/d.md", "–", "a.drawn, a.moved, a.record"),
        ("docs/notebooks/c.py", "added", "–"),
        ("results/a.md", "generated", "a.moved"),
    )


def test_a_summary_counts_what_changed() -> None:
    section = Section(title="Pages", columns=("Page",), rows=(("docs/a.md",), ("docs/b.md",)))
    assert summary([section], "HEAD") == "Changed since HEAD: pages: 2"
    assert summary([], "HEAD") == "Nothing changed since HEAD"
