// Controls whose states are remembered in the fragment of the address, so that a view can be linked:
// #part:name=state;name=state, with those that differ from what stood there first. Of a list the first option did.

function isAsFirst(control) {
  if (control.options) return control.selectedIndex === 0
  if (control.type === "radio") return control.defaultChecked || !control.checked
  return control.type === "checkbox" ? control.checked === control.defaultChecked : control.value === control.defaultValue
}

const stateOf = control => control.type === "checkbox" ? (control.checked ? "on" : "off") : control.value

// What is no state of a control leaves it as it stood first.
function setState(control, state) {
  if (control.options) {
    control.value = state
    control.selectedIndex = Math.max(control.selectedIndex, 0)
  } else if (control.type === "checkbox") {
    control.checked = ["on", "off"].includes(state) ? state === "on" : control.defaultChecked
  } else if (control.type === "radio") {
    control.checked = control.defaultChecked
    if (control.value === state) control.checked = true
  } else {
    control.value = state ?? control.defaultValue
  }
}

export function rememberStates(part, show) {
  const controls = [...part.querySelectorAll("[name]")]
  // A name that is used by other parts of the page too begins with that of its own part.
  const keyOf = ({ name }) => name.replace(`${part.id}-`, "")
  const read = () => {
    const [id, view] = location.hash.slice(1).split(":")
    if (id !== part.id || !view) return
    const states = Object.fromEntries(view.split(";").map(state => state.split("=")))
    for (const control of controls) {
      setState(control, states[keyOf(control)])
      const folded = control.closest("details")
      if (folded && !isAsFirst(control)) folded.open = true
    }
    show()
    part.scrollIntoView()
  }
  const write = () => {
    const states = controls.filter(control => !isAsFirst(control)).map(control => `${keyOf(control)}=${stateOf(control)}`)
    history.replaceState(history.state, "", `#${[part.id, states.join(";")].filter(Boolean).join(":")}`)
  }
  // Browsers may keep what was chosen before a page was left.
  for (const control of controls) setState(control)
  part.addEventListener("input", show)
  part.addEventListener("change", write)
  // The controls are set back only after this event.
  part.addEventListener("reset", () => setTimeout(() => { show(); write() }))
  addEventListener("hashchange", read)
  read()
}

// A number as entered, in base units.
export const entered = field => field.valueAsNumber * field.dataset.scale

// Whether all numbers are such as their fields take; a field says so where its own is not.
export function areSound(fields) {
  for (const field of fields) {
    field.setAttribute("aria-invalid", !field.validity.valid)
    document.getElementById(field.getAttribute("aria-describedby")).hidden = field.validity.valid
  }
  return fields.every(field => field.validity.valid)
}
