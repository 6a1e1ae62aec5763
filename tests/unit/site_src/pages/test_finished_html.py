"""Tables in boxes."""

from site_src.pages.table_wrappers import boxed

BOX = '<div class="table-box" role="group" aria-label="Table" tabindex="0">'


def test_every_table_gets_a_box_that_the_keyboard_reaches_and_nothing_else_changes() -> None:
    html = "<p>a</p><table><tr><th>1</th></tr></table>\n<table><tr><th>2</th></tr></table><p>b</p>"
    first, second = (f'{BOX}<table class="ruled"><tr><th>{number}</th></tr></table></div>' for number in (1, 2))
    assert boxed(html) == f"<p>a</p>{first}\n{second}<p>b</p>"


def test_a_table_loses_the_look_of_a_library_and_keeps_its_name() -> None:
    html = '<table border="1" class="dataframe" aria-label="Data"><tr><th>1</th></tr></table>'
    assert boxed(html) == f'{BOX}<table class="ruled" aria-label="Data"><tr><th>1</th></tr></table></div>'


def test_a_table_without_a_heading_says_that_it_holds_facts() -> None:
    assert boxed("<table><tr><td>1</td></tr></table>") == (
        f'{BOX}<table class="ruled facts"><tr><td>1</td></tr></table></div>'
    )
