// The table of models: a search over all cells, and how many rows are shown.

import { soon } from "./soon.js"

soon(() => {
  const part = document.getElementById("models")
  if (!part) return
  const rows = [...part.querySelectorAll("tbody tr")]
  const search = part.querySelector("input[type=search]")
  const shown = part.querySelector("[role=status]")
  const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]))
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/)
    for (const row of rows) row.hidden = !words.every(word => texts.get(row).includes(word))
    const count = rows.filter(row => row.getClientRects().length).length
    shown.textContent = `${count} of ${rows.length} models`
  }
  search.parentElement.hidden = false
  part.addEventListener("input", show)
  show()
})
