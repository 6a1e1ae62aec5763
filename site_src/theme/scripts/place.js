// Places a card or a tooltip next to what it belongs to, never outside the window.

const GAP = 6

export function place(card, anchor) {
  const box = anchor.getClientRects()[0]
  const room = document.documentElement.clientWidth
  const left = Math.max(GAP, Math.min(box.left, room - card.offsetWidth - GAP))
  const below = box.bottom + GAP
  const above = box.top - GAP - card.offsetHeight
  const last = window.innerHeight - GAP - card.offsetHeight
  // Below the number where there is room, else above it, else as low as it fits into the window.
  const top = below <= last ? below : above >= GAP ? above : Math.max(GAP, last)
  card.style.left = `${left + window.scrollX}px`
  card.style.top = `${top + window.scrollY}px`
}
