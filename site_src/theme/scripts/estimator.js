// A run of the reader's own: what it comes to, which charted systems lie next to it, and where it lies on the chart.

import { withUnit } from "./numerals.js"
import { NOTHING, put, drawn } from "./panel.js"
import { entered, areSound } from "./settings.js"

// Computes that differ by less than this share are the same.
export const SAME = 1e-9
// Position of the label of the run, in units of the chart: from the side, and above the line.
const LABEL_INSET = 6

function runFlop(factors, way, fields) {
  return factors.reduce((product, { name, base_value: constant }) => {
    const field = fields[`${way}.${name}`]
    return product * (field ? entered(field) : constant)
  }, 1)
}

// The charted systems next to a compute: the largest below, one that is the same, the smallest above.
function neighboursOf(pfsDays, points) {
  const rising = [...points].sort((p, q) => p.pfs_days - q.pfs_days)
  return {
    below: rising.findLast(point => point.pfs_days < pfsDays * (1 - SAME)),
    same: rising.find(point => Math.abs(point.pfs_days / pfsDays - 1) <= SAME),
    above: rising.find(point => point.pfs_days > pfsDays * (1 + SAME)),
  }
}

function placeInWords(below, same, above) {
  const described = ({ name, pfs_days }) => `${name} (${withUnit(pfs_days, "pfs-days")})`
  return [
    same && `It is as large as ${same.name}.`,
    below ? `Next below it on the chart: ${described(below)}.` : "Nothing on the chart is smaller.",
    above ? `Next above it: ${described(above)}.` : "Nothing on the chart is larger.",
  ].filter(Boolean).join(" ")
}

// A line across the chart at a compute; one beyond the axes lies at their end, and its label says so.
function drawRun({ run, width, height, y }, pfsDays) {
  const wanted = y(Math.log2(pfsDays))
  const place = Math.min(Math.max(wanted, 1), height - 1)
  const beyond = wanted < 0 ? ", above the chart" : wanted > height ? ", below the chart" : ""
  // The points rise from the lower left to the upper right, so the other two corners have room for the label.
  const right = place > height / 2
  drawn(run, "line", { class: "what-if-run", x1: 0, x2: width, y1: place, y2: place })
  drawn(run, "text", {
    "x": right ? width - LABEL_INSET : LABEL_INSET,
    "y": place < height / 8 ? place + 2.5 * LABEL_INSET : place - LABEL_INSET,
    "text-anchor": right ? "end" : "start",
  }).textContent = `your run${beyond}`
}

export function showRun(form, layers, known) {
  const way = form.elements.way.value
  for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== way
  // A device is the one whose peak is entered.
  const devices = document.getElementById("what-if-device")
  devices.value = form.elements["gpu_time.peak_rate"].value
  if (devices.selectedIndex === -1) devices.selectedIndex = 0
  for (const { run } of layers) run.replaceChildren()
  if (!areSound([...form.querySelectorAll(`[name^="${way}."]`)])) return put(form, "run", NOTHING)
  const flop = runFlop(known.runs[way], way, form.elements)
  const pfsDays = flop / known.flop_per_pfs_day
  const { below, same, above } = neighboursOf(pfsDays, known.points)
  const words = `${withUnit(pfsDays, "pfs-days")}, or ${withUnit(flop, "FLOP")}. ${placeInWords(below, same, above)}`
  put(form, "run", words, pfsDays, flop, below?.id, same?.id, above?.id)
  for (const layer of layers) drawRun(layer, pfsDays)
}
