// Tables that sort by a click on a heading. One in parts is sorted as a whole; a third click restores its parts.

import { RAISED } from "./numerals.js"
import { soon } from "./soon.js"

// The number that a cell says, such as 1,860 or 3.05 × 10⁻⁷, or none.
function numberIn(cell) {
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value)
  const found = cell.textContent.trim().match(/^([-\d.,]+)?(?:\s×\s)?(?:10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/)
  if (!found[0]) return NaN
  const power = found[3] ? Number([...found[3]].map(digit => RAISED.indexOf(digit)).join("")) * (found[2] ? -1 : 1) : 0
  return Number((found[1] ?? "1").replaceAll(",", "")) * 10 ** power
}

function compare(one, other) {
  const [a, b] = [numberIn(one), numberIn(other)]
  if (Number.isNaN(a) || Number.isNaN(b)) return one.textContent.localeCompare(other.textContent, "en")
  return a - b
}

const isHeading = row => row.cells[0].scope === "rowgroup"

function nextOrder(order, parts) {
  if (order === "descending" && parts > 1) return null
  return order === "ascending" ? "descending" : "ascending"
}

function makeTablesSort() {
  for (const table of document.querySelectorAll(".sortable table")) {
    const headings = [...table.tHead.rows[0].cells]
    const parts = [...table.tBodies].map(part => [part, [...part.rows]])
    headings.forEach((heading, column) => {
      const button = document.createElement("button")
      button.type = "button"
      button.append(...heading.childNodes)
      heading.append(button)
      button.addEventListener("click", () => {
        const order = nextOrder(heading.getAttribute("aria-sort"), parts.length)
        headings.forEach(other => other.removeAttribute("aria-sort"))
        if (!order) return parts.forEach(([part, written]) => part.append(...written))
        heading.setAttribute("aria-sort", order)
        const rows = parts.flatMap(([part]) => [...part.rows])
        rows.filter(isHeading).forEach(row => row.remove())
        const sorted = rows.filter(row => !isHeading(row))
        sorted.sort((p, q) => compare(p.cells[column], q.cells[column]))
        parts[0][0].append(...(order === "ascending" ? sorted : sorted.reverse()))
      })
    })
  }
}

soon(makeTablesSort)
