// Fetches a pack of forms onto a facilitator's phone, with the page that shows them.
import { able, keep, put } from "./offline-store.js"

const pack = document.querySelector("[data-pack]")
const { page, worker, files, saidFailed, saidUnable } = pack.dataset
const form = pack.querySelector("form")

form.hidden = !able()
if (!able()) tell(saidUnable)

form.addEventListener("submit", async (event) => {
  event.preventDefault()
  const button = form.querySelector("button")
  button.disabled = true
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form) })
    if (!answer.ok) throw new Error(answer.status)
    const { forms } = await answer.json()
    await keep(page, worker, files.split(" "), page)
    for (const each of forms) await put(page, "forms", crypto.randomUUID(), each)
    pack.querySelector("[data-ready]").hidden = false
    pack.querySelector("[data-ready] a").focus()
  } catch {
    tell(saidFailed)
  } finally {
    button.disabled = false
  }
})

function tell(message) {
  const told = pack.querySelector("[data-told]")
  told.hidden = false
  told.textContent = message
}
