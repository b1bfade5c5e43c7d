// The index of names of who files: locked for the organisation, opened and searched here. What is sought never leaves the page.

import { ask, Case, Refused, Whole } from "./api";
import { field, h, line, t } from "./dom";
import type { OpenCase } from "./keys";
import { busy, Place } from "./main";
import { join } from "./names";
import { entry, Entry, NameIndex } from "../sealing/sealing";

/** The fields of the index: one for the names of each month in which files were filed. */
const BEGIN = "names/";
const TRIES = 4;

/** The open index of the person's organisation. */
export class Names {
  private constructor(
    readonly sealed: OpenCase,
    private readonly months: ReadonlyMap<string, NameIndex>,
  ) {}

  /** Opens the index; nothing where there is none yet, or where the person's key does not reach. */
  static async open(place: Place): Promise<Names | null> {
    const { case: kept } = await ask<{ case: Case | null }>("names");
    if (!kept) return null;
    const sealed = await place.keys.openCase(kept);
    if (!sealed.opens) return null;
    await sealed.mend("names");
    await sealed.welcome("names", colleagues(place));
    const months = new Map<string, NameIndex>();
    for (const name of sealed.names(BEGIN)) months.set(name, NameIndex.read(await sealed.open(name)));
    return new Names(sealed, months);
  }

  /** The names that fit, the closest first. */
  find(sought: string): Entry[] {
    return NameIndex.of([...this.months.values()].flatMap((month) => [...month.entries])).find(sought);
  }

  /** The month in which a file stands, or else the one given; without its entry. */
  private month(code: string, otherwise: string): [string, Entry[]] {
    for (const [name, index] of this.months) {
      if (index.entries.some((one) => one.case === code)) return [name, index.entries.filter((one) => one.case !== code)];
    }
    return [otherwise, [...(this.months.get(otherwise)?.entries ?? [])]];
  }

  /** Whether a file's name is in it. */
  has(code: string): boolean {
    return [...this.months.values()].some((month) => month.entries.some((one) => one.case === code));
  }

  /** Puts a file's name in, or another in its place. Somebody else may write at the same time: then it is done again. */
  static async put(place: Place, code: string, name: string): Promise<boolean> {
    const now = `${BEGIN}${new Date(place.keys.now * 1000).toISOString().slice(0, 7)}`;
    for (let tries = 1; ; tries++) {
      try {
        const names = (await Names.open(place)) ?? (await Names.begin(place));
        if (!names) return false;
        const [month, others] = names.month(code, now);
        const written = await names.sealed.seal(month, names.sealed.version(month) + 1, NameIndex.of([...others, entry(code, name)]).bytes());
        await ask("names/write", {}, written);
        return true;
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409 || tries === TRIES) throw error;
      }
    }
  }

  /** Begins the index; nothing where there is one that this person cannot open yet. */
  private static async begin(place: Place): Promise<Names | null> {
    const { case: kept } = await ask<{ case: Case | null }>("names");
    if (kept) return null;
    const id = crypto.randomUUID();
    const sealed = await place.keys.newCase("file", id, [place.start.me.id, ...colleagues(place)]);
    await ask("names/begin", {}, { id, case: sealed.stated });
    return new Names(sealed, new Map());
  }
}

/** Who files for the same organisation and has a certified key. */
function colleagues({ start, keys }: Place): string[] {
  const own = start.people.filter((one) => one.party === "filing" && one.holds === start.me.body && one.id !== start.me.id);
  return own.map((one) => one.id).filter((id) => keys.certified(id));
}

/** A field in which a name is sought, and what was found under it. */
export function searchBox(place: Place): HTMLElement {
  const input = line("sought", "search");
  const found = h("ul", { class: "found", "aria-live": "polite" });
  let names: Promise<Names | null> | undefined;
  const box = h("form", { class: "search", novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() });
  const seek = async () => {
    names ??= Names.open(place);
    const fitting = (await names)?.find(input.value) ?? [];
    const row = (one: Entry) => h("li", {}, h("button", { type: "button", class: "as-link", onclick: () => void busy(box, () => place.open(one.case)) }, `${one.case}: ${one.name}`));
    found.replaceChildren(...(fitting.length > 0 ? fitting.map(row) : [h("li", { class: "quiet" }, t("survivors-search-none"))]));
  };
  box.addEventListener("submit", () => void busy(box, seek));
  box.append(field("sought", t("survivors-search"), input, t("survivors-search-hint")), h("button", { class: "second" }, t("survivors-search-do")), found);
  return box;
}

/** Puts a filed name into the index where it is missing. */
export async function indexed(place: Place, { whole, one, two }: { whole: Whole; one?: OpenCase; two?: OpenCase }): Promise<void> {
  if (!one?.opens || !two?.opens || (await Names.open(place))?.has(whole.code)) return;
  await Names.put(place, whole.code, join(await one.open("identity"), await two.open("identity")).name);
}
