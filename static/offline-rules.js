// Decides on the phone what is asked, offered and said, from the rules that the page carries
// (consultations/submissions/offline/rules.py), as the server decides it again on arrival.
import { evaluate, text, truth } from "./logic.js"

const ABSENT = ["-6", "-9"]
const NAMED = /\$\{\s*([^{}\s]+)\s*\}/g

// {answers, left}: the answers with all that is worked out, and the questions that are not asked.
export function workedOut(rules, given, { order = "", today } = {}) {
  const answers = { ...given }, left = new Set()
  const around = { today, irrelevant: [], label: (name, code) => choice(rules, name, code)?.[2] ?? "" }
  for (const name of rules.order) {
    const conditions = rules.conditions[name] ?? []
    if (!conditions.every((tree) => truth(evaluate(tree, answers, around)))) {
      left.add(name)
      around.irrelevant.push(...rules.fields[name] ?? [name])
    }
    if (name in rules.worked) {
      const value = left.has(name) ? undefined : worth(rules.worked[name], answers, name, order, around)
      delete answers[name]
      if (value !== undefined) answers[name] = value
    }
  }
  return { answers, left, around }
}

// The codes of a question's choices that its filter lets through; null where it has none.
export function offered(rules, name, { answers, around }) {
  if (!(name in rules.filters)) return null
  const passes = (columns) => truth(evaluate(rules.filters[name], answers, { ...around, columns }))
  return rules.columns[name].filter(passes).map((columns) => columns.name)
}

// Whether an answer keeps to its question's constraint; no answer always does.
export function holds(rules, name, { answers, around }) {
  const own = answers[name], tree = rules.constraints[name]
  if (tree === undefined || own === undefined || own === "" || own.length === 0) return true
  return truth(evaluate(tree, answers, { ...around, own }))
}

// Words with the answers put in that they speak of.
export function said(rules, written, { answers, around }) {
  return written.replace(NAMED, (all, name) => {
    const answer = around.irrelevant.includes(name) ? undefined : answers[name]
    return answer === undefined || ABSENT.includes(answer) ? "" : spoken(rules, name, answer)
  })
}

function worth({ calculated, tree, default: first }, answers, name, order, around) {
  const own = answers[name]
  if (!calculated && own !== undefined && own !== "") return own
  if (tree === null) return first || undefined
  const value = evaluate(tree, answers, { ...around, own, order: order && `${order}/${name}` })
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined
  return text(value) || undefined
}

const choice = (rules, name, code) => rules.choices[name]?.find((each) => each[0] === code)

function spoken(rules, name, answer) {
  if (!rules.choices[name]) return plain(rules, name, answer)
  const codes = Array.isArray(answer) ? answer : [text(answer)]
  const labels = codes.map((code) => choice(rules, name, code)?.[1]).filter(Boolean)
  return new Intl.ListFormat(rules.language, { type: "conjunction" }).format(labels)
}

function plain(rules, name, answer) {
  const date = new Date(answer)
  const full = rules.kinds[name] === "date" && /^\d{4}-\d\d-\d\d$/.test(answer) && !Number.isNaN(+date)
  if (!full) return Array.isArray(answer) ? answer.join(" ") : text(answer)
  return new Intl.DateTimeFormat(rules.language, { dateStyle: "long", timeZone: "UTC" }).format(date)
}
