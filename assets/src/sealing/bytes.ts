// Bytes and how documents write them.

import { sha256 } from "@noble/hashes/sha2.js";
import { base64 } from "@scure/base";
import { refuse } from "./refusal";

export type Bytes = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const toBytes = (text: string): Bytes => encoder.encode(text);

export function toText(bytes: Bytes, what = "utf-8"): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse("format", { what });
  }
}

export const digest = (bytes: Bytes): Bytes => sha256(bytes);
export const toBase64 = (bytes: Bytes): string => base64.encode(bytes);
export const digestText = (bytes: Bytes): string => toBase64(digest(bytes));

/** Base64 with padding, of exactly this many bytes, in its one form. */
export function fromBase64(text: string, length: number): Bytes {
  try {
    const bytes = base64.decode(text);
    if (bytes.length === length) return bytes;
  } catch { /* refused below */ }
  return refuse("format", { what: "base64" });
}

/** Decimal, no sign, no leading zero, at most 2^53 - 1. */
export function number(text: string): number {
  const value = Number(text);
  return /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(value) ? value : refuse("format", { what: "number" });
}

export const same = (a: Bytes, b: Bytes): boolean => {
  let different = a.length ^ b.length;
  for (let at = 0; at < Math.min(a.length, b.length); at++) different |= a[at] ^ b[at];
  return different === 0;
};

export function indexOf(bytes: Bytes, what: number[], from = 0, to = bytes.length): number {
  for (let at = from; at + what.length <= to; at++) {
    if (what.every((byte, n) => bytes[at + n] === byte)) return at;
  }
  return -1;
}

export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text);
export const isField = (text: string): boolean => /^[a-z][a-z0-9_./-]{0,63}$/.test(text);

export const id = (text: string): string => (isId(text) ? text : refuse("format", { what: "id" }));
export const fieldName = (text: string): string => (isField(text) ? text : refuse("format", { what: "field" }));
