// A participant's own form on their own phone: kept if they wish, sent when there is a connection.
import { fieldsOf, lead } from "./offline-form.js"
import { able, erase, get, keep, put } from "./offline-store.js"

const page = document.querySelector("[data-offline]")
const { here, worker, files } = page.dataset
const words = Object.fromEntries(Object.entries(page.dataset)
  .filter(([name]) => name.startsWith("said")).map(([name, said]) => [name[4].toLowerCase() + name.slice(5), said]))
const form = page.querySelector("[data-form]")

if (form) answer()
else offer()

// Before anything is kept: only the button does it.
function offer() {
  const button = page.querySelector("[data-keep]")
  if (!able()) return tell(words.unable)
  button.hidden = false
  button.addEventListener("submit", async (event) => {
    event.preventDefault()
    try {
      const drawn = await fetch(here, { method: "POST", credentials: "omit" })
      await keep(here, worker, files.split(" "), drawn)
      location.replace(here)
    } catch {
      await erase(here)
      tell(words.failed)
    }
  })
}

async function answer() {
  if (!able() || !await caches.has(`offline ${here}`)) return // the plain form works without
  const rules = JSON.parse(page.querySelector("[data-rules]").textContent)
  const mine = await get(here, "kept", "mine") ?? { stage: "filling" }
  let waiting
  const guide = lead(form, {
    rules, words, around: page,
    changed: () => { clearTimeout(waiting); waiting = setTimeout(save, 200) },
    finished: async () => { await save("waiting"); view("waiting"); send() },
  })

  async function save(stage = "filling") {
    clearTimeout(waiting)
    if (mine.stage === "sent") return
    const fields = guide.fields().filter(([name]) => name !== "_sealed")
    Object.assign(mine, { stage, fields, page: guide.page() })
    await put(here, "kept", "mine", { ...mine })
  }

  let sending = false
  async function send() {
    if (mine.stage !== "waiting" || sending) return
    sending = true
    try {
      await settle(await post(new URLSearchParams([...fieldsOf(form, rules), ["_step", "send"]])))
    } catch {
      tell(words.noConnection)
    } finally {
      sending = false
    }
  }

  async function settle(response) {
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) return tell(words.busy)
    const { receipt, message, errors, question } = await response.json()
    if (receipt) return taken(receipt)
    if (question) askPlainly(question)
    if (!errors) return tell(message)
    await save("filling")
    view("filling")
    guide.refused(errors)
  }

  async function taken(receipt) {
    for (const name of Object.keys(mine)) delete mine[name]
    Object.assign(mine, { stage: "sent", receipt })
    await put(here, "kept", "mine", { ...mine })
    form.reset()
    form.remove()
    view("sent")
  }

  function askPlainly(question) {
    const field = form.querySelector("[data-plain]")
    field.hidden = false
    field.querySelector("label").textContent = question
  }

  function view(stage) {
    for (const each of page.querySelectorAll("[data-view]")) {
      each.hidden = !each.dataset.view.split(" ").includes(stage)
    }
    if (stage === "sent") page.querySelector("#receipt").textContent = mine.receipt
    page.querySelector("[data-progress]").hidden = page.querySelector("[data-step]").hidden = stage !== "filling"
    page.querySelector(`[data-view="${stage}"] h1`)?.focus()
  }

  page.querySelector("[data-send]").addEventListener("click", send)
  page.querySelector("[data-change]").addEventListener("click", async () => {
    await save("filling")
    view("filling")
    guide.show(0)
  })
  page.querySelector("[data-erase]").addEventListener("click", async () => {
    mine.stage = "sent" // nothing is saved any more
    clearTimeout(waiting)
    form.remove()
    await erase(here)
    view("erased")
  })
  addEventListener("online", send)
  setInterval(send, 60000) // a phone often thinks it is connected when it is not, and the reverse
  addEventListener("pagehide", () => { if (mine.stage === "filling" && mine.fields) save() })
  if (mine.stage !== "sent") guide.restore(mine.fields, mine.page)
  view(mine.stage)
  send()
}

function post(body) {
  return fetch(here, { method: "POST", body, credentials: "omit", headers: { Accept: "application/json" } })
}

function tell(message) {
  const told = page.querySelector("[data-told]")
  told.hidden = false
  told.textContent = message
}
