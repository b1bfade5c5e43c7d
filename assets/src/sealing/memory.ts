// What a client remembers, so that what it once saw newer is not shown to it older: numbers that only grow, each with the
// digest of what had it. No content and no key.

import { refuse, type Why } from "./refusal";

export type Known = { number: number; digest: string };

/** Where they are kept is the caller's: in the page's memory, or in a file on the command line. */
export interface Memory {
  known(name: string): Known | undefined | Promise<Known | undefined>;
  seen(name: string, number: number, digest: string): void | Promise<void>;
}

/** In the page's memory, until it is closed. */
export class PageMemory implements Memory {
  readonly #all = new Map<string, Known>();

  known(name: string): Known | undefined {
    return this.#all.get(name);
  }

  seen(name: string, number: number, digest: string): void {
    const before = this.#all.get(name);
    if (!before || before.number < number) this.#all.set(name, { number, digest });
  }
}

/** Refuses a number lower than the known one, and another content of the same number. */
export function notBehind(known: Known | undefined, number: number, digest: string, older: Why, forked: Why): void {
  if (!known) return;
  if (number < known.number) refuse(older, { number, known: known.number });
  if (number === known.number && digest !== known.digest) refuse(forked, { number });
}
