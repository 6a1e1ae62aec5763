// Lists that a reader narrows by words, by the part of the list, and by verdict. Without scripts they are whole.

import { soon } from "./soon.js"

const withText = row => [row, row.textContent.toLowerCase()]

soon(() => {
  const filters = document.querySelector(".filters")
  if (!filters) return
  const { words, group, verdict } = filters.elements
  const shown = filters.querySelector("output")
  const parts = [...document.querySelectorAll("[data-group]")].map(part => [part, [...part.querySelectorAll("[data-verdict]")].map(withText)])
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/)
    let count = 0
    for (const [part, rows] of parts) {
      const isChosen = !group.value || group.value === part.dataset.group
      let left = 0
      for (const [row, text] of rows) {
        row.hidden = !(isChosen && row.dataset.verdict.includes(verdict.value) && wanted.every(word => text.includes(word)))
        left += !row.hidden
      }
      part.hidden = !left
      if (part.localName === "details") part.open = left && (words.value || group.value || verdict.value)
      count += left
    }
    shown.textContent = `${count} shown`
  }
  filters.addEventListener("input", show)
  // What the browser kept of an earlier visit.
  if (words.value || group.value || verdict.value) show()
})
