// Lists that a reader narrows by words, by the part of the list, and by verdict. Without scripts they are whole.

import { named, openNamed } from "./entries.js"
import { soon } from "./soon.js"
import { folded, wordsOf } from "./words.js"

const withText = row => [row, folded(row.textContent)]
const rowsOf = part => [...part.querySelectorAll("[data-verdict]")].map(withText)

soon(() => {
  const filters = document.querySelector(".filters")
  if (!filters) return
  const { words, group, verdict } = filters.elements
  const shown = filters.querySelector("output")
  const isNarrowed = () => words.value || group.value || verdict.value
  let parts
  const show = () => {
    // Read once they are asked for, with what the reader had open until then.
    parts ??= Array.from(document.querySelectorAll("[data-group]"), part => [part, part.open, rowsOf(part)])
    const wanted = wordsOf(words.value)
    let count = 0
    for (const [part, wasOpen, rows] of parts) {
      const isChosen = !group.value || group.value === part.dataset.group
      let left = 0
      for (const [row, text] of rows) {
        row.hidden = !(isChosen && row.dataset.verdict.includes(verdict.value) && wanted.every(word => text.includes(word)))
        left += !row.hidden
      }
      part.hidden = !left
      part.open = isNarrowed() ? left : wasOpen
      count += left
    }
    shown.textContent = `${count} shown`
  }
  // A link to a row that is left out shows the whole list.
  const showNamed = () => {
    const row = named()
    if (!row?.closest("[data-group] [hidden], [data-group][hidden]")) return
    words.value = group.value = verdict.value = ""
    show()
    openNamed()
    row.scrollIntoView()
  }
  filters.addEventListener("input", show)
  addEventListener("hashchange", showNamed)
  // What the browser kept of an earlier visit.
  if (isNarrowed()) show()
  showNamed()
})
