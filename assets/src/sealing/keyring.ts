// Keys while somebody works: in memory only, forgotten after idle minutes, when the page is left, and on demand.

import { CaseSecrets } from "./case";
import type { PersonSecret } from "./person";
import { refuse } from "./refusal";

export type Clock = { now: () => number; later: (what: () => void, milliseconds: number) => () => void };

const page: Clock = {
  now: () => Date.now(),
  later: (what, milliseconds) => {
    const timer = setTimeout(what, milliseconds);
    return () => clearTimeout(timer);
  },
};

export class KeyRing {
  #person: PersonSecret | undefined;
  readonly #cases = new Map<string, CaseSecrets>();
  #last = 0;
  #cancel: (() => void) | undefined;

  constructor(private readonly told: { idleMinutes: number; onLock?: () => void; clock?: Clock }) {}

  get #clock(): Clock {
    return this.told.clock ?? page;
  }

  get #idle(): number {
    return this.told.idleMinutes * 60_000;
  }

  unlock(person: PersonSecret): void {
    this.lock();
    this.#person = person;
    this.touch();
  }

  get locked(): boolean {
    // A machine that slept wakes with its timers late: the hour decides.
    if (this.#person && this.#clock.now() - this.#last >= this.#idle) this.lock();
    return this.#person === undefined;
  }

  get person(): PersonSecret {
    if (this.locked) refuse("locked");
    return this.#person as PersonSecret;
  }

  /** The keys at hand of a case; none yet if it was not opened. */
  case(of: string): CaseSecrets {
    if (this.locked) refuse("locked");
    const known = this.#cases.get(of) ?? new CaseSecrets(of);
    this.#cases.set(of, known);
    return known;
  }

  /** Somebody is there. */
  touch(): void {
    if (this.#person === undefined) return;
    if (this.#last !== 0 && this.#clock.now() - this.#last >= this.#idle) return this.lock();
    this.#last = this.#clock.now();
    this.#cancel?.();
    this.#cancel = this.#clock.later(() => this.locked || this.lock(), this.#idle);
  }

  lock(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#last = 0;
    if (this.#person === undefined) return;
    this.#person.forget();
    this.#person = undefined;
    for (const secrets of this.#cases.values()) secrets.forget();
    this.#cases.clear();
    this.told.onLock?.();
  }

  /** Keys and pointers are signs of somebody; leaving the page forgets at once, also when the browser would keep it. */
  watch(target: EventTarget): () => void {
    const touch = (): void => this.touch();
    const lock = (): void => this.lock();
    const signs = ["pointerdown", "keydown"];
    for (const sign of signs) target.addEventListener(sign, touch);
    target.addEventListener("pagehide", lock);
    return () => {
      for (const sign of signs) target.removeEventListener(sign, touch);
      target.removeEventListener("pagehide", lock);
    };
  }
}
