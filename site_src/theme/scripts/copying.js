// Buttons that copy a citation. Where the browser refuses, they select it, and the reader presses the keys.

import { soon } from "./soon.js"

function makeButtonsCopy() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent
    const citation = document.getElementById(button.dataset.copy)
    button.hidden = false
    button.addEventListener("click", async () => {
      try {
        // Where lines end is for the page.
        await navigator.clipboard.writeText(citation.textContent.replaceAll("\u00a0", " "))
        button.textContent = "Copied"
      } catch {
        getSelection().selectAllChildren(citation)
        button.textContent = "Press Ctrl+C"
      }
      setTimeout(() => { button.textContent = label }, 3000)
    })
  }
}

soon(makeButtonsCopy)
