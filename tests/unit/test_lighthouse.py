"""How reports of Lighthouse are read."""

from typing import Any

import pytest

from tests.web.lighthouse import LEAST, TELEPHONE_INDEX, TRIES, failing, in_step, scores, shortfalls, slowdown


def report(score: float, audit: dict[str, Any]) -> dict[str, Any]:
    """A report with one audit that counts, in accessibility, and full scores elsewhere."""
    refs = [{"id": "label", "weight": 7}, {"id": "hint", "weight": 0}]
    categories = {name: {"score": 1, "auditRefs": []} for name in LEAST}
    hint = {"id": "hint", "title": "Hint", "score": 0, "scoreDisplayMode": "binary"}
    return {
        "categories": {**categories, "accessibility": {"score": score, "auditRefs": refs}},
        "audits": {"label": {"id": "label", "title": "Labels", "scoreDisplayMode": "binary", **audit}, "hint": hint},
    }


def test_a_report_that_falls_short_names_the_audit_and_the_element() -> None:
    element = {"node": {"snippet": "<input>"}}
    bad = report(0.97, {"score": 0, "details": {"items": [element, element]}})
    assert scores(bad) == {"performance": 100, "accessibility": 97, "best-practices": 100, "seo": 100}
    assert shortfalls(bad) == {"accessibility"}
    assert failing(bad) == ["label: Labels, 2 times, first at <input>"]


def test_a_report_with_full_scores_has_no_shortfall() -> None:
    assert shortfalls(report(1, {"score": 1})) == set()
    assert failing(report(1, {"score": 1})) == []


@pytest.mark.parametrize(("index", "times"), [(1_750, 4.0), (1_000, 2.3), (300, 1.0)])
def test_a_weak_machine_is_slowed_down_less(index: float, times: float) -> None:
    assert slowdown(index) == times


@pytest.mark.parametrize(
    ("speeds", "tried"),
    [
        ((3.0,), [3.0]),
        ((3.2,), [3.0]),
        ((4.0, 4.0), [3.0, 4.0]),
        ((4.0, 2.0, 2.1), [3.0, 4.0, 2.0]),
        ((4.0, 2.0) * TRIES, [3.0, *[4.0, 2.0] * TRIES][:TRIES]),
    ],
)
def test_a_run_counts_once_the_machine_is_slowed_down_as_fast_as_it_was_then(
    speeds: tuple[float, ...], tried: list[float]
) -> None:
    slowed, speed = [], iter(speeds)

    def run(times: float) -> dict[str, Any]:
        slowed.append(times)
        return {"run": len(slowed), "environment": {"benchmarkIndex": next(speed) * TELEPHONE_INDEX}}

    assert in_step(run, 3.0)["run"] == len(tried)
    assert slowed == tried
