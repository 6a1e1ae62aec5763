// The what-if panel: settings, the resulting line next to the published one, and a run that the reader enters.

import { SAME, showRun } from "./estimator.js"
import { numeral, withUnit } from "./numerals.js"
import { NOTHING, put, drawn } from "./panel.js"
import { rememberStates, entered, areSound } from "./settings.js"
import { soon } from "./soon.js"
import { outcomeOf } from "./trend.js"

const LINE_SAMPLES = 40

const monthsBetween = ([low, high]) =>
  high === null ? `${withUnit(low, "months")} or more, with no upper bound` : `${numeral(low)} to ${withUnit(high, "months")}`

function summaryOf({ line, months }, published) {
  if (!line) return "Too few systems are left for a line with an interval."
  if (months === null) return "The line through these points does not rise, so there is no doubling time."
  const ours = withUnit(months, "months")
  const apart = numeral(Math.abs(months - published.months), 2)
  return `With your settings compute doubles every ${ours}, `
    + (ours === withUnit(published.months, "months") ? "as published." : `${apart} ${months < published.months ? "less" : "more"} than published.`)
}

function showOutcome(form, { points, months, growth, interval, worstCase }) {
  const none = [null, null]
  const factor = growth === null ? "" : numeral(growth)
  put(form, "doubling-time", months === null ? NOTHING : withUnit(months, "months"), months)
  put(form, "interval", interval ? monthsBetween(interval) : NOTHING, ...interval ?? none)
  put(form, "growth", factor ? `${factor}${factor.includes("×") ? " times" : "×"} per year` : NOTHING, growth)
  put(form, "n", String(points.length), points.length)
  put(form, "worst-case", worstCase ? monthsBetween(worstCase) : NOTHING, ...worstCase ?? none)
}

// Layers over a chart, clipped to its axes; `x` and `y` give the position of a year and of a base-2 logarithm of compute.
function layersOver(svg) {
  const [[left, top, width, height], [first, last], [low, high]] =
    ["area", "x", "y"].map(name => svg.dataset[name].split(" ").map(Number))
  const layer = () => drawn(svg, "svg", { class: "what-if-layer", x: left, y: top, width, height })
  return {
    svg,
    trend: layer(),
    run: layer(),
    width,
    height,
    x: year => (year - first) / (last - first) * width,
    y: log => (1 - (log - Math.log2(low)) / Math.log2(high / low)) * height,
  }
}

function drawTrend({ svg, trend, x, y }, { points, line }, known) {
  trend.replaceChildren()
  const used = new Map(points.map(point => [point.id, point]))
  for (const { id, pfs_days: before } of known.points) {
    const point = used.get(id)
    for (const part of svg.querySelectorAll(`[data-row="${id}"]`)) part.classList.toggle("left-out", !point)
    if (!point || Math.abs(point.pfs_days / before - 1) < SAME) continue
    drawn(trend, "circle", { class: "what-if-point", cx: x(point.year), cy: y(Math.log2(point.pfs_days)), r: 3.6 })
  }
  if (!line) return
  const [from, to] = line.ends
  const years = Array.from({ length: LINE_SAMPLES + 1 }, (_, i) => from + (to - from) * i / LINE_SAMPLES)
  const edge = margins => years.map(year => `${x(year)} ${y(line.at(year) + margins * line.marginAt(year))}`)
  drawn(trend, "path", { class: "what-if-band", d: `M${[...edge(1), ...edge(-1).reverse()].join("L")}Z` })
  drawn(trend, "path", { class: "what-if-line", d: `M${edge(0).join("L")}` })
}

function settingsIn(fields, known) {
  return {
    utilisation: entered(fields.utilisation),
    error: entered(fields.error),
    start: Number(fields.start.value),
    domain: fields.domain.value,
    which: fields.which.value,
    leftOut: known.points.map(({ id }) => id).filter(id => !fields[`with.${id}`].checked),
  }
}

function showTrend(form, layers, known) {
  const published = outcomeOf(known, { ...known.published, error: 1, start: 0, domain: "", leftOut: [] })
  const sound = areSound([form.elements.utilisation, form.elements.error])
  const outcome = sound ? outcomeOf(known, settingsIn(form.elements, known)) : { points: known.points, months: null, growth: null }
  showOutcome(form, outcome)
  put(form, "summary", sound ? summaryOf(outcome, published) : "A setting is not a number that its field takes.")
  for (const layer of layers) drawTrend(layer, outcome, known)
}

// The chart of the figure, with ids of its own; its points are walked through there, not once more.
function copyChart(form) {
  for (const place of form.querySelectorAll("[data-copies]")) {
    const svg = document.querySelector(place.dataset.copies)
    const ids = svg.getAttribute("aria-labelledby").split("-title ")[0]
    place.innerHTML = svg.outerHTML.replaceAll(`${ids}-`, `${form.id}-${place.classList[1]}-`)
    for (const point of place.querySelectorAll("[tabindex]")) point.removeAttribute("tabindex")
  }
}

function openWhatIf(form) {
  copyChart(form)
  const known = JSON.parse(document.getElementById("what-if-data").textContent)
  const layers = [...form.querySelectorAll(".drawing > svg")].map(layersOver)
  const show = () => {
    for (const slider of form.querySelectorAll("[data-slides]")) slider.value = form.elements[slider.dataset.slides].value
    showTrend(form, layers, known)
    showRun(form, layers, known)
  }
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.slides) form.elements[target.dataset.slides].value = target.value
    if (target.id === "what-if-device") form.elements["gpu_time.peak_rate"].value = target.value
  })
  rememberStates(form, show)
  show()
}

// The panel is made ready once it is a window away, or a link leads to a view of it.
soon(() => {
  const form = document.getElementById("what-if")
  if (!form) return
  form.classList.add("live")
  const near = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) open() }, { rootMargin: "100% 0px" })
  const open = () => {
    near.disconnect()
    removeEventListener("hashchange", openLinked)
    openWhatIf(form)
  }
  const openLinked = () => { if (location.hash.startsWith(`#${form.id}`)) open() }
  near.observe(form)
  addEventListener("hashchange", openLinked)
  openLinked()
})
