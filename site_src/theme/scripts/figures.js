// Figures to explore: what a point is, a view kept in the address, a figure in the whole window.
// The words come from the table of the figure's data, so that every number is on the page once.

import { place } from "./place.js"
import { rememberStates } from "./settings.js"
import { soon } from "./soon.js"

const REACH = 20
const STAY = 300

const tip = document.createElement("div")
let shownPoint, shownAt, leaving

const drawnPoints = part => [...part.querySelectorAll(".point")].filter(point => point.getBoundingClientRect().width)

function rowOf(point) {
  return document.getElementById(`${point.closest("figure").id}-row-${point.dataset.row}`)
}

// Every cell but the first, which names the row, under its heading; at its end the way that the row leads.
function describe(row) {
  const [name, ...cells] = row.cells
  const headings = row.closest("table").tHead.rows[0].cells
  const title = document.createElement("strong")
  title.textContent = name.textContent
  const list = document.createElement("dl")
  for (const cell of cells) {
    const [term, text] = [document.createElement("dt"), document.createElement("dd")]
    term.textContent = headings[cell.cellIndex].textContent
    text.textContent = cell.textContent
    list.append(term, text)
  }
  tip.replaceChildren(title, list)
  const source = row.querySelector("a")
  if (!source) return
  const link = document.createElement("a")
  link.href = source.href
  const edition = source.querySelector(".other-edition")?.textContent
  link.textContent = edition ? `Where it comes from, ${edition}` : "Where it comes from"
  tip.append(link)
}

function showTip(point) {
  clearTimeout(leaving)
  const row = rowOf(point)
  if (!row || point === shownPoint) return
  hideTip()
  describe(row)
  // What lies outside a dialog cannot be reached while it is open.
  point.closest("dialog, figure").append(tip)
  tip.showPopover()
  place(tip, point)
  point.setAttribute("aria-describedby", tip.id)
  point.classList.add("shown")
  shownPoint = point
  shownAt = point.getBoundingClientRect().top
}

function hideTip() {
  clearTimeout(leaving)
  if (!shownPoint) return
  tip.hidePopover()
  shownPoint.removeAttribute("aria-describedby")
  shownPoint.classList.remove("shown")
  shownPoint = undefined
}

function leaveTip() {
  clearTimeout(leaving)
  leaving = setTimeout(hideTip, STAY)
}

function nearest(figure, { clientX, clientY }) {
  let best, least = REACH
  for (const point of drawnPoints(figure)) {
    const box = point.getBoundingClientRect()
    const away = Math.hypot((box.left + box.right) / 2 - clientX, (box.top + box.bottom) / 2 - clientY)
    if (away < least) [best, least] = [point, away]
  }
  return best
}

// The points of the drawing that is shown, in the order of the rows as they were written.
function stepTo(point, key, order) {
  const points = drawnPoints(point.ownerSVGElement).sort((a, b) => order.indexOf(rowOf(a)) - order.indexOf(rowOf(b)))
  const here = points.indexOf(point)
  const steps = { ArrowRight: here + 1, ArrowUp: here + 1, ArrowLeft: here - 1, ArrowDown: here - 1, Home: 0, End: -1 }
  return key in steps && points.at(key === "End" ? -1 : Math.max(0, Math.min(steps[key], points.length - 1)))
}

// One stop of the Tab key a drawing, always a point that is shown.
function keepStop(svg, point) {
  for (const other of svg.querySelectorAll(".point")) other.setAttribute("tabindex", other === point ? 0 : -1)
}

function keepStops(figure) {
  for (const svg of figure.querySelectorAll(".drawing svg")) {
    const points = drawnPoints(svg)
    if (points.length && !points.some(point => point.getAttribute("tabindex") === "0")) keepStop(svg, points[0])
  }
}

// A point without words of its own takes those of its row.
function nameByRow(point, row) {
  if (!point.hasAttribute("aria-label")) {
    const words = [...row.cells].slice(0, 3).map(cell => cell.textContent).join(", ")
    for (const [name, value] of [["aria-label", words], ["role", "img"], ["tabindex", -1]]) point.setAttribute(name, value)
    point.ownerSVGElement.setAttribute("role", "group")
  }
  if (row.querySelector("a")) point.setAttribute("role", "link")
}

// The rows of a figure with many of them are on a page of its own, and are fetched when a reader comes to a drawing.
function fetchRows(figure, link) {
  const drawings = [...figure.querySelectorAll(".drawing")]
  const bring = async ({ type, currentTarget }) => {
    for (const drawing of drawings) {
      drawing.removeEventListener("pointerenter", bring)
      drawing.removeEventListener("focusin", bring)
      drawing.firstElementChild.removeAttribute("tabindex")
    }
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html")
    const data = page.getElementById(`${figure.id}-data`)
    // What leads on from there is taken to lead on from here.
    for (const each of data.querySelectorAll("a")) each.href = new URL(each.getAttribute("href"), link.href)
    data.hidden = true
    link.parentElement.append(data)
    makePointsSpeak(figure)
    keepStops(figure)
    if (type === "focusin") currentTarget.querySelector(".point[tabindex='0']").focus()
  }
  for (const drawing of drawings) {
    drawing.firstElementChild.tabIndex = 0
    drawing.addEventListener("pointerenter", bring)
    drawing.addEventListener("focusin", bring)
  }
}

function makePointsSpeak(figure) {
  const order = [...document.querySelectorAll(`[id="${figure.id}-data"] tbody tr`)]
  // In a figure of many rows a part has the place of its row.
  for (const part of figure.querySelectorAll("[data-place]")) {
    part.dataset.row = order[part.dataset.place].id.replace(`${figure.id}-row-`, "")
  }
  for (const point of figure.querySelectorAll(".point")) {
    // The words that it shows by itself would cover ours.
    const words = point.querySelector("title")
    if (words) {
      point.setAttribute("aria-label", words.textContent)
      words.remove()
    }
    const row = rowOf(point)
    if (row) nameByRow(point, row)
  }
  for (const drawing of figure.querySelectorAll(".drawing")) {
    drawing.addEventListener("pointermove", event => {
      if (event.pointerType !== "mouse") return
      const point = nearest(drawing, event)
      if (point) showTip(point)
      else if (shownPoint) leaveTip()
    })
    drawing.addEventListener("pointerleave", leaveTip)
    drawing.addEventListener("click", event => {
      const point = nearest(drawing, event)
      if (!point) return
      point.focus({ preventScroll: true })
      showTip(point)
      event.stopPropagation()
    })
    drawing.addEventListener("focusin", ({ target }) => {
      keepStop(target.ownerSVGElement, target)
      // Once the browser has scrolled to it.
      requestAnimationFrame(() => { if (document.activeElement === target) showTip(target) })
    })
    // What the keyboard goes on to must not be covered.
    drawing.addEventListener("focusout", ({ relatedTarget }) => {
      if (!relatedTarget) leaveTip()
      else if (!tip.contains(relatedTarget)) hideTip()
    })
    drawing.addEventListener("keydown", event => {
      const source = event.key === "Enter" && rowOf(event.target)?.querySelector("a")
      const next = stepTo(event.target, event.key, order)
      if (!source && !next) return
      event.preventDefault()
      if (source) return source.click()
      next.scrollIntoView({ block: "nearest" })
      next.focus({ preventScroll: true })
    })
  }
}

function keepView(figure) {
  if (!figure.querySelector(".figure-controls")) return
  rememberStates(figure, () => {
    hideTip()
    keepStops(figure)
  })
}

// The drawings and controls move into a dialog within their figure, so that the styles of the figure still apply.
function makeEnlarge(figure) {
  const button = figure.querySelector("[data-enlarge]")
  const parts = [...figure.querySelectorAll(".figure-heading, .figure-controls, .drawing")]
  const dialog = document.createElement("dialog")
  const close = document.createElement("button")
  dialog.className = "figure-dialog"
  dialog.setAttribute("aria-label", "Enlarged figure")
  close.type = "button"
  close.textContent = "Close"
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => {
    hideTip()
    figure.prepend(...parts)
    dialog.remove()
    figure.style.minHeight = ""
    button.focus({ preventScroll: true })
  })
  button.hidden = false
  button.addEventListener("click", () => {
    figure.style.minHeight = `${figure.offsetHeight}px`
    dialog.replaceChildren(close, ...parts)
    figure.append(dialog)
    dialog.showModal()
    keepStops(figure)
  })
}

function makeFiguresOpen() {
  const figures = document.querySelectorAll("figure.figure[id]")
  if (!figures.length || !HTMLElement.prototype.showPopover) return
  tip.id = "figure-tip"
  tip.className = "figure-tip md-typeset"
  tip.popover = "manual"
  tip.setAttribute("role", "tooltip")
  tip.addEventListener("pointerenter", () => clearTimeout(leaving))
  tip.addEventListener("pointerleave", leaveTip)
  for (const figure of figures) {
    soon(() => {
      const elsewhere = figure.nextElementSibling?.querySelector("[data-rows]")
      if (elsewhere) fetchRows(figure, elsewhere)
      else makePointsSpeak(figure)
      keepView(figure)
      makeEnlarge(figure)
    })
  }
  document.addEventListener("click", event => { if (!tip.contains(event.target)) hideTip() })
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !shownPoint) return
    hideTip()
    event.preventDefault()
  })
  // Moving along the points may scroll to one first; only what takes the point away closes its words.
  addEventListener("scroll", () => {
    if (shownPoint && Math.abs(shownPoint.getBoundingClientRect().top - shownAt) > 1) hideTip()
  }, { capture: true, passive: true })
  addEventListener("resize", () => figures.forEach(keepStops))
}

makeFiguresOpen()
