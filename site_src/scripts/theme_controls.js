// The theme's drawer, search and list of editions for the keyboard and for screen readers. Without scripts the drawer is
// a check box with labels, as the theme has it, and the sections stand in a row.

const drawer = document.getElementById("__drawer")

// A label that shows or hides something, as a button. The theme knows the enter key; Firefox and Safari want the space key.
function makeButton(label, name) {
  const box = label.control
  const tell = () => { label.ariaExpanded = String(box.checked) }
  label.role = "button"
  label.tabIndex = 0
  if (name) label.ariaLabel = name
  label.addEventListener("keydown", event => {
    if (event.key !== " ") return
    event.preventDefault()
    label.click()
  })
  box.addEventListener("change", tell)
  tell()
}

function makeDrawerReachable() {
  const opener = document.querySelector(".md-header label[for=__drawer]")
  const sidebar = document.querySelector(".md-sidebar--primary")
  if (!sidebar) return
  const close = () => { if (drawer.checked) drawer.click() }
  makeButton(opener, "Menu")
  drawer.addEventListener("change", () => { if (drawer.checked) sidebar.querySelector("a, label[tabindex]").focus() })
  sidebar.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !sidebar.contains(relatedTarget)) close()
  })
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return
    close()
    opener.focus()
  })
}

// The parts of the navigation that open in place, or in a drawer slide in over what they belong to.
function makeSectionsOpen() {
  for (const label of document.querySelectorAll(".md-sidebar--primary label")) {
    if (!label.control || label.control === drawer) continue
    makeButton(label, label.textContent.trim() ? "" : label.previousElementSibling.textContent.trim())
  }
  for (const part of document.querySelectorAll(".md-nav[aria-expanded]")) part.ariaExpanded = null
}

function makeSearchReachable() {
  const search = document.querySelector("[data-md-component=search]")
  if (!search) return
  const opener = document.querySelector(".md-header__button[for=__search]")
  const toggle = document.getElementById("__search")
  const query = search.querySelector("[data-md-component=search-query]")
  const wide = matchMedia("(min-width: 60em)")
  // In a narrow window the field covers the page once it is entered, so there is a button before it.
  const update = () => { query.tabIndex = wide.matches || toggle.checked ? 0 : -1 }
  search.ariaLabel = "Search"
  makeButton(opener, "Search")
  wide.addEventListener("change", update)
  toggle.addEventListener("change", () => {
    update()
    if (!toggle.checked && search.contains(document.activeElement)) opener.focus()
  })
  update()
}

// The list of editions shows while the focus is in it.
addEventListener("keydown", ({ key, target }) => { if (key === "Escape" && target.closest(".md-version")) target.blur() })

makeDrawerReachable()
makeSectionsOpen()
makeSearchReachable()
