// What a page gains where scripts run: numbers that open in place, buttons that copy, tables that sort,
// and the way to the next edition. Without scripts every number is a link to its entry.

const GAP = 6

function place(card, anchor) {
  const box = anchor.getClientRects()[0]
  const room = document.documentElement.clientWidth
  const left = Math.max(GAP, Math.min(box.left, room - card.offsetWidth - GAP))
  const below = box.bottom + GAP
  const above = box.top - GAP - card.offsetHeight
  const last = window.innerHeight - GAP - card.offsetHeight
  // Below the number where there is room, else above it, else as low as it fits into the window.
  const top = below <= last ? below : above >= GAP ? above : Math.max(GAP, last)
  card.style.left = `${left + window.scrollX}px`
  card.style.top = `${top + window.scrollY}px`
}

function openCard(anchor, byKeyboard) {
  const card = document.getElementById(`card-${decodeURIComponent(anchor.hash.slice(1))}`)
  card.showPopover({ source: anchor })
  place(card, anchor)
  anchor.setAttribute("aria-expanded", "true")
  card.ontoggle = ({ newState }) => anchor.setAttribute("aria-expanded", String(newState === "open"))
  if (byKeyboard) card.focus({ preventScroll: true })
}

function makeNumbersOpen() {
  if (!HTMLElement.prototype.showPopover) return
  for (const anchor of document.querySelectorAll("a.quantity")) {
    if (!document.getElementById(`card-${decodeURIComponent(anchor.hash.slice(1))}`)) continue
    anchor.setAttribute("role", "button")
    anchor.setAttribute("aria-haspopup", "dialog")
    anchor.setAttribute("aria-expanded", "false")
    anchor.addEventListener("click", event => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      openCard(anchor, event.detail === 0)
    })
    anchor.addEventListener("keydown", event => {
      if (event.key !== " ") return
      event.preventDefault()
      openCard(anchor, true)
    })
  }
}

function makeButtonsCopy() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      const label = button.textContent
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
      button.textContent = "Copied"
      setTimeout(() => { button.textContent = label }, 1500)
    })
  }
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

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

// Later editions are unknown to a page that never changes; the list of editions beside it knows them.
async function nameNextEdition() {
  const marks = document.querySelectorAll("[data-next-edition]")
  if (!marks.length || location.protocol === "file:") return
  const { base } = JSON.parse(document.getElementById("__config").textContent)
  const root = new URL(`${base}/../`, location.href)
  const here = document.querySelector("meta[name=edition]").content
  const answer = await fetch(new URL("versions.json", root))
  if (!answer.ok) return
  const next = (await answer.json()).map(({ version }) => version).filter(version => version > here).sort()[0]
  if (!next) return
  for (const mark of marks) {
    const link = document.createElement("a")
    link.href = new URL(`${next}/${mark.dataset.nextEdition}`, root)
    link.textContent = `next: ${next}`
    mark.replaceChildren(" · ", link)
  }
}

makeNumbersOpen()
makeButtonsCopy()
makeTablesSort()
nameNextEdition()
