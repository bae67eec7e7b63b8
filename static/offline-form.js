// Leads through a whole form that stands on one page: one section at a time, what is not asked
// left out, what is wrong said. The form is complete without it.
import { holds, offered, said, workedOut } from "./offline-rules.js"

const SEVERAL = ["multiple", "ranking"]
const NUMBERS = ["integer", "decimal"]
const PREFER_NOT = "-7"

// `form` is led through by `rules` with the sentences of `words`.
// changed(): something was typed; finished(): the last button was pressed and nothing is wrong.
export function lead(form, { rules, words, around = document, changed = () => {}, finished }) {
  const pages = [...form.querySelectorAll("[data-page]")]
  const holders = new Map(holdersOf(form))
  const piped = [...pipedIn(form)]
  let at = 0, worked

  const order = form.dataset.seed
  const shown = (page) => {
    const inside = [...holders].filter(([, holder]) => page.contains(holder))
    return !inside.length || inside.some(([name]) => !worked.left.has(name))
  }
  const asked = () => pages.filter(shown)

  function refresh() {
    for (let turn = 0; turn < 3; turn++) { // a filter may take away what another one looks at
      worked = workedOut(rules, answersIn(form, rules), { order, today: today() })
      for (const name of Object.keys(rules.filters)) filter(form, name, offered(rules, name, worked))
    }
    for (const [name, holder] of holders) holder.hidden = worked.left.has(name)
    for (const run of form.querySelectorAll("[data-questions]")) {
      run.hidden = run.dataset.questions.split(" ").every((name) => worked.left.has(name))
    }
    for (const [node, written] of piped) node.data = said(rules, written, worked)
  }

  function show(page, { focus = true } = {}) {
    refresh()
    at = Math.max(0, Math.min(page, pages.length - 1))
    const place = asked().indexOf(pages[at]), last = at === pages.length - 1
    pages.forEach((each, number) => { each.hidden = number !== at })
    form.querySelector("[data-back]").hidden = place <= 0
    form.querySelector("[data-next]").hidden = last
    form.querySelector("[data-finish]").hidden = !last
    progress(around, at + 1, pages.length, words)
    if (last) list(form, holders, worked, words)
    if (focus) {
      pages[at].querySelector("h2")?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
  }

  function turn(forward) {
    refresh()
    const way = asked(), place = way.indexOf(pages[at])
    show(pages.indexOf(way[place + (forward ? 1 : -1)] ?? pages[at]))
    changed()
  }

  function next() {
    if (tell(faultsOn(pages[at]))) return
    if (at === pages.length - 1) finish()
    else turn(true)
  }

  function finish() {
    for (const page of asked()) {
      const found = faultsOn(page)
      if (Object.keys(found).length) { show(pages.indexOf(page)); tell(found); return }
    }
    finished()
  }

  function faultsOn(page) {
    const found = {}
    refresh()
    const consent = page.querySelector("#_consent:not(:checked)")
    if (consent) found._consent = words.agree
    for (const [name, holder] of holders) {
      if (!page.contains(holder) || worked.left.has(name)) continue
      const wrong = faultOf(form, rules, name, worked, words)
      if (wrong) found[name] = wrong
    }
    return found
  }

  // Say what is wrong, on the page of the first of them.
  function tell(found) {
    const box = around.querySelector("[data-faults]"), names = Object.keys(found)
    form.querySelectorAll("[data-fault]").forEach((each) => each.remove())
    form.querySelectorAll(".wrong").forEach((each) => each.classList.remove("wrong"))
    form.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"))
    box.hidden = !names.length
    box.querySelector("h2").textContent = words.wrong
    box.querySelector("ul").replaceChildren(...names.map((name) => entry(form, holders, name, said(rules, found[name], worked))))
    if (names.length) box.focus()
    return names.length
  }

  // What the server found wrong.
  function refused(found) {
    const holder = holders.get(Object.keys(found).find((name) => holders.has(name)))
    if (holder) show(pages.findIndex((page) => page.contains(holder)))
    tell(found)
  }

  function restore(fields, page) {
    if (fields) fill(form, fields)
    show(page ?? 0, { focus: false })
  }

  form.addEventListener("input", () => { refresh(); changed() })
  form.addEventListener("change", (event) => { keepAlone(form, rules, event.target); refresh(); changed() })
  form.addEventListener("submit", (event) => { event.preventDefault(); next() })
  form.querySelector("[data-next]").addEventListener("click", next)
  form.querySelector("[data-back]").addEventListener("click", () => turn(false))
  return { restore, refused, show, page: () => at, fields: () => fieldsOf(form, rules) }
}

// Everything that is to be sent, as pairs, without words beside a choice that is not chosen.
export function fieldsOf(form, rules) {
  const data = new FormData(form)
  const stray = ([name]) => {
    const beside = rules.beside[name]
    return beside && !data.getAll(beside.of).some((code) => beside.codes.includes(code))
  }
  return [...data].filter((pair) => typeof pair[1] === "string" && !stray(pair))
}

function answersIn(form, rules) {
  const sent = new Map(), answers = {}
  for (const [name, value] of fieldsOf(form, rules)) {
    if (value.trim()) sent.set(name, [...sent.get(name) ?? [], value])
  }
  for (const [name, kind] of Object.entries(rules.kinds)) {
    const values = sent.get(name)
    if (!values) continue
    const answer = read(rules, name, kind, values)
    if (answer !== undefined) answers[name] = answer
  }
  for (const name of Object.keys(rules.beside)) if (sent.has(name)) answers[name] = sent.get(name)[0]
  return answers
}

function read(rules, name, kind, values) {
  if (SEVERAL.includes(kind)) return kind === "ranking" ? values : inOrder(rules, name, values)
  if (NUMBERS.includes(kind) && !rules.codes[name]?.includes(values[0])) {
    const number = Number(values[0])
    return Number.isNaN(number) ? undefined : number
  }
  if (kind !== "single") return values[0]
  const called = (choice) => choice[1].toLowerCase() === values[0].trim().toLowerCase()
  return rules.choices[name]?.find(called)?.[0] ?? values[0]
}

function inOrder(rules, name, values) {
  const codes = rules.choices[name]?.map((choice) => choice[0]).filter((code) => values.includes(code))
  return codes?.length ? codes : values
}

function faultOf(form, rules, name, worked, words) {
  const own = worked.answers[name], fields = named(form, name)
  const refused = rules.refused[name] ?? rules.refused_else
  if (fields.some((field) => wrongByItself(field, rules.codes[name] ?? []))) return refused
  if (own === undefined) return rules.missing[name]
  if (Array.isArray(own) && new Set(own).size < own.length) return words.twice
  const free = own === PREFER_NOT || (Array.isArray(own) && own.some((code) => alone(rules, name).includes(code)))
  const [low, high] = rules.bounds[name] ?? [null, null]
  if (!free && Array.isArray(own) && (own.length < (low ?? 0) || own.length > (high ?? Infinity))) return refused
  return free || holds(rules, name, worked) ? undefined : refused
}

function wrongByItself(field, codes) {
  const { badInput, rangeOverflow, rangeUnderflow, stepMismatch, typeMismatch } = field.validity
  return !codes.includes(field.value) && (badInput || rangeOverflow || rangeUnderflow || stepMismatch || typeMismatch)
}

const alone = (rules, name) => [...rules.alone[name] ?? [], PREFER_NOT]
const named = (form, name) => [...form.elements].filter((field) => field.name === name)

// "None of these" and "prefer not to say" go with no other answer.
function keepAlone(form, rules, field) {
  if (field.type === "radio" || !rules.kinds[field.name]) return
  const codes = alone(rules, field.name)
  const isAlone = (each) => each.type === "checkbox" && codes.includes(each.value)
  if (field.type === "checkbox" ? !field.checked : !field.value) return
  for (const other of named(form, field.name)) {
    if (other === field || (!isAlone(field) && !isAlone(other))) continue
    if (other.type === "checkbox") other.checked = false
    else if (other.type !== "radio") other.value = ""
  }
}

function filter(form, name, codes) {
  const passes = (value) => codes.includes(value) || value === "" || value === PREFER_NOT
  for (const field of named(form, name)) {
    if (field.tagName === "SELECT") {
      for (const option of field.options) option.hidden = option.disabled = !passes(option.value)
      if (field.selectedOptions[0]?.disabled) field.value = ""
    } else if (field.type === "radio" || field.type === "checkbox") {
      field.disabled = field.closest("label").hidden = !passes(field.value)
    }
  }
}

function* holdersOf(form) {
  for (const run of form.querySelectorAll("[data-questions]")) {
    for (const name of run.dataset.questions.split(" ")) {
      yield [name, run.querySelector(`[aria-labelledby="${name}-label"]`) ?? run]
    }
  }
}

function* pipedIn(form) {
  const walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (walker.currentNode.data.includes("${")) yield [walker.currentNode, walker.currentNode.data]
  }
}

function progress(around, number, total, words) {
  const bar = around.querySelector("[data-progress]"), step = around.querySelector("[data-step]")
  if (bar) Object.assign(bar, { hidden: false, max: total, value: number })
  const inDigits = (figure) => figure.toLocaleString(document.documentElement.lang)
  if (step) {
    step.textContent = words.step.replace("{number}", inDigits(number)).replace("{total}", inDigits(total))
  }
}

// All answers in words, under the headings of their pages.
function list(form, holders, worked, words) {
  const lists = new Map()
  for (const [name, holder] of holders) {
    if (worked.left.has(name) || !named(form, name).length) continue
    const page = holder.closest("[data-page]")
    if (!lists.has(page)) lists.set(page, Object.assign(element("dl", ""), { className: "facts answers" }))
    lists.get(page).append(answered(form, holder, name, words))
  }
  form.querySelector("[data-answers]").replaceChildren(...[...lists].flatMap(
    ([page, answers]) => [element("h3", page.querySelector("h2").textContent), answers]))
}

function answered(form, holder, name, words) {
  const pair = element("div", ""), question = element("dt", labelOf(holder, name)), answer = element("dd", "")
  const given = named(form, name).map(inWords).filter(Boolean)
  for (const field of form.querySelectorAll(`[name^="${name}_other"]`)) if (field.value) given.push(field.value)
  answer.append(...given.length
    ? given.map((each) => Object.assign(element("p", each), { dir: "auto" }))
    : [Object.assign(element("span", words.skipped), { className: "count" })])
  pair.append(question, answer)
  return pair
}

function inWords(field) {
  if (field.disabled) return ""
  if (field.type === "radio" || field.type === "checkbox") {
    return field.checked ? field.closest("label").innerText.trim() || field.value : ""
  }
  return field.tagName === "SELECT" ? field.value && field.selectedOptions[0].text : field.value
}

function labelOf(holder, name) {
  const words = holder.querySelector(`legend, #${CSS.escape(name)}-label, label[for="${CSS.escape(name)}"]`)
  const copy = (words ?? holder.querySelector("label"))?.cloneNode(true)
  for (const part of copy?.querySelectorAll(".count, .n") ?? []) part.remove()
  return copy?.textContent.trim() ?? ""
}

function entry(form, holders, name, message) {
  const line = document.createElement("li"), link = element("a", message)
  const holder = holders.get(name) ?? form.elements[name]?.closest?.(".field")
  link.href = `#${name}`
  if (holder) {
    const words = labelOf(holder, name)
    if (words && name !== "_consent") link.textContent = `${words} ${message}`
    const box = holder.querySelector("fieldset, .field") ?? holder
    const told = Object.assign(element("p", message), { className: "error", id: `${name}-error` })
    told.dataset.fault = ""
    box.classList.add("wrong")
    const first = box.querySelector("legend") ?? box.querySelector("label:not(.choice)")
    if (first) first.after(told)
    else box.prepend(told)
    form.elements[name]?.setAttribute?.("aria-invalid", "true")
    form.elements[name]?.setAttribute?.("aria-describedby", told.id)
  }
  line.append(link)
  return line
}

function fill(form, fields) {
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...values.get(name) ?? [], value])
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.tagName === "BUTTON") continue
    const kept = values.get(field.name) ?? []
    if (field.type === "radio" || field.type === "checkbox") field.checked = kept.includes(field.value)
    else field.value = kept.shift() ?? ""
  }
}

const element = (name, words) => Object.assign(document.createElement(name), { textContent: words })

function today() {
  const now = new Date()
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
}
