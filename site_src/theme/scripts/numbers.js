// Numbers that open in place. Without scripts every number is a link to its entry.

import { place } from "./place.js"
import { soon } from "./soon.js"

export function openCard(card, anchor, byKeyboard) {
  card.onbeforetoggle = ({ newState }) => anchor.setAttribute("aria-expanded", String(newState === "open"))
  card.showPopover({ source: anchor })
  place(card, anchor)
  if (byKeyboard) card.focus({ preventScroll: true })
}

function makeNumbersOpen() {
  if (!HTMLElement.prototype.showPopover) return
  const written = document.getElementById("number-cards")
  written?.insertAdjacentHTML("beforebegin", written.textContent)
  for (const anchor of document.querySelectorAll("a.quantity")) {
    const card = document.getElementById(`card-${anchor.hash.slice(1)}`)
    if (!card) continue
    anchor.setAttribute("role", "button")
    anchor.setAttribute("aria-haspopup", "dialog")
    anchor.setAttribute("aria-expanded", "false")
    anchor.addEventListener("click", event => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      openCard(card, anchor, event.detail === 0)
    })
    anchor.addEventListener("keydown", event => {
      if (event.key !== " ") return
      event.preventDefault()
      openCard(card, anchor, true)
    })
  }
}

soon(makeNumbersOpen)
