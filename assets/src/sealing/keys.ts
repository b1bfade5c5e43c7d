// Public keys as they are written, and what is made from secret ones. Secrets are bytes here, so that they can be wiped.

import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base32, bech32 } from "@scure/base";
import { digest, fromBase64, toBase64, toBytes, type Bytes } from "./bytes";
import { refuse, type Why } from "./refusal";

const SECRET = "age-secret-key-";

/** An ordinary age recipient, in its one form. */
export function recipient(text: string): string {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    if (prefix === "age" && bytes.length === 32 && text === text.toLowerCase() && text.length === 62) return text;
  } catch { /* refused below */ }
  return refuse("format", { what: "encryption" });
}

/** The 32 bytes of `AGE-SECRET-KEY-1...`. */
export function secretOf(text: string): Bytes {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text);
    if (prefix.toLowerCase() === SECRET && bytes.length === 32 && text === text.toUpperCase()) return bytes;
  } catch { /* refused below; the text is not repeated */ }
  return refuse("format", { what: "AGE-SECRET-KEY" });
}

export const secretText = (secret: Bytes): string => bech32.encodeFromBytes(SECRET, secret).toUpperCase();
export const publicOf = (secret: Bytes): string => bech32.encodeFromBytes("age", x25519.getPublicKey(secret));
export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const derive = (secret: Bytes, what: string): Bytes => hkdf(sha256, secret, undefined, toBytes(what), 32);

/** The seed of the key that a person signs with. */
export const signingSeed = (secret: Bytes): Bytes => derive(secret, "mandate/signing/1");
export const signingPublic = (seed: Bytes): string => toBase64(ed25519.getPublicKey(seed));
export const sign = (seed: Bytes, text: Bytes): Bytes => ed25519.sign(text, seed);

export function verify(key: string, text: Bytes, signature: Bytes, what: string, why: Why = "signature"): void {
  let good = false;
  try {
    // Strictly: no leniencies by which one message has two signatures.
    good = ed25519.verify(signature, text, fromBase64(key, 32), { zip215: false });
  } catch { /* refused below */ }
  if (!good) refuse(why, { what });
}

/** What people compare: 20 characters of the base32 of the key's digest, in groups of four. */
export function fingerprint(key: string): string {
  return base32.encode(digest(fromBase64(key, 32))).slice(0, 20).replace(/(.{4})(?=.)/g, "$1 ");
}
