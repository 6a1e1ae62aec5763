// Buttons that copy a citation. Where the browser refuses, they select it, and the reader presses the keys.

import { soon } from "./soon.js"

async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    return true
  } catch {
    return false
  }
}

function makeButtonsCopy() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent
    const citation = document.getElementById(button.dataset.copy)
    button.hidden = false
    button.addEventListener("click", async () => {
      if (await copied(citation)) {
        button.textContent = "Copied"
      } else {
        getSelection().selectAllChildren(citation)
        button.textContent = "Selected: press Ctrl+C or ⌘C"
      }
      setTimeout(() => { button.textContent = label }, 3000)
    })
  }
}

soon(makeButtonsCopy)
