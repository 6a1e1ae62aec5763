// Entries of numbers and parts of lists, which are folded: the one that an address names, or names a row of, opens. In a
// list of a topic, where the entries once were, the name leads on to the page that has the entry now.

export const named = () => document.getElementById(location.hash.slice(1))

export function openNamed() {
  const target = named()
  const part = target?.closest(".ledger-group:not([open])")
  if (target?.matches(".quantity-entry, .quantity-group")) target.open = true
  else if (target?.matches(".quantity-list > li")) location.replace(target.querySelector("a").href)
  else if (part) {
    part.open = true
    target.scrollIntoView()
  }
}

addEventListener("hashchange", openNamed)
openNamed()
