// Asides that open in place, where the margin does not show them. Without scripts a mark leads to the foot of the page.

const DELAY = 200

function makeAsideOpen(anchor, aside) {
  let timer
  const show = byKeyboard => {
    if (aside.checkVisibility()) return
    aside.removeAttribute("aria-hidden")
    openCard(aside, anchor, byKeyboard)
  }
  anchor.addEventListener("click", event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || aside.checkVisibility()) return
    event.preventDefault()
    show(event.detail === 0)
  })
  const cite = anchor.closest(".cite")
  cite.addEventListener("pointerenter", ({ pointerType }) => {
    clearTimeout(timer)
    if (pointerType === "mouse") timer = setTimeout(show, DELAY)
  })
  cite.addEventListener("pointerleave", () => {
    clearTimeout(timer)
    if (aside.matches(":popover-open")) timer = setTimeout(() => aside.hidePopover(), DELAY)
  })
}

function makeAsidesOpen() {
  if (!HTMLElement.prototype.showPopover) return
  for (const anchor of document.querySelectorAll(".cite a[id]")) {
    const aside = document.getElementById(`aside-${anchor.id}`)
    if (aside) makeAsideOpen(anchor, aside)
  }
}

makeAsidesOpen()
