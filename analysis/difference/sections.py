"""The sections of a preview, from two states of one edition: everything that moved, spelled out, with its cause."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from analysis.bundle.changes import changes_between
from analysis.bundle.state import QuantityState, Rows, State
from analysis.contract import ChangedNames, Changes, Section
from analysis.difference.causes import Causes, leaf, listed
from analysis.numerals import numbered, numeral, spelled

# Digits that show that two numbers differ: as many as it takes.
FEWEST_DIGITS, MOST_DIGITS = 4, 12
NOTHING: Final = "–"
# Larger whole numbers are rounded like all others.
LARGEST_WHOLE: Final = 1e7
# These tables repeat the quantities and the verdicts, which have sections of their own.
REPEATING: Final = frozenset({"data.quantities", "data.ledger"})
# The most characters of a field that are shown.
SHORT_VALUE: Final = 40
DOCS: Final = "docs/"
PAGES: Final = (".md", ".py")
T = TypeVar("T")


def compared(before: State, after: State, *, code_changed: bool) -> list[Section]:
    """What differs between two states of an edition, and why."""
    changes = changes_between(before, after)
    causes = Causes.of(changes, code_changed=code_changed)
    return [
        # First, because there can be hundreds of quantities and rows, and few of these.
        _section("Verdicts", ("Claim", "From", "To", "Its record"), _verdicts(before, after)),
        _section(
            "Quantities", ("Quantity", "From", "To", "Ratio", "Because of"), _quantities(before, after, changes, causes)
        ),
        _section(
            "Figures and tables",
            ("Exhibit", "Row", "Column", "From", "To", "Ratio", "Because of"),
            [
                *_exhibits("figure", before.figures, after.figures, changes.figures, causes),
                *_exhibits("table", before.tables, after.tables, changes.tables, causes),
            ],
        ),
        _section("Records", ("Record", "Label", "What"), _records(before, after, changes)),
    ]


def page_section(
    changed: Mapping[str, str],
    named: Mapping[str, set[str]],
    sections: Iterable[Section],
    listing: Mapping[str, Sequence[str]],
) -> Section:
    """The pages whose text was edited, and those that show what moved.

    From the files that changed, the names on authored pages, the sections, and what moved on the pages that list
    records: those that are generated go by their paths below docs/, where they have no file.
    """
    edited = {path: what for path, what in changed.items() if path.startswith(DOCS) and path.endswith(PAGES)}
    moved = {row[0].rpartition(" ")[2] for section in sections for row in section.rows}
    shown = {path: sorted(names & moved) for path, names in named.items() if names & moved}
    for page, names in listing.items():
        shown[page] = list(dict.fromkeys([*shown.get(page, ()), *names]))
    rows = [
        (
            path,
            edited.get(path, NOTHING if path.startswith(DOCS) else "generated"),
            listed(tuple(shown.get(path, ()))) or NOTHING,
        )
        for path in sorted({*edited, *shown})
    ]
    return _section("Pages", ("Page", "Text", "Shows what moved"), rows)


def summary(sections: Sequence[Section], base: str) -> str:
    """What a preview finds, in one line."""
    counted = ", ".join(f"{section.title.lower()}: {len(section.rows)}" for section in sections)
    return f"Changed since {base}: {counted}" if counted else f"Nothing changed since {base}"


def _section(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Section:
    return Section(title=title, columns=columns, rows=tuple(rows))


def _quantities(before: State, after: State, changes: Changes, causes: Causes) -> Iterator[tuple[str, ...]]:
    for moved in changes.quantities.moved:
        texts = _told_apart(_quantity_text, before.quantities[moved.name], after.quantities[moved.name])
        ratio = NOTHING if moved.ratio is None else _ratio(moved.before, moved.after)
        yield moved.name, *texts, ratio, causes.behind_quantity(moved.because)
    for name in changes.quantities.added:
        yield name, NOTHING, _quantity_text(after.quantities[name], FEWEST_DIGITS), NOTHING, NOTHING
    for name in changes.quantities.removed:
        yield name, _quantity_text(before.quantities[name], FEWEST_DIGITS), NOTHING, NOTHING, NOTHING


def _exhibits(
    kind: str, old: Mapping[str, Rows], new: Mapping[str, Rows], names: ChangedNames, causes: Causes
) -> Iterator[tuple[str, ...]]:
    """The cells that differ in figures and tables of one kind."""
    for name in names.moved:
        if name not in REPEATING:
            yield from _cells(f"{kind} {name}", old[name], new[name], causes)
    for name in names.added:
        yield f"{kind} {name}", NOTHING, NOTHING, NOTHING, _row_count(new[name]), NOTHING, NOTHING
    for name in names.removed:
        yield f"{kind} {name}", NOTHING, NOTHING, _row_count(old[name]), NOTHING, NOTHING, NOTHING


def _row_count(rows: Rows) -> str:
    return numbered(len(rows), "row")


def _cells(exhibit: str, old: Rows, new: Rows, causes: Causes) -> Iterator[tuple[str, ...]]:
    """The cells that differ between the rows of an exhibit, and the rows that only one side has."""
    before, after = _by_name(old, new)
    if before == after:
        yield exhibit, NOTHING, NOTHING, NOTHING, "other order of rows", NOTHING, "code"
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            texts = (NOTHING, "new row") if one is None else ("row", NOTHING)
            yield exhibit, name, NOTHING, *texts, NOTHING, causes.behind_cell(one or other or {}, (None, None))
        else:
            for column in dict.fromkeys([*one, *other]):
                values = one.get(column), other.get(column)
                if values[0] != values[1]:
                    texts = _told_apart(_cell_text, *values)
                    yield exhibit, name, column, *texts, _ratio(*values), causes.behind_cell(other, values)


def _by_name(old: Rows, new: Rows) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """The rows of both sides, named by the fewest leading columns that identify a row on either side."""
    columns = [column for column in (old or new or [{}])[0] if column in (new or old or [{}])[0]]
    for count in range(1, len(columns) + 1):
        before, after = (
            {", ".join(_cell_text(row[column], MOST_DIGITS) for column in columns[:count]): row for row in side}
            for side in (old, new)
        )
        if (len(before), len(after)) == (len(old), len(new)):
            return before, after
    return before, after


def _verdicts(before: State, after: State) -> Iterator[tuple[str, ...]]:
    """The claims with another verdict, and those whose record states one that does not follow from the numbers."""
    for name, claim in after.claims.items():
        earlier = before.claims[name].verdict if name in before.claims else NOTHING
        wrong = claim.verdict != claim.stated
        if wrong or earlier not in (NOTHING, claim.verdict):
            said = f"states '{claim.stated}', so no build accepts it" if wrong else "states the same"
            yield leaf(name, claim.file), earlier, claim.verdict, said


def _records(before: State, after: State, changes: Changes) -> Iterator[tuple[str, ...]]:
    """The records that say something else, those that are new, and those that are gone; then new works."""
    for entry in changes.records.changed:
        old, new = (json.loads(state.records[entry.collection][entry.id].content) for state in (before, after))
        fields = [_field(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]
        yield leaf(entry.id, entry.file), entry.label, "; ".join(fields) or "changed"
    for what, entries in (("added", changes.records.added), ("closed", changes.records.closed)):
        for entry in entries:
            yield leaf(entry.id, entry.file), entry.label, what
    for key in changes.references:
        yield f"references.bib#{key}", NOTHING, "added"


def _field(key: str, old: Any, new: Any) -> str:
    """A field of a record with both of its values, where these are short."""
    texts = _told_apart(_cell_text, old, new)
    return f"{key} {texts[0]} to {texts[1]}" if max(map(len, texts)) <= SHORT_VALUE else f"{key} changed"


def _told_apart(spell: Callable[[T, int], str], before: T, after: T) -> tuple[str, str]:
    """Two values with the fewest digits that show a difference."""
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        if (texts := (spell(before, digits), spell(after, digits)))[0] != texts[1]:
            return texts
    return spell(before, FEWEST_DIGITS), spell(after, FEWEST_DIGITS)


def _ratio(before: Any, after: Any) -> str:
    """The new value over the old one, where both are numbers."""
    if not before or not all(type(value) in (int, float) for value in (before, after)):
        return NOTHING
    return f"{_told_apart(numeral, 1.0, after / before)[1]}×"


def _quantity_text(quantity: QuantityState, digits: int) -> str:
    """A value with its unit and its interval."""
    text = spelled(quantity.value, quantity.unit, _kept(quantity.value, digits))
    if quantity.low is None and quantity.high is None:
        return text
    return f"{text} ({_cell_text(quantity.low, digits)} to {_cell_text(quantity.high, digits)})"


def _cell_text(value: Any, digits: int) -> str:
    if value is None:
        return NOTHING
    if type(value) in (int, float):
        return numeral(value, _kept(value, digits))
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _kept(value: float, digits: int) -> int | None:
    """The digits to keep of a number: all of those of a small whole one."""
    return None if float(value).is_integer() and abs(value) < LARGEST_WHOLE else digits
