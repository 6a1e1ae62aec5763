// Controls whose states, where they are not the first ones, stand in the fragment of the address, so that a view can
// be linked: #panel:name=state;name=state

const stateOf = control => control.type === "checkbox" ? (control.checked ? "on" : "off") : control.value

function firstStateOf(control) {
  if (control.type === "checkbox") return control.defaultChecked ? "on" : "off"
  return control.options ? [...control.options].find(option => option.defaultSelected).value : control.defaultValue
}

// A state that a control does not have leaves it as it was first.
function setState(control, state) {
  if (control.type === "checkbox") control.checked = state === "on"
  else control.value = state
  if (stateOf(control) !== state) control.value = firstStateOf(control)
}

function rememberStates(panel, controls, show) {
  const start = `#${panel.id}:`
  const read = () => {
    if (!location.hash.startsWith(start)) return
    const states = new URLSearchParams(location.hash.slice(start.length).replaceAll(";", "&"))
    for (const control of controls) setState(control, states.get(control.name) ?? firstStateOf(control))
    show()
    panel.scrollIntoView()
  }
  const write = () => {
    const changed = controls.filter(control => stateOf(control) !== firstStateOf(control))
    const states = changed.map(control => `${control.name}=${stateOf(control)}`).join(";")
    history.replaceState(null, "", states ? start + states : `#${panel.id}`)
  }
  panel.addEventListener("change", write)
  panel.querySelector("button").addEventListener("click", () => {
    for (const control of controls) setState(control, firstStateOf(control))
    show()
    write()
  })
  addEventListener("hashchange", read)
  read()
}

// A number as entered, in base units.
const entered = control => control.valueAsNumber * control.dataset.scale

// Whether all numbers are such as their fields take; a field says so where its own is not.
function areSound(controls) {
  return controls.filter(control => {
    const sound = control.validity.valid
    control.setAttribute("aria-invalid", !sound)
    document.getElementById(control.getAttribute("aria-describedby")).hidden = sound
    return !sound
  }).length === 0
}
