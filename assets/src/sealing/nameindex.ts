// The sealed index of names: opened here, searched here; the server sees neither names nor questions.

import { isId, toBytes, toText, type Bytes } from "./bytes";
import { nameKey } from "./namekey";
import { refuse } from "./refusal";

export type Entry = { readonly case: string; readonly name: string; readonly key: string };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function entry(of: string, name: string): Entry {
  const plain = name.replace(/\p{Cc}/gu, " ");
  return { case: of, name: plain, key: nameKey(plain) };
}

export class NameIndex {
  /** The keys with a space on either side, so that the beginnings of words are found without taking words apart. */
  readonly #spaced: readonly string[];

  private constructor(readonly entries: readonly Entry[]) {
    this.#spaced = entries.map(({ key }) => ` ${key} `);
  }

  /** In the order of cases, each once. */
  static of(entries: Iterable<Entry>): NameIndex {
    const sorted = [...entries].sort((a, b) => compare(a.case, b.case) || compare(a.name, b.name));
    return new NameIndex(sorted.filter((one, at) => at === 0 || one.case !== sorted[at - 1].case || one.name !== sorted[at - 1].name));
  }

  /** Reads the body of the field `index/names`. */
  static read(body: Bytes): NameIndex {
    const lines = toText(body, "index/names").split("\n");
    if (lines.pop() !== "") refuse("format", { what: "index/names" });
    return new NameIndex(lines.map((line, at) => {
      const [of, name, key, ...more] = line.split("\t");
      if (key === undefined || more.length > 0 || !isId(of)) refuse("format", { what: `index/names:${at + 1}` });
      return { case: of, name, key };
    }));
  }

  /** The body of the field. */
  bytes(): Bytes {
    return toBytes(this.entries.map((one) => `${one.case}\t${one.name}\t${one.key}\n`).join(""));
  }

  /** The names in which every word sought begins a word; those with more whole words first, then by name. */
  find(sought: string, limit = 20): Entry[] {
    const words = nameKey(sought).split(" ").filter((word) => word !== "").map((word) => ` ${word}`);
    if (words.length === 0) return [];
    const found: [number, Entry][] = [];
    this.entries.forEach((one, at) => {
      const key = this.#spaced[at];
      if (words.every((word) => key.includes(word))) found.push([words.filter((word) => key.includes(`${word} `)).length, one]);
    });
    found.sort(([a, x], [b, y]) => b - a || compare(x.key, y.key) || compare(x.case, y.case));
    return found.slice(0, limit).map(([, one]) => one);
  }
}
