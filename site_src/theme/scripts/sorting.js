// Tables that sort by a click on a heading.

import { RAISED } from "./numerals.js"
import { soon } from "./soon.js"

// The number that a cell says, such as 1,860 or 3.05 × 10⁻⁷, or none.
function numberIn(cell) {
  if (cell.dataset.value !== undefined) return Number(cell.dataset.value)
  const found = cell.textContent.trim().match(/^([-\d.,]+)?(?: × )?(?:10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/)
  if (!found[0]) return NaN
  const power = found[3] ? Number([...found[3]].map(digit => RAISED.indexOf(digit)).join("")) * (found[2] ? -1 : 1) : 0
  return Number((found[1] ?? "1").replaceAll(",", "")) * 10 ** power
}

function compare(one, other) {
  const [a, b] = [numberIn(one), numberIn(other)]
  if (Number.isNaN(a) || Number.isNaN(b)) return one.textContent.localeCompare(other.textContent, "en")
  return a - b
}

function makeTablesSort() {
  for (const table of document.querySelectorAll(".sortable table")) {
    const headings = [...table.tHead.rows[0].cells]
    headings.forEach((heading, column) => {
      const button = document.createElement("button")
      button.type = "button"
      button.append(...heading.childNodes)
      heading.append(button)
      button.addEventListener("click", () => {
        const rising = heading.getAttribute("aria-sort") !== "ascending"
        headings.forEach(other => other.removeAttribute("aria-sort"))
        heading.setAttribute("aria-sort", rising ? "ascending" : "descending")
        const rows = [...table.tBodies[0].rows].sort((p, q) => compare(p.cells[column], q.cells[column]))
        table.tBodies[0].append(...(rising ? rows : rows.reverse()))
      })
    })
  }
}

soon(makeTablesSort)
