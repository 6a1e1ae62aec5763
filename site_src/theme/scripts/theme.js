// Runs before anything is painted, in a file of its own, as no script within a page may run: what the theme's bundle
// expects to find, and the colour scheme.

document.documentElement.classList.replace("no-js", "js")
// The bundle would add this mark once the page is laid out, and for its sake all would be styled anew.
document.documentElement.classList.add("js-focus-visible")

// What the reader chose and saw, kept by the folder of an edition. The bundle uses these names.
var __md_scope = new URL(document.currentScript.dataset.base, location)

function __md_get(key, storage = localStorage, scope = __md_scope) {
  return JSON.parse(storage.getItem(`${scope.pathname}.${key}`))
}

function __md_set(key, value, storage = localStorage, scope = __md_scope) {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value))
  } catch { /* A reader may forbid to keep anything. */ }
}

// The scheme: the reader's own choice, which holds for all editions, else that of the system.
{
  const editions = new URL("..", __md_scope)
  const dark = matchMedia("(prefers-color-scheme: dark)")

  const show = () => {
    const scheme = __md_get("__scheme", localStorage, editions) ?? (dark.matches ? "slate" : "default")
    document.documentElement.style.colorScheme = scheme === "slate" ? "dark" : "light"
    document.body.dataset.mdColorScheme = scheme
    for (const button of document.querySelectorAll(".scheme-switch")) button.ariaPressed = String(scheme === "slate")
  }

  const turn = () => {
    __md_set("__scheme", document.body.dataset.mdColorScheme === "slate" ? "default" : "slate", localStorage, editions)
    show()
  }

  // The body has its scheme from the moment it is there, and the button knows of it once it is.
  new MutationObserver((_, observer) => {
    if (!document.body) return
    observer.disconnect()
    show()
  }).observe(document.documentElement, { childList: true })
  addEventListener("DOMContentLoaded", show)
  dark.addEventListener("change", show)
  addEventListener("click", ({ target }) => { if (target.closest(".scheme-switch")) turn() })
}
