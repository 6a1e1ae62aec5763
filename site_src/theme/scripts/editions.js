// The way to the next edition.

import { soon } from "./soon.js"

// Later editions are unknown to a page that never changes; the list of editions at the root has them.
async function nameNextEdition() {
  const marks = document.querySelectorAll("[data-next-edition]")
  if (!marks.length || location.protocol === "file:") return
  const { base } = JSON.parse(document.getElementById("__config").textContent)
  const root = new URL(`${base}/../`, location.href)
  const here = document.querySelector("meta[name=edition]").content
  const answer = await fetch(new URL("versions.json", root))
  if (!answer.ok) return
  const next = (await answer.json()).map(({ version }) => version).filter(version => version > here).sort()[0]
  if (!next) return
  for (const mark of marks) {
    const link = document.createElement("a")
    link.href = new URL(`${next}/${mark.dataset.nextEdition}`, root)
    link.textContent = `next: ${next}`
    mark.replaceChildren(" · ", link)
  }
}

soon(nameNextEdition)
