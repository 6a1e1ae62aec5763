// The theme's drawer, search and list of editions for the keyboard and for screen readers. Without scripts the drawer is
// a check box with labels, as the theme has it, and the sections are in a row.

import { isSeen } from "./seen.js"
import { soon } from "./soon.js"

const drawer = document.getElementById("__drawer")

// Puts a button into a label that shows or hides something; the label stays for the theme's sake.
function withButton(label, name) {
  const box = label.control
  const button = document.createElement("button")
  const announce = () => { button.ariaExpanded = String(box.checked) }
  button.type = "button"
  if (name) button.ariaLabel = name
  button.append(...label.childNodes)
  button.addEventListener("click", () => box.click())
  box.addEventListener("change", announce)
  announce()
  label.removeAttribute("tabindex")
  label.append(button)
  return button
}

function enter(part) {
  [...part.querySelectorAll("a, button")].find(isSeen).focus()
}

function makeDrawerReachable() {
  const sidebar = document.querySelector(".md-sidebar--primary")
  const opener = withButton(document.querySelector(".md-header label[for=__drawer]"), "Menu")
  const close = () => { if (drawer.checked) drawer.click() }
  drawer.addEventListener("change", () => { if (drawer.checked) enter(sidebar) })
  sidebar.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !sidebar.contains(relatedTarget)) close()
  })
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return
    close()
    opener.focus()
  })
}

// The parts of the navigation that slide in over what they belong to, and the ways back from them.
function makePartsReachable() {
  for (const label of document.querySelectorAll(".md-sidebar--primary label")) {
    if (!label.control || label.control === drawer) continue
    const button = withButton(label, label.textContent.trim() ? "" : `Pages of ${label.previousElementSibling.textContent.trim()}`)
    if (!label.matches(".md-nav__link")) continue
    label.control.addEventListener("change", ({ target }) => {
      if (!drawer.checked) return
      if (target.checked) enter(label.closest(".md-nav__item").querySelector(".md-nav"))
      else button.focus()
    })
  }
}

function makeSearchReachable() {
  const search = document.querySelector("[data-md-component=search]")
  if (!search) return
  const toggle = document.getElementById("__search")
  const query = search.querySelector("[data-md-component=search-query]")
  const opener = withButton(document.querySelector(".md-header label[for=__search]"), "Search")
  // In a narrow window the field covers the page once it is entered, so the button alone is reached.
  const wide = matchMedia("(min-width: 60em)")
  const update = () => { query.tabIndex = wide.matches || toggle.checked ? 0 : -1 }
  search.ariaLabel = "Search"
  wide.addEventListener("change", update)
  toggle.addEventListener("change", () => {
    update()
    if (!toggle.checked && search.contains(document.activeElement)) opener.focus()
  })
  update()
}

// The list of editions shows while the focus is in it.
addEventListener("keydown", ({ key, target }) => { if (key === "Escape" && target.closest(".md-version")) target.blur() })

soon(makeDrawerReachable)
soon(makePartsReachable)
soon(makeSearchReachable)
