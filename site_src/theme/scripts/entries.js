// Entries of numbers and parts of lists, which are folded: the one that an address names, or names a row of, opens. Where
// entries or rows have been before, the name leads on to the page that has them now.

export const named = () => document.getElementById(location.hash.slice(1))

export function openNamed() {
  const target = named()
  const part = target?.closest(".ledger-group:not([open])")
  if (target?.matches(".quantity-entry, .quantity-group")) target.open = true
  else if (target?.matches(".quantity-list > li, .has-moved")) {
    const link = target.closest("li").querySelector("a")
    link.hash = location.hash
    location.replace(link.href)
  } else if (part) {
    part.open = true
    target.scrollIntoView()
  }
}

addEventListener("hashchange", openNamed)
openNamed()
