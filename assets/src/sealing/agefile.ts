// Ordinary age files: the outside that is checked before any key is tried, sealing and opening.

import { Decrypter, Encrypter } from "age-encryption";
import { base64nopad } from "@scure/base";
import { number, type Bytes } from "./bytes";
import { recipient as checked, secretText } from "./keys";
import { refuse, type Why } from "./refusal";

export type Kind = "field" | "index" | "part" | "grant" | "passphrase-wrap" | "passkey-wrap";

/** 2 to this power is the least scrypt work that is accepted (OWASP's first choice), what is written, and the most. */
export const WORK_FLOOR = 17;
export const WORK = 18;
export const WORK_CEILING = 19;

const HEADER = 4096;
const GREASE = 1024;
const SEGMENT = 64 * 1024;
const TAG = 16;

export const largest = (kind: Kind): number =>
  kind === "field" || kind === "part" ? 1 << 20 : kind === "index" ? 1 << 24 : 1 << 10;

/** The smallest bucket that holds so many bytes: 1 KiB times a power of two. */
export function bucket(bytes: number, kind: Kind): number | undefined {
  let size = 1024;
  while (size < bytes) size *= 2;
  return size <= largest(kind) ? size : undefined;
}

type Stanza = { args: string[]; body: number; length: number };

function unpadded(text: string): number {
  try {
    return base64nopad.decode(text).length;
  } catch {
    return refuse("format", { what: "age: header" });
  }
}

function header(bytes: Bytes): { stanzas: Stanza[]; length: number } {
  let at = 0;
  const line = (): string => {
    const start = at;
    const limit = Math.min(bytes.length, start + HEADER);
    while (at < limit && bytes[at] >= 0x20 && bytes[at] < 0x7f) at++;
    if (at >= limit || bytes[at] !== 10) refuse("format", { what: "age: header" });
    return String.fromCharCode(...bytes.subarray(start, at++));
  };
  const first = line();
  if (first !== "age-encryption.org/v1") {
    if (first.startsWith("age-encryption.org/")) refuse("unknown-version", { what: "age" });
    refuse("format", { what: "age: header" });
  }
  const stanzas: Stanza[] = [];
  for (;;) {
    if (at > HEADER) refuse("too-long", { what: "age" });
    const start = at;
    const text = line();
    if (text.startsWith("--- ")) {
      if (unpadded(text.slice(4)) !== 32) refuse("format", { what: "age: header" });
      return { stanzas, length: at };
    }
    if (!text.startsWith("-> ")) refuse("format", { what: "age: header" });
    const args = text.slice(3).split(" ");
    if (args.includes("")) refuse("format", { what: "age: header" });
    let body = 0;
    for (;;) {
      const part = unpadded(line());
      body += part;
      if (part < 48) break;
      if (part > 48 || body > HEADER) refuse("format", { what: "age: header" });
    }
    stanzas.push({ args, body, length: at - start });
  }
}

/** One X25519 recipient; beside it at most one short stanza that says nothing. */
function oneRecipient(stanzas: Stanza[]): void {
  let recipients = 0;
  let grease = 0;
  for (const { args, body, length } of stanzas) {
    if (args[0] === "X25519" && args.length === 2) {
      if (unpadded(args[1]) !== 32 || body !== 32) refuse("format", { what: "age: X25519" });
      recipients++;
    } else if (args[0].endsWith("-grease") && length <= GREASE) grease++;
    else refuse("recipients");
  }
  if (recipients !== 1 || grease > 1) refuse("recipients");
}

function onePassphrase(stanzas: Stanza[]): void {
  const [stanza] = stanzas;
  if (stanzas.length !== 1 || stanza.args.length !== 3 || stanza.args[0] !== "scrypt") return refuse("recipients");
  const work = number(stanza.args[2]);
  if (unpadded(stanza.args[1]) !== 16 || stanza.body !== 32) refuse("format", { what: "age: scrypt" });
  if (work < WORK_FLOOR) refuse("work-too-low", { work, least: WORK_FLOOR });
  if (work > WORK_CEILING) refuse("work-too-high", { work, most: WORK_CEILING });
}

function plaintextLength(payload: number): number {
  const stream = payload - 16;
  const full = Math.floor(stream / (SEGMENT + TAG));
  const rest = stream % (SEGMENT + TAG);
  if (stream < TAG || (rest > 0 && rest < TAG) || (rest === TAG && full > 0)) refuse("format", { what: "age: payload" });
  return full * SEGMENT + (rest === 0 ? 0 : rest - TAG);
}

/** Checks recipients, work and length before anything is tried on the file; gives the length of what is inside. */
export function outside(bytes: Bytes, kind: Kind): number {
  const most = largest(kind);
  if (bytes.length > HEADER + 16 + most + Math.ceil(most / SEGMENT) * TAG) refuse("too-long", { what: "age" });
  const { stanzas, length } = header(bytes);
  if (kind === "passphrase-wrap") onePassphrase(stanzas);
  else oneRecipient(stanzas);
  const inside = plaintextLength(bytes.length - length);
  const wrap = kind === "passphrase-wrap" || kind === "passkey-wrap";
  const fits = kind === "grant" ? inside === most : wrap ? inside <= most : bucket(inside, kind) === inside;
  if (!fits) refuse("bucket", { bytes: inside });
  return inside;
}

export async function sealTo(to: string, plaintext: Bytes): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(checked(to));
  return encrypter.encrypt(plaintext);
}

async function read(decrypter: Decrypter, bytes: Bytes, why: Why): Promise<Bytes> {
  try {
    return await decrypter.decrypt(bytes);
  } catch {
    return refuse(why);
  }
}

export async function openWith(bytes: Bytes, kind: Kind, secret: Bytes, why: Why = "does-not-open"): Promise<Bytes> {
  outside(bytes, kind);
  const decrypter = new Decrypter();
  decrypter.addIdentity(secretText(secret));
  return read(decrypter, bytes, why);
}

/** Passphrases are taken in NFC, so that one typed on another keyboard is the same. */
export async function wrap(passphrase: string, plaintext: Bytes, work = WORK): Promise<Bytes> {
  if (work < WORK_FLOOR) refuse("work-too-low", { work, least: WORK_FLOOR });
  if (work > WORK_CEILING) refuse("work-too-high", { work, most: WORK_CEILING });
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(passphrase.normalize("NFC"));
  return encrypter.encrypt(plaintext);
}

export async function unwrapFile(bytes: Bytes, passphrase: string): Promise<Bytes> {
  outside(bytes, "passphrase-wrap");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.normalize("NFC"));
  return read(decrypter, bytes, "passphrase");
}
