// Numbers that open in place. Without scripts every number is a link to its entry.

import { place } from "./place.js"
import { soon } from "./soon.js"

export function openCard(card, anchor, byKeyboard) {
  card.onbeforetoggle = ({ newState }) => anchor.setAttribute("aria-expanded", String(newState === "open"))
  card.showPopover({ source: anchor })
  place(card, anchor)
  if (byKeyboard) card.focus({ preventScroll: true })
}

const written = document.getElementById("number-cards")

// There are hundreds of cards, which become part of the page once a reader opens one, or prints it.
function makeCards() {
  if (!written.isConnected) return
  written.insertAdjacentHTML("beforebegin", written.textContent)
  written.remove()
}

function makeNumbersOpen() {
  if (!written || !HTMLElement.prototype.showPopover) return
  const names = new Set(Array.from(written.textContent.matchAll(/ id="(card-[^"]+)"/g), found => found[1]))
  for (const anchor of document.querySelectorAll("a.quantity")) {
    const name = `card-${anchor.hash.slice(1)}`
    if (!names.has(name)) continue
    const open = byKeyboard => {
      makeCards()
      openCard(document.getElementById(name), anchor, byKeyboard)
    }
    anchor.setAttribute("role", "button")
    anchor.setAttribute("aria-haspopup", "dialog")
    anchor.setAttribute("aria-expanded", "false")
    anchor.addEventListener("click", event => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      open(event.detail === 0)
    })
    anchor.addEventListener("keydown", event => {
      if (event.key !== " ") return
      event.preventDefault()
      open(true)
    })
  }
  addEventListener("beforeprint", makeCards)
}

soon(makeNumbersOpen)
