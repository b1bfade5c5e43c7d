// A sealed field: lines that bind case, field, version and key, the body, zeros up to the bucket, in an age file.

import { digest, digestText, fieldName, fromBase64, id, indexOf, number, same, toBytes, toText, type Bytes } from "./bytes";
import { bucket, openWith, sealTo, type Kind } from "./agefile";
import { author, authorText, RECOVERY, type Author, type Directory } from "./certificates";
import type { CaseChain, CaseSecrets } from "./case";
import { Lines, signed, signedPart, write, type Line } from "./lines";
import { notBehind, type Memory } from "./memory";
import type { Signer } from "./person";
import { Refusal, refuse } from "./refusal";

const FORMAT = "mandate-sealed/1";
/** The field that an index of names is kept as. */
export const INDEX = "index/names";

export const kindOf = (field: string): Kind => (field === INDEX ? "index" : "field");

/** Lines, an empty line, the body, zeros up to the smallest bucket; sealed. */
export async function padded(head: string, body: Bytes, key: string, kind: Kind, what: string): Promise<Bytes> {
  const lines = toBytes(`${head}\n`);
  const size = bucket(lines.length + body.length, kind) ?? refuse("too-long", { what });
  const plaintext = new Uint8Array(size);
  plaintext.set(lines);
  plaintext.set(body, lines.length);
  const bytes = await sealTo(key, plaintext);
  plaintext.fill(0);
  return bytes;
}

/** Takes a padded plaintext apart: the lines, and where what comes after the empty line begins. */
export function takenApart(plaintext: Bytes, what: string): { head: string; start: number } {
  const end = indexOf(plaintext, [10, 10], 0, Math.min(plaintext.length, 64 * 1024));
  if (end < 0) return refuse("format", { what });
  return { head: toText(plaintext.subarray(0, end + 1), what), start: end + 2 };
}

/** The body of a length; what follows must be the zeros of the smallest bucket. */
export function bodyOf(plaintext: Bytes, start: number, length: number, kind: Kind, named: Bytes): Bytes {
  if (length > plaintext.length - start) refuse("format", { what: "length" });
  if (bucket(start + length, kind) !== plaintext.length) refuse("bucket", { bytes: plaintext.length });
  for (let at = start + length; at < plaintext.length; at++) if (plaintext[at] !== 0) refuse("padding");
  const body = plaintext.slice(start, start + length);
  if (!same(digest(body), named)) refuse("digest");
  return body;
}

/** Opens with whichever of the keys fits; gives the generation that did. */
export async function openWithAny(bytes: Bytes, kind: Kind, secrets: CaseSecrets): Promise<[number, Bytes]> {
  let refused = new Refusal("does-not-open");
  for (const [generation, secret] of secrets.all()) {
    try {
      return [generation, await openWith(bytes, kind, secret)];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused = error;
      // What is wrong from outside is wrong with every key.
      if (error.why !== "does-not-open") break;
    }
  }
  throw refused;
}

/** Seals a field to the case's latest key. Without an author it is write-only capture: only public keys are needed. */
export async function sealField(body: Bytes, { field, version, chain, directory, author: by, now }: {
  field: string; version: number; chain: CaseChain; directory: Directory; author?: Signer; now: number;
}): Promise<Bytes> {
  if (!Number.isSafeInteger(version) || version < 1) refuse("format", { what: "version" });
  const key = chain.writable(directory);
  const lines: Line[] = [["case", chain.case], ["field", fieldName(field)], ["version", version], ["key", key.generation],
    ["author", by ? authorText(by.author) : "-"], ["made", now], ["length", body.length], ["digest", digestText(body)]];
  const text = write(FORMAT, lines);
  const head = by ? signed(text, by.secret.sign(toBytes(text))) : `${text}signature -\n`;
  return padded(head, body, key.key, kindOf(field), FORMAT);
}

export type Opened = {
  readonly body: Bytes; readonly version: number; readonly generation: number;
  /** Who wrote it. None: anybody who has the public key may have, the server too. */
  readonly author?: Author;
  /** When, by the writer's word. */
  readonly made: number;
};

/** Opens a field and compares what it says of itself with what was asked for. */
export async function openField(bytes: Bytes, { field, version: asked, signed: demanded, secrets, directory, memory }: {
  field: string; version?: number; signed?: boolean; secrets: CaseSecrets; directory: Directory; memory: Memory;
}): Promise<Opened> {
  const kind = kindOf(field);
  const [generation, plaintext] = await openWithAny(bytes, kind, secrets);
  const { head, start } = takenApart(plaintext, FORMAT);
  const lines = new Lines(head, FORMAT);
  const of = lines.read("case", id);
  const name = lines.read("field", fieldName);
  const version = lines.read("version", number);
  const key = lines.read("key", number);
  const by = lines.read("author", (text) => (text === "-" ? undefined : author(text)));
  const made = lines.read("made", number);
  const length = lines.read("length", number);
  const named = lines.read("digest", (text) => fromBase64(text, 32));
  const signature = lines.read("signature", (text) => (text === "-" ? undefined : fromBase64(text, 64)));
  lines.end();
  if (of !== secrets.case_) refuse("other-case");
  if (name !== field) refuse("other-field");
  if (key !== generation) refuse("other-key", { key, asked: generation });
  const place = `field/${of}/${field}`;
  const whole = digestText(bytes);
  notBehind(await memory.known(place), version, whole, "field-older", "field-forked");
  if (asked !== undefined && asked !== version) refuse("other-version", { number: version, asked });
  if (by?.person === RECOVERY) refuse("wrong-use", { person: by.person });
  if (by && signature) directory.verify(by, made, signedPart(head), signature, FORMAT);
  else if (by || signature) refuse("signature", { what: FORMAT });
  else if (demanded) refuse("unsigned");
  const body = bodyOf(plaintext, start, length, kind, named);
  plaintext.fill(0);
  await memory.seen(place, version, whole);
  return { body, version, generation, author: by, made };
}
