// Calculations and tables far below are laid out late, so that the page is soon of use. Laid out as a reader comes to
// them, they would push down what is in sight: so all are, a few at a time, from the reader's first move on.

const far = [...document.querySelectorAll(".worked, .data-table, .table-box")]

function layOut(idle) {
  do {
    const part = far.shift()
    if (!part) return
    part.style.contentVisibility = "visible"
    // Asked for its place, the part is laid out at once. Half of the time is left for what follows from it.
    part.getBoundingClientRect()
  } while (idle.timeRemaining() > 25)
  requestIdleCallback(layOut)
}

// Safari has none, and keeps to what the styles say.
if (window.requestIdleCallback) {
  const begin = () => requestIdleCallback(layOut)
  for (const move of ["pointermove", "scroll"]) addEventListener(move, begin, { once: true })
  // A reader who followed a link to a place, or scrolled before this ran, has moved already.
  if (scrollY) begin()
}
