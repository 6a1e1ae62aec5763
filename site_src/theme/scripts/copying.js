// Buttons that copy a citation.

import { soon } from "./soon.js"

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

soon(makeButtonsCopy)
