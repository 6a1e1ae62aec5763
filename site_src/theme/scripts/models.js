// The table of models: a search over all cells, how many rows are shown, and the place of a reader's own run in it.

import { withUnit } from "./numerals.js"
import { NOTHING, put } from "./panel.js"
import { areSound, entered } from "./settings.js"
import { soon } from "./soon.js"
import { folded, wordsOf } from "./words.js"

const FLOP = 2

function placeRun(form, rows) {
  const fields = [...form.querySelectorAll("input")]
  const device = form.querySelector("select")
  const show = () => {
    // Several accelerators have one peak, so the one that was chosen stays.
    if (device.value !== form.elements.peak.value) device.value = form.elements.peak.value
    if (device.selectedIndex === -1) device.selectedIndex = 0
    if (!areSound(fields)) return put(form, "own-run", NOTHING)
    const flop = fields.reduce((product, field) => product * entered(field), 1)
    const models = rows.map(({ cells }) => [Number(cells[FLOP].dataset.value), cells[0].textContent.trim()])
    models.sort(([one], [other]) => one - other)
    const next = (found, way) => found ? `Next ${way} it: ${found[1]} (${withUnit(found[0], "FLOP")}).` : `No known run is ${way} it.`
    const words = `${withUnit(flop, "FLOP")}, or ${withUnit(flop / form.dataset.pfsDay, "pfs-days")}.`
    const [below, above] = [models.findLast(([each]) => each < flop), models.find(([each]) => each > flop)]
    put(form, "own-run", `${words} ${next(below, "below")} ${next(above, "above")}`, flop, below?.[0], above?.[0])
  }
  device.addEventListener("input", () => { if (device.value) form.elements.peak.value = device.value })
  form.addEventListener("input", show)
  form.hidden = false
  form.classList.add("live")
  show()
}

soon(() => {
  const part = document.getElementById("models")
  if (!part) return
  const rows = [...part.querySelectorAll("tbody tr")]
  const search = part.querySelector("input[type=search]")
  const shown = part.querySelector("[role=status]")
  const texts = new Map(rows.map(row => [row, folded(row.textContent)]))
  const show = () => {
    const words = wordsOf(search.value)
    for (const row of rows) row.hidden = !words.every(word => texts.get(row).includes(word))
    const count = rows.filter(row => row.getClientRects().length).length
    shown.textContent = `${count} of ${rows.length} models`
  }
  search.parentElement.hidden = false
  part.addEventListener("input", show)
  show()
  placeRun(document.getElementById("own-run"), rows)
})
