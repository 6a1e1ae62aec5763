// A form whose controls are remembered in the fragment of the address, so that a view can be linked:
// #form:name=state;name=state, with those that differ from what stood there first. Of a choice the first option did.

function isAsFirst(control) {
  if (control.type === "checkbox") return control.checked === control.defaultChecked
  return control.options ? control.selectedIndex === 0 : control.value === control.defaultValue
}

function setState(control, state) {
  if (control.type === "checkbox") control.checked = state !== "off"
  else control.value = state
  if (control.selectedIndex === -1) control.selectedIndex = 0
}

function rememberStates(form, show) {
  const start = `#${form.id}:`
  const controls = [...form.elements].filter(control => control.name)
  const read = () => {
    if (!location.hash.startsWith(start)) return
    form.reset()
    const states = Object.fromEntries(location.hash.slice(start.length).split(";").map(part => part.split("=")))
    for (const control of controls) if (control.name in states) setState(control, states[control.name])
    show()
    form.scrollIntoView()
  }
  const write = () => {
    const states = controls.filter(control => !isAsFirst(control))
      .map(({ name, type, value }) => `${name}=${type === "checkbox" ? "off" : value}`)
    history.replaceState(null, "", start + states.join(";"))
  }
  form.addEventListener("change", write)
  // The controls are set back only after this event.
  form.addEventListener("reset", () => setTimeout(() => { show(); write() }))
  addEventListener("hashchange", read)
  read()
}

// A number as entered, in base units.
const entered = field => field.valueAsNumber * field.dataset.scale

// Whether all numbers are such as their fields take; a field says so where its own is not.
function areSound(fields) {
  for (const field of fields) {
    field.setAttribute("aria-invalid", !field.validity.valid)
    document.getElementById(field.getAttribute("aria-describedby")).hidden = field.validity.valid
  }
  return fields.every(field => field.validity.valid)
}
