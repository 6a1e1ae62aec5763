// Asides that open in place, where the margin does not show them. Without scripts a mark leads to the foot of the page.

import { openCard } from "./numbers.js"
import { isSeen } from "./seen.js"
import { soon } from "./soon.js"

const DELAY = 200

let waiting

function wait(step) {
  clearTimeout(waiting)
  waiting = setTimeout(step, DELAY)
}

// Many marks may open one aside.
function makeAsideOpen(anchor, aside) {
  const isShown = () => isSeen(aside) && (!aside.matches(":popover-open") || anchor.ariaExpanded === "true")
  const show = byKeyboard => {
    // A click comes before the wait of the mouse is over, which would open again what Escape has closed by then.
    clearTimeout(waiting)
    if (isShown()) return
    aside.hidePopover()
    aside.removeAttribute("aria-hidden")
    openCard(aside, anchor, byKeyboard)
  }
  const leave = ({ pointerType }) => { if (pointerType === "mouse") wait(() => aside.hidePopover()) }
  anchor.addEventListener("click", event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || isShown()) return
    event.preventDefault()
    show(event.detail === 0)
  })
  const cite = anchor.closest(".cite")
  cite.addEventListener("pointerenter", ({ pointerType }) => { if (pointerType === "mouse") wait(show) })
  cite.addEventListener("pointerleave", leave)
  aside.onpointerenter = () => clearTimeout(waiting)
  aside.onpointerleave = leave
}

function makeAsidesOpen() {
  if (!HTMLElement.prototype.showPopover) return
  for (const anchor of document.querySelectorAll(".cite a[aria-describedby]")) {
    makeAsideOpen(anchor, document.getElementById(anchor.getAttribute("aria-describedby")))
  }
}

soon(makeAsidesOpen)
