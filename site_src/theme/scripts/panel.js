// What both halves of the what-if panel write their results with.

export const NOTHING = "–"

// Puts words at a place of the form, with the numbers behind them in full. What stays the same is not read out anew.
export function put(form, name, words, ...numbers) {
  const place = form.querySelector(`[data-output="${name}"]`)
  if (place.textContent !== words) place.textContent = words
  place.dataset.value = numbers.map(number => number ?? "none").join(" ")
}

export function drawn(parent, tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent.append(element)
  return element
}
