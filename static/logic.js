// Works out the expressions of a questionnaire in the browser, as the server does.
// Trees come from consultations/questionnaires/xpath/; a test compares the two on every
// function (tests/journeys/test_logic.py). Values are texts, numbers and truths of XPath 1.0.

const SKIPPED = ["-6", "-9"]
const LONGEST = 10000
const LONGEST_MATCHED = 1000
const DAY = 86400000
const TIME = "(\\d\\d):(\\d\\d)(?::(\\d\\d(?:\\.\\d{1,6})?))?(Z|[+-]\\d\\d:\\d\\d)?"
const DATE = new RegExp(`^(\\d{4})-(\\d\\d)(?:-(\\d\\d))?(?:[T ]${TIME})?$`)
const TIME_ALONE = new RegExp(`^${TIME}$`)
const DAY_ALONE = /^\d{4}-\d\d-\d\d$/
const NUMBER = /^[ \t\r\n]*(-?(?:\d+(?:\.\d*)?|\.\d+))[ \t\r\n]*$/
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

// The value of a tree for these answers (name -> code, codes, text or number).
// around: own (answer of the question itself), columns (of a choice), label(question, code),
// today (ISO date), order (of the participant's random numbers), irrelevant (names not asked).
export function evaluate(tree, answers, around = {}) {
  if (!Array.isArray(tree)) return tree
  const [name, ...parts] = tree
  const value = (part) => evaluate(part, answers, around)
  switch (name) {
    case "answer": return around.irrelevant?.includes(parts[0]) ? "" : seen(answers[parts[0]])
    case "column": return around.columns?.[parts[0]] ?? ""
    case "own": return seen(around.own)
    case "today": return around.today ?? new Date().toISOString().slice(0, 10)
    case "random": return around.order ? chance(`${around.order}/${parts[0]}`) : ""
    case "choice-name": return around.label(parts[1], text(value(parts[0])))
    case "regex": return matches(parts[1], text(value(parts[0])))
    case "if": return value(truth(value(parts[0])) ? parts[1] : parts[2])
    case "and": return parts.every((part) => truth(value(part)))
    case "or": return parts.some((part) => truth(value(part)))
    default: return FUNCTIONS[name](...parts.map(value))
  }
}

// Whether a value counts as true.
export function truth(value) {
  return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : Boolean(value)
}

// A value as a text, as the server would write it.
export function text(value) {
  if (typeof value !== "number") return String(value)
  const [digits, exponent] = String(value).split("e")
  if (exponent === undefined) return digits
  const [, sign, whole, part = ""] = digits.match(/^(-?)(\d+)(?:\.(\d+))?$/)
  const point = whole.length + Number(exponent), all = whole + part
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${all}`
  return sign + all.padEnd(point, "0")
}

// An answer as an expression sees it.
function seen(answer) {
  if (Array.isArray(answer)) return answer.filter((code) => !SKIPPED.includes(code)).join(" ")
  return answer === undefined || answer === null || SKIPPED.includes(answer) ? "" : answer
}

function number(value) {
  if (typeof value !== "string") return Number(value)
  const found = NUMBER.exec(value)
  return found ? Number(found[1]) : days(value)
}

const words = (value) => text(value).match(/[^ \t\r\n]+/g) ?? []

function days(written) {
  const found = DATE.exec(written)
  if (!found) return NaN
  const [year, month, day] = [found[1], found[2], found[3] ?? "01"].map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (year < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return NaN
  return date.getTime() / DAY + (found[4] ? partOfDay(found.slice(4)) : 0)
}

function partOfDay([hour, minute, second, zone]) {
  const [hours, minutes, seconds] = [hour, minute, second ?? 0].map(Number)
  if (hours > 23 || minutes > 59 || seconds >= 60) return NaN
  return (hours * 3600 + minutes * 60 + seconds) / 86400 - offset(zone)
}

function offset(zone) {
  if (!zone || zone === "Z") return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return (zone[0] === "-" ? -minutes : minutes) / 1440
}

function decimalTime(written) {
  const date = DATE.test(written)
  const time = TIME_ALONE.exec(date ? written.slice(11) : written)
  if (!time) return Number.isFinite(days(written)) ? 0 : NaN
  const part = partOfDay(time.slice(1))
  return part - Math.floor(part)
}

function format(value, pattern) {
  const date = new Date(Math.floor(number(value) * DAY + 0.5))
  if (!(date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999)) return ""
  const padded = (figure, length = 2) => String(figure).padStart(length, "0")
  const signs = {
    Y: padded(date.getUTCFullYear(), 4), y: padded(date.getUTCFullYear() % 100),
    m: padded(date.getUTCMonth() + 1), n: date.getUTCMonth() + 1, b: MONTHS[date.getUTCMonth()],
    d: padded(date.getUTCDate()), e: date.getUTCDate(), a: WEEKDAYS[date.getUTCDay()],
    H: padded(date.getUTCHours()), h: date.getUTCHours(), M: padded(date.getUTCMinutes()),
    S: padded(date.getUTCSeconds()), 3: padded(date.getUTCMilliseconds(), 3), "%": "%",
  }
  return text(pattern).replace(/%(.)/gu, (all, sign) => signs[sign] ?? all)
}

// The automaton of consultations/questionnaires/xpath/patterns.py, followed step by step.
function matches(steps, written) {
  const signs = [...written]
  if (signs.length > LONGEST_MATCHED) return false
  let active = reached(steps, [0], 0, signs.length)
  signs.forEach((sign, at) => {
    const passed = [...active].filter((step) => step < steps.length && fits(steps[step], sign))
    active = reached(steps, passed.map((step) => step + 1), at + 1, signs.length)
  })
  return active.has(steps.length)
}

function reached(steps, starts, at, length) {
  const waiting = [...starts], known = new Set(starts), active = new Set()
  while (waiting.length) {
    const here = waiting.pop()
    const [kind, ...ahead] = steps[here] ?? ["char"]
    if (kind === "char") { active.add(here); continue }
    if ((kind === "start" && at > 0) || (kind === "end" && at < length)) continue
    for (const step of ahead.length ? ahead : [1]) {
      if (known.has(here + step)) continue
      known.add(here + step)
      waiting.push(here + step)
    }
  }
  return active
}

function fits([, negated, ranges, categories], sign) {
  const code = sign.codePointAt(0)
  const found = ranges.some(([low, high]) => low <= code && code <= high)
    || categories.some((category) => new RegExp(`^\\p{${category}}`, "u").test(sign))
  return found !== negated
}

function chance(key) {
  let mixed = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) mixed = Math.imul(mixed ^ byte, 0x01000193)
  mixed = Math.imul(mixed ^ mixed >>> 16, 0x85ebca6b)
  mixed = Math.imul(mixed ^ mixed >>> 13, 0xc2b2ae35)
  return ((mixed ^ mixed >>> 16) >>> 0) / 2 ** 32
}

function equal(a, b) {
  if (typeof a === "boolean" || typeof b === "boolean") return truth(a) === truth(b)
  if (typeof a === "number" || typeof b === "number") return number(a) === number(b)
  return a === b
}

// As numbers; a date and a time on some date by their days.
function ordered(run) {
  return (a, b) => {
    const days = typeof a === "string" && typeof b === "string" && (DAY_ALONE.test(a) || DAY_ALONE.test(b))
    return days ? run(Math.floor(number(a)), Math.floor(number(b))) : run(number(a), number(b))
  }
}

function nearest(a) {
  const below = Math.floor(a)
  return a - below >= 0.5 ? below + 1 : below
}

function rounded(a, digits = 0) {
  if (!(Math.abs(digits) <= 30)) return NaN
  const moved = shifted(a, Math.trunc(digits))
  return Number.isFinite(moved) ? shifted(nearest(moved), -Math.trunc(digits)) : a
}

function shifted(a, places) {
  const [digits, exponent = 0] = String(a).split("e")
  return Number(`${digits}e${Number(exponent) + places}`)
}

function slice(a, start, length = Infinity) {
  const first = rounded(number(start)), end = first + rounded(number(length))
  return [...text(a)].filter((_, at) => first <= at + 1 && at + 1 < end).join("")
}

function substr(a, start, end = Infinity) {
  const signs = [...text(a)]
  const [from, to] = [number(start), number(end)].map((at) => Number.isNaN(at) ? 0 : at)
  return signs.slice(from, to).join("")
}

function translated(a, old, signs) {
  const from = [...old], to = [...signs]
  return [...a].map((sign) => from.includes(sign) ? to[from.indexOf(sign)] ?? "" : sign).join("")
}

function wordAt(listed, at) {
  const them = words(listed), place = number(at)
  return place >= 0 && place < them.length ? them[Math.trunc(place)] : ""
}

function selected(listed, code) {
  const wanted = text(code).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")
  return wanted !== "" && (wanted === text(listed) || words(listed).includes(wanted))
}

function checklist(least, most, ...checked) {
  const count = checked.filter(truth).length, low = number(least), high = number(most)
  return (low < 0 || count >= low) && (high < 0 || count <= high)
}

function weighted(least, most, ...checked) {
  let weight = 0
  for (let at = 0; at + 1 < checked.length; at += 2) {
    if (truth(checked[at])) weight += number(checked[at + 1])
  }
  return number(least) <= weight && weight <= number(most)
}

const cut = (joined) => joined.length > LONGEST ? [...joined].slice(0, LONGEST).join("") : joined
const filled = (value) => value !== ""
const texts = (run) => (...values) => run(...values.map(text))
const numbers = (run) => (...values) => run(...values.map(number))
const calculus = (run) => numbers((...them) => them.every(Number.isFinite) ? run(...them) : NaN)
const extreme = (run) => numbers((...them) => {
  const found = them.filter((each) => !Number.isNaN(each))
  return found.length ? run(...found) : NaN
})
const positive = (run) => calculus((a) => a > 0 ? run(a) : NaN)

const FUNCTIONS = {
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": ordered((a, b) => a < b),
  "<=": ordered((a, b) => a <= b),
  ">": ordered((a, b) => a > b),
  ">=": ordered((a, b) => a >= b),
  "+": numbers((a, b) => a + b),
  "-": numbers((a, b) => a - b),
  "*": numbers((a, b) => a * b),
  "div": numbers((a, b) => a / b),
  "mod": numbers((a, b) => a % b),
  "negative": numbers((a) => -a),
  "true": () => true,
  "false": () => false,
  "not": (a) => !truth(a),
  "boolean": truth,
  "boolean-from-string": (a) => ["1", "true"].includes(text(a).toLowerCase()),
  "checklist": checklist,
  "weighted-checklist": weighted,
  "selected": selected,
  "selected-at": wordAt,
  "count-selected": (a) => words(a).length,
  "coalesce": (...them) => them.find(filled) ?? "",
  "count-non-empty": (...them) => them.filter(filled).length,
  "string": text,
  "string-length": (a) => [...text(a)].length,
  "concat": texts((...them) => cut(them.join(""))),
  "join": texts((between, ...them) => cut(them.join(between))),
  "contains": texts((a, b) => a.includes(b)),
  "starts-with": texts((a, b) => a.startsWith(b)),
  "ends-with": texts((a, b) => a.endsWith(b)),
  "substr": substr,
  "substring": slice,
  "substring-before": texts((a, b) => a.slice(0, Math.max(0, a.indexOf(b)))),
  "substring-after": texts((a, b) => a.includes(b) ? a.slice(a.indexOf(b) + b.length) : ""),
  "translate": texts(translated),
  "normalize-space": (a) => words(a).join(" "),
  "number": number,
  "int": numbers(Math.trunc),
  "floor": numbers(Math.floor),
  "ceiling": numbers(Math.ceil),
  "round": numbers(rounded),
  "abs": numbers(Math.abs),
  "min": extreme(Math.min),
  "max": extreme(Math.max),
  "pow": calculus((a, b) => a === 0 && b < 0 ? Infinity : a ** b),
  "sqrt": calculus(Math.sqrt),
  "exp": calculus(Math.exp),
  "exp10": calculus((a) => 10 ** a),
  "log": positive(Math.log),
  "log10": positive(Math.log10),
  "sin": calculus(Math.sin),
  "cos": calculus(Math.cos),
  "tan": calculus(Math.tan),
  "asin": calculus(Math.asin),
  "acos": calculus(Math.acos),
  "atan": calculus(Math.atan),
  "atan2": calculus(Math.atan2),
  "pi": () => Math.PI,
  "date": (a) => format(a, "%Y-%m-%d"),
  "date-time": (a) => format(a, "%Y-%m-%dT%H:%M:%S"),
  "format-date": format,
  "format-date-time": format,
  "decimal-date-time": number,
  "decimal-time": texts(decimalTime),
}
