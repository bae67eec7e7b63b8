// A participant's own form on their own phone: kept if they wish, sent when there is a connection.
import { fieldsOf, lead } from "./offline-form.js"
import { able, erase, get, isKept, keep, put } from "./offline-store.js"

const page = document.querySelector("[data-offline]")
const { here, worker, files } = page.dataset
const words = Object.fromEntries(Object.entries(page.dataset)
  .filter(([name]) => name.startsWith("said")).map(([name, said]) => [name[4].toLowerCase() + name.slice(5), said]))
const form = page.querySelector("[data-form]")
const rules = JSON.parse(page.querySelector("[data-rules]")?.textContent ?? null)

if (!able()) offerNothing()
else if (form && await isKept(here)) answer()
else offer()

function offerNothing() {
  if (!form) tell(words.unable)
}

// Before anything is kept: only the button does it. A form that was begun is kept as it stands,
// and is shown once it can be led through.
function offer() {
  const asked = page.querySelector("[data-keep]")
  asked.hidden = false
  if (form) form.hidden = true
  asked.addEventListener("submit", async (event) => {
    event.preventDefault()
    const begun = form ? [["_sealed", form.elements._sealed.value]] : []
    try {
      const drawn = await post(new URLSearchParams([...begun, ["_step", "keep"]]), "text/html")
      await keep(here, worker, files.split(" "), drawn)
      if (form) await put(here, "kept", "mine", { stage: "filling", fields: typed() })
      location.replace(here)
    } catch {
      await erase(here)
      tell(words.failed)
    }
  })
}

const typed = () => fieldsOf(form, rules).filter(([name]) => name !== "_sealed")

async function answer() {
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
    Object.assign(mine, { stage, fields: typed(), page: guide.page() })
    await put(here, "kept", "mine", { ...mine })
  }

  let sending = false
  async function send() {
    if (mine.stage !== "waiting" || sending) return
    sending = true
    try {
      const sent = new URLSearchParams([...fieldsOf(form, rules), ["_step", "send"]])
      await settle(await post(sent, "application/json"))
    } catch {
      tell(words.noConnection, "result")
    } finally {
      sending = false
    }
  }

  async function settle(response) {
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) return tell(words.busy, "result")
    const { receipt, message, errors, question } = await response.json()
    if (receipt) return taken(receipt)
    if (question) askPlainly(question)
    if (!errors) return tell(message, "result")
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

  function view(stage, { focus = true } = {}) {
    for (const each of page.querySelectorAll("[data-view]")) {
      each.hidden = !each.dataset.view.split(" ").includes(stage)
    }
    if (stage === "sent") page.querySelector("#receipt").textContent = mine.receipt
    page.querySelector("[data-progress]").hidden = page.querySelector("[data-step]").hidden = stage !== "filling"
    if (focus) page.querySelector(`[data-view="${stage}"] h1`)?.focus()
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
  addEventListener("pagehide", () => { if (mine.fields) save(mine.stage) })
  page.querySelector("[data-kept]").hidden = false
  if (mine.stage !== "sent") guide.restore(mine.fields, mine.page)
  view(mine.stage, { focus: false })
  send()
}

function post(body, wanted) {
  return fetch(here, { method: "POST", body, credentials: "omit", headers: { Accept: wanted } })
}

function tell(message, where = "told") {
  const told = page.querySelector(`[data-${where}]`)
  told.hidden = false
  told.textContent = message
}
