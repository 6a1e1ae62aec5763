"""Tables in boxes."""

from site_src.boxes import boxed


def test_every_table_gets_a_box_that_the_keyboard_reaches_and_nothing_else_changes() -> None:
    box = '<div class="table-box" role="group" aria-label="Table" tabindex="0">'
    html = "<p>a</p><table><tr><td>1</td></tr></table>\n<table border='1'><tr></tr></table><p>b</p>"
    assert boxed(html) == (
        f"<p>a</p>{box}<table><tr><td>1</td></tr></table></div>\n{box}<table border='1'><tr></tr></table></div><p>b</p>"
    )
