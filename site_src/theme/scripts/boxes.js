// Boxes of tables: the keyboard stops at those alone that scroll.

const scrolls = box => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight

const fitting = new ResizeObserver(entries => {
  // All are measured before any is changed, as a change has the next one laid out anew.
  for (const [box, stops] of entries.map(({ target }) => [target, scrolls(target)])) {
    if (stops) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }
})

for (const box of document.querySelectorAll(".table-box")) fitting.observe(box)
