// Locks a text so that only the server opens it; what it does stands in
// consultations/submissions/offline/lock.py.
const CURVE = { name: "ECDH", namedCurve: "P-256" }
const STEP = 4096

// The record of `text` for the server's public key; both are base 64.
export async function lock(text, key) {
  const server = bytes(key)
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey))
  const theirs = await crypto.subtle.importKey("raw", server, CURVE, false, [])
  const shared = await crypto.subtle.deriveBits({ ...CURVE, public: theirs }, own.privateKey, 256)
  const drawn = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"])
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: joined(point, server) }
  const once = await crypto.subtle.deriveKey(how, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt"])
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, once, filled(text))
  return base64(joined(point, new Uint8Array(locked)))
}

function filled(text) {
  const written = new TextEncoder().encode(text)
  const content = new Uint8Array(Math.ceil((written.length + 1) / STEP) * STEP)
  content.set(written)
  content[written.length] = 0x80
  return content
}

function joined(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

function bytes(written) {
  return Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0))
}

function base64(content) {
  const signs = Array.from(content, (byte) => String.fromCharCode(byte)).join("")
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_")
}
