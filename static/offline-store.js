// What a phone keeps for one address: the page in a cache, the worker that shows it, and what was
// answered in a database. All of it has the address in its name, and all of it can be erased.
const DRAWERS = ["kept", "forms", "locked"]
const named = (scope) => `offline ${new URL(scope, location.href).pathname}`

// Whether this browser can keep anything.
export function able() {
  return Boolean(navigator.serviceWorker && globalThis.caches && globalThis.indexedDB && crypto.subtle)
}

// Whether a page is kept for this address.
export const isKept = (scope) => caches.has(named(scope))

// Keep a page and all that it loads, and let the worker show it. `page` is its address, or what
// the server answered when it was asked for it.
export async function keep(scope, worker, files, page) {
  const cache = await caches.open(named(scope))
  await cache.addAll(files.map((file) => new Request(file, { cache: "reload" })))
  const shown = page instanceof Response ? page : await fetch(page, { credentials: "omit", cache: "reload" })
  if (!shown.ok) throw new Error(shown.status)
  await cache.put(scope, shown)
  const registration = await navigator.serviceWorker.register(worker, { scope })
  await active(registration)
  navigator.storage?.persist?.()
}

// Remove all of it.
export async function erase(scope) {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (new URL(registration.scope).pathname === scope) await registration.unregister()
  }
  await caches.delete(named(scope))
  await close(scope)
  await new Promise((done, failed) => settle(indexedDB.deleteDatabase(named(scope)), done, failed))
}

export const get = (scope, drawer, key) => ask(scope, drawer, "readonly", (it) => it.get(key))
export const put = (scope, drawer, key, value) => ask(scope, drawer, "readwrite", (it) => it.put(value, key))
export const keys = (scope, drawer) => ask(scope, drawer, "readonly", (it) => it.getAllKeys())
export const remove = (scope, drawer, key) => ask(scope, drawer, "readwrite", (it) => it.delete(key))

// Take one thing out of a drawer and put another one in its place elsewhere, both or neither.
export async function exchange(scope, [from, key], [to, other, value]) {
  const transaction = (await open(scope)).transaction(DRAWERS, "readwrite", { durability: "strict" })
  transaction.objectStore(from).delete(key)
  transaction.objectStore(to).put(value, other)
  await new Promise((done, failed) => {
    transaction.oncomplete = done
    transaction.onabort = () => failed(transaction.error)
  })
}

const opened = new Map()

function open(scope) {
  if (!opened.has(scope)) {
    opened.set(scope, new Promise((done, failed) => {
      const asked = indexedDB.open(named(scope), 1)
      asked.onupgradeneeded = () => DRAWERS.forEach((drawer) => asked.result.createObjectStore(drawer))
      settle(asked, (database) => {
        database.onversionchange = () => { database.close(); opened.delete(scope) }
        done(database)
      }, failed)
    }))
  }
  return opened.get(scope)
}

async function close(scope) {
  if (opened.has(scope)) (await open(scope)).close()
  opened.delete(scope)
}

async function ask(scope, drawer, mode, run) {
  const transaction = (await open(scope)).transaction(drawer, mode)
  return new Promise((done, failed) => settle(run(transaction.objectStore(drawer)), done, failed))
}

function settle(request, done, failed) {
  request.onsuccess = () => done(request.result)
  request.onerror = () => failed(request.error)
}

function active(registration) {
  const worker = registration.installing ?? registration.waiting
  if (registration.active || !worker) return undefined
  return new Promise((done) => worker.addEventListener("statechange", () => {
    if (worker.state === "activated") done()
  }))
}
