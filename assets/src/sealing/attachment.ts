// Attachments: parts that are sealed each by itself, so that any can be sent again, and a sealed manifest of them.

import { sha256 } from "@noble/hashes/sha2.js";
import { digestText, fromBase64, id, number, toBase64, type Bytes } from "./bytes";
import type { Directory } from "./certificates";
import type { CaseChain, CaseSecrets } from "./case";
import { bodyOf, openField, openWithAny, padded, sealField, takenApart } from "./field";
import { random } from "./keys";
import { Lines, write } from "./lines";
import type { Memory } from "./memory";
import type { Signer } from "./person";
import { refuse } from "./refusal";

const MANIFEST = "mandate-attachment/1";
const PART_FORMAT = "mandate-chunk/1";
/** The content of every part but the last: 1 MiB less 1 KiB for its lines. */
export const PART = (1 << 20) - 1024;
export const PARTS = 4096;

/** What an attachment is. The page keeps it while sending, so that sending can be resumed. */
export type Manifest = {
  readonly upload: string; readonly name: string; readonly media: string; readonly size: number; readonly digest: string;
  readonly total: number;
};

export type Progress = (done: number, total: number) => void;
type Told = { progress?: Progress; signal?: AbortSignal };

export const fieldOf = (manifest: Manifest): string => `attachment/${manifest.upload}`;
const partsOf = (size: number): number => Math.max(1, Math.ceil(size / PART));
const lengthOf = ({ size, total }: Manifest, index: number): number => (index + 1 < total ? PART : size - (total - 1) * PART);

async function slice(file: Blob, index: number): Promise<Bytes> {
  return new Uint8Array(await file.slice(index * PART, (index + 1) * PART).arrayBuffer());
}

async function digestOf(file: Blob, { progress, signal }: Told): Promise<string> {
  const hash = sha256.create();
  const total = partsOf(file.size);
  for (let index = 0; index < total; index++) {
    signal?.throwIfAborted();
    hash.update(await slice(file, index));
    progress?.(index + 1, total);
  }
  return toBase64(hash.digest());
}

/** Reads a file once and gives it a number of its own. */
export async function planAttachment(file: Blob, { name, media, ...told }: { name: string; media: string } & Told): Promise<Manifest> {
  const total = partsOf(file.size);
  if (total > PARTS) refuse("too-large", { most: PARTS * PART });
  const upload = [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { upload, name, media, size: file.size, digest: await digestOf(file, told), total };
}

/**
 * Seals and sends what the server does not have yet, then gives the sealed manifest. After a break, call it again with the
 * same plan and file: a file that changed is refused. A part is had when the server has acknowledged it.
 */
export async function sendAttachment(plan: Manifest, file: Blob, { chain, directory, author, now, have, put, progress, signal }: {
  chain: CaseChain; directory: Directory; author?: Signer; now: number; have: ReadonlySet<number>;
  put: (index: number, bytes: Bytes) => Promise<void>;
} & Told): Promise<Bytes> {
  if (file.size !== plan.size || (await digestOf(file, { signal })) !== plan.digest) refuse("other-file");
  for (let index = 0; index < plan.total; index++) {
    signal?.throwIfAborted();
    if (!have.has(index)) await put(index, await sealPart(plan, index, await slice(file, index), chain, directory));
    progress?.(index + 1, plan.total);
  }
  const body = write(MANIFEST, [["upload", plan.upload], ["name", JSON.stringify(plan.name)], ["media", JSON.stringify(plan.media)],
    ["size", plan.size], ["digest", plan.digest], ["chunks", plan.total]]);
  return sealField(new TextEncoder().encode(body), { field: fieldOf(plan), version: 1, chain, directory, author, now });
}

export async function sealPart(plan: Manifest, index: number, content: Bytes, chain: CaseChain, directory: Directory): Promise<Bytes> {
  if (index >= plan.total || content.length !== lengthOf(plan, index)) refuse("other-file");
  const key = chain.writable(directory);
  const head = write(PART_FORMAT, [["case", chain.case], ["upload", plan.upload], ["key", key.generation], ["index", index],
    ["total", plan.total], ["last", index + 1 === plan.total ? 1 : 0], ["length", content.length], ["digest", digestText(content)]]);
  return padded(head, content, key.key, "part", PART_FORMAT);
}

export function readManifest(body: Bytes, field: string): Manifest {
  const text = (value: string): string => {
    let read: unknown;
    try {
      read = JSON.parse(value);
    } catch { /* refused below */ }
    return typeof read === "string" ? read : refuse("format", { what: "string" });
  };
  const lines = new Lines(body, MANIFEST);
  const upload = lines.take("upload");
  const name = lines.read("name", text);
  const media = lines.read("media", text);
  const size = lines.read("size", number);
  const digest = lines.read("digest", (value) => (fromBase64(value, 32), value));
  const total = lines.read("chunks", number);
  lines.end();
  if (!/^[0-9a-f]{32}$/.test(upload) || total !== partsOf(size) || total > PARTS) refuse("format", { what: MANIFEST });
  const manifest = { upload, name, media, size, digest, total };
  if (fieldOf(manifest) !== field) refuse("other-field");
  return manifest;
}

export async function openPart(manifest: Manifest, index: number, bytes: Bytes, secrets: CaseSecrets): Promise<Bytes> {
  if (index >= manifest.total) refuse("part-surplus", { total: manifest.total });
  const [generation, plaintext] = await openWithAny(bytes, "part", secrets);
  const { head, start } = takenApart(plaintext, PART_FORMAT);
  const lines = new Lines(head, PART_FORMAT);
  const of = lines.read("case", id);
  const upload = lines.take("upload");
  const key = lines.read("key", number);
  const at = lines.read("index", number);
  const total = lines.read("total", number);
  const last = lines.read("last", number);
  const length = lines.read("length", number);
  const named = lines.read("digest", (text) => fromBase64(text, 32));
  lines.end();
  if (of !== secrets.case_) refuse("other-case");
  if (upload !== manifest.upload) refuse("part-foreign", { part: index + 1 });
  if (key !== generation) refuse("other-key", { key, asked: generation });
  if (at !== index || total !== manifest.total || last !== (at + 1 === total ? 1 : 0) || length !== lengthOf(manifest, index)) {
    refuse("part-moved", { part: index + 1 });
  }
  return bodyOf(plaintext, start, length, "part", named);
}

/** Fetches and opens an attachment; after a broken connection `run` goes on where it stopped. Nothing is given before all is right. */
export class AttachmentReader {
  readonly #parts: Blob[] = [];
  readonly #hash = sha256.create();

  private constructor(readonly manifest: Manifest, private readonly secrets: CaseSecrets) {}

  static async of(sealed: Bytes, { field, signed, secrets, directory, memory }: {
    field: string; signed?: boolean; secrets: CaseSecrets; directory: Directory; memory: Memory;
  }): Promise<AttachmentReader> {
    const { body } = await openField(sealed, { field, signed, secrets, directory, memory });
    return new AttachmentReader(readManifest(body, field), secrets);
  }

  /** `get` gives a part's bytes, or nothing where the server has none; `count` is how many the server says there are. */
  async run({ get, count, progress, signal }: {
    get: (index: number) => Promise<Bytes | undefined>; count?: number;
  } & Told): Promise<Blob> {
    const { total, digest, media } = this.manifest;
    if (count !== undefined && count > total) refuse("part-surplus", { total });
    while (this.#parts.length < total) {
      signal?.throwIfAborted();
      const index = this.#parts.length;
      const bytes = (await get(index)) ?? refuse("part-missing", { part: index + 1, total });
      const content = await openPart(this.manifest, index, bytes, this.secrets);
      this.#hash.update(content);
      this.#parts.push(new Blob([content as BlobPart]));
      progress?.(index + 1, total);
    }
    if (toBase64(this.#hash.clone().digest()) !== digest) refuse("digest");
    return new Blob(this.#parts, { type: media });
  }
}
