// One phone, many people: each one's answers are only in memory until they are locked, and only
// the server can open them. Nothing here knows who, when, or in which order.
import { fieldsOf, lead } from "./offline-form.js"
import { lock } from "./offline-lock.js"
import { able, erase, exchange, get, keys, remove } from "./offline-store.js"

const page = document.querySelector("[data-assisted]")
const { here, key } = page.dataset
const words = Object.fromEntries(Object.entries(page.dataset)
  .filter(([name]) => name.startsWith("said")).map(([name, said]) => [name[4].toLowerCase() + name.slice(5), said]))
const rules = JSON.parse(page.querySelector("[data-rules]").textContent)
const place = page.querySelector("[data-place]")
const part = (name) => page.querySelector(`[data-${name}]`)
let sending = false

if (able()) between({ focus: false })

// Between two people: how many forms are left, how many are finished.
async function between(how) {
  place.replaceChildren()
  part("told").hidden = true
  const [left, locked] = await count()
  part("none").hidden = left > 0
  part("begin").hidden = left === 0
  part("send").hidden = locked === 0
  view("between", how)
}

async function count() {
  const counts = [(await keys(here, "forms")).length, (await keys(here, "locked")).length]
  const inDigits = counts.map((each) => each.toLocaleString(document.documentElement.lang))
  part("left").textContent = inDigits[0]
  part("locked").textContent = inDigits[1]
  return counts
}

async function begin() {
  const waiting = await keys(here, "forms")
  const name = waiting[Math.floor(Math.random() * waiting.length)]
  const { html, receipt } = await get(here, "forms", name)
  place.innerHTML = html
  const form = place.querySelector("form")
  const guide = lead(form, { rules, words, around: page, finished: () => finish(name, form, receipt) })
  part("faults").hidden = true
  view("filling")
  guide.restore()
  guide.show(0)
}

async function finish(name, form, receipt) {
  form.querySelector("[data-finish]").disabled = true
  const record = await lock(new URLSearchParams(fieldsOf(form, rules)).toString(), key)
  await exchange(here, ["forms", name], ["locked", crypto.randomUUID(), { record }])
  place.replaceChildren()
  page.querySelector("#receipt").textContent = receipt
  view("finished")
}

async function send() {
  if (sending) return
  sending = true
  part("send").disabled = true
  try {
    tell(await sent())
  } catch {
    tell(words.noConnection)
  } finally {
    sending = false
    part("send").disabled = false
    part("send").hidden = (await count())[1] === 0
  }
}

// Send all that is locked, in no order; what to say then.
async function sent() {
  const refused = []
  for (const name of shuffled(await keys(here, "locked"))) {
    const { record } = await get(here, "locked", name)
    const answer = await post(new URLSearchParams({ record }))
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return words.busy
    const { taken, message } = await answer.json()
    if (taken) await remove(here, "locked", name)
    else refused.push(message)
    await count()
  }
  if (!refused.length) return words.allSent
  const reason = [...new Set(refused)].join(" ")
  return words.refused.replace("{number}", refused.length).replace("{reason}", reason)
}

function post(body) {
  return fetch(here, { method: "POST", body, credentials: "omit", headers: { Accept: "application/json" } })
}

function shuffled(things) {
  const them = [...things]
  for (let at = them.length - 1; at > 0; at--) {
    const [drawn] = crypto.getRandomValues(new Uint32Array(1)), other = drawn % (at + 1);
    [them[at], them[other]] = [them[other], them[at]]
  }
  return them
}

function view(stage, { focus = true } = {}) {
  for (const each of page.querySelectorAll("[data-view]")) each.hidden = each.dataset.view !== stage
  if (focus) page.querySelector(`[data-view="${stage}"] h1`)?.focus()
}

function tell(message) {
  part("told").hidden = false
  part("told").textContent = message
}

part("begin").addEventListener("click", begin)
part("send").addEventListener("click", send)
part("stop").addEventListener("click", () => between())
part("done").addEventListener("click", () => {
  page.querySelector("#receipt").textContent = ""
  between()
})
part("erase").addEventListener("click", async () => {
  await erase(here)
  view("erased")
})
addEventListener("online", async () => {
  if ((await keys(here, "locked")).length && !page.querySelector('[data-view="between"]').hidden) send()
})
