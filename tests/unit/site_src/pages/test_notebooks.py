"""Notebooks as pages and as copies, and the limit of their time."""

import logging
import signal
import time

import pytest

from site_src.errors import PageError
from site_src.pages.notebooks import as_markdown, limited, slimmed

NAME = "docs/notebooks/a.py"


def test_styles_scripts_and_buttons_of_libraries_are_left_out() -> None:
    html = (
        "a<style>x</style>b<script src='y'>\n</script>c<clipboard-copy for='z'>d</clipboard-copy>e"
        '<div class="clipboard-copy-txt" id="f">g</div>h<styled>i</styled>'
    )
    assert slimmed(html) == "abceh<styled>i</styled>"


def test_ids_of_cells_are_numbers_in_their_order() -> None:
    html = '<a href="#cell-id=0f"></a><div id="cell-id=ab"><p id="cell-id=0f"></p></div><a href="#cell-id=ab">'
    assert slimmed(html) == (
        '<a href="#notebook-cell-2"></a><div id="notebook-cell-1"><p id="notebook-cell-2"></p></div>'
        '<a href="#notebook-cell-1">'
    )


def test_a_copy_has_the_text_as_it_is_and_the_code_in_fences() -> None:
    source = (
        "# ---\n# jupyter: x\n# ---\n\n# %% [markdown]\n# # Title\n#\n# Text.\n\n# %%\na = 1\n# comment\n\n# %%\n\nb\n"
    )
    assert as_markdown(source) == "# Title\n\nText.\n\n```python\na = 1\n# comment\n```\n\n```python\nb\n```"


def test_a_notebook_within_its_limit_leaves_no_alarm() -> None:
    with limited(NAME, 300):
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 300
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_what_handled_alarms_before_does_so_again() -> None:
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        with limited(NAME, 300):
            pass
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGALRM, before)


def test_over_its_limit_a_notebook_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.getLogger("asyncio")
    monkeypatch.setattr(log, "level", log.level)
    with pytest.raises(PageError) as caught, limited(NAME, 1):
        time.sleep(60)
    assert str(caught.value) == f"{NAME}: still running after 1 s; expected it to end by then"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


class CellError(Exception):
    """As kernels wrap the errors of cells."""

    ename, evalue = "ZeroDivisionError", "division\n  by zero"


@pytest.mark.parametrize(
    ("error", "message"),
    [(CellError("long"), "ZeroDivisionError: division by zero"), (ValueError("a\nb"), "ValueError: a b")],
)
def test_a_notebook_that_fails_is_reported_in_one_line(error: Exception, message: str) -> None:
    with pytest.raises(PageError) as caught, limited(NAME, 300):
        raise error
    assert str(caught.value) == f"{NAME}: {message}"


def test_an_interruption_is_no_fault_of_the_notebook() -> None:
    with pytest.raises(KeyboardInterrupt), limited(NAME, 300):
        raise KeyboardInterrupt
