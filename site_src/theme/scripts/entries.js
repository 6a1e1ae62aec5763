// Entries of numbers, which are folded: the one that an address names opens. In a list of a topic, where the entries once
// were, the name leads on to the page that has the entry now.

function openNamed() {
  const named = document.getElementById(location.hash.slice(1))
  if (named?.matches(".quantity-entry, .quantity-group")) named.open = true
  else if (named?.matches(".quantity-list > li")) location.replace(named.querySelector("a").href)
}

addEventListener("hashchange", openNamed)
openNamed()
