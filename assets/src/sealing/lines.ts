// Documents: lines of `name value`, in one order, with the signature as the last line.

import { toBase64, toBytes, toText, fromBase64, type Bytes } from "./bytes";
import { Refusal, refuse } from "./refusal";

const LONGEST = 64 * 1024;

/** Reads a document line by line; another order than the format's is refused. */
export class Lines {
  #rest: string;

  constructor(bytes: Bytes | string, private readonly format: string, longest = LONGEST) {
    if (bytes.length > longest) refuse("too-long", { what: format });
    const text = typeof bytes === "string" ? bytes : toText(bytes, format);
    const end = text.indexOf("\n");
    const first = text.slice(0, Math.max(end, 0));
    if (first !== format) {
      const kind = format.split("/")[0];
      if (first.startsWith(`${kind}/`)) refuse("unknown-version", { what: kind });
      refuse("format", { what: format });
    }
    this.#rest = text.slice(end + 1);
  }

  #wrong(name: string): never {
    return refuse("format", { what: `${this.format}: ${name}` });
  }

  /** The next line's value if it has this name. */
  maybe(name: string): string | undefined {
    const end = this.#rest.indexOf("\n");
    if (end < 0 || !this.#rest.startsWith(`${name} `) || end <= name.length) return undefined;
    const value = this.#rest.slice(name.length + 1, end);
    this.#rest = this.#rest.slice(end + 1);
    return value;
  }

  take(name: string): string {
    return this.maybe(name) ?? this.#wrong(name);
  }

  read<T>(name: string, read: (text: string) => T): T {
    const value = this.take(name);
    try {
      return read(value);
    } catch (error) {
      if (error instanceof Refusal) this.#wrong(name);
      throw error;
    }
  }

  signature(): Bytes {
    const signature = this.read("signature", (text) => fromBase64(text, 64));
    this.end();
    return signature;
  }

  end(): void {
    if (this.#rest !== "") this.#wrong("end");
  }

  get rest(): string {
    return this.#rest;
  }
}

export type Line = readonly [name: string, value: string | number];

export const write = (format: string, lines: readonly Line[]): string =>
  `${format}\n${lines.map(([name, value]) => `${name} ${value}\n`).join("")}`;

export const signed = (text: string, signature: Bytes): string => `${text}signature ${toBase64(signature)}\n`;

/** What a signature is over: everything before its line. */
export function signedPart(text: string): Bytes {
  const at = text.lastIndexOf("\nsignature ");
  return at < 0 ? refuse("format", { what: "signature" }) : toBytes(text.slice(0, at + 1));
}
