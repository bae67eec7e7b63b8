// Answers for the server with what this phone keeps for its address, and with nothing else.
const KEPT = `offline ${new URL(registration.scope).pathname}`

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(kept(event.request))
})

async function kept(request) {
  // Asking for a cache that was erased must not make a new one.
  const found = await caches.match(request, { cacheName: KEPT, ignoreVary: true })
  return found ?? fetch(request)
}
