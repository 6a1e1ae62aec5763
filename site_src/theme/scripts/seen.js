// Whether a reader sees an element. Safari before 17.4 has no method for it.

export function isSeen(element) {
  if (element.checkVisibility) return element.checkVisibility({ visibilityProperty: true })
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible"
}
