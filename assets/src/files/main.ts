// The page of files: one address, and everything that is read or written is opened and locked here.

import { ask, Line, Party, Refused, Start } from "./api";
import { choice, complain, field, h, heading, line, show, t } from "./dom";
import { fileView, read } from "./file";
import { filingView } from "./filing";
import { leftOutView } from "./leftout";
import { passkeysWork } from "./passkey";
import { indexed, searchBox } from "./search";
import { Keys } from "./keys";
import { Refusal } from "../sealing/sealing";

const root = document.getElementById("files")!;
const IDLE_MINUTES = 10;

/** Where a person is: what all views share. */
export type Place = {
  root: HTMLElement;
  start: Start;
  keys: Keys;
  party: Party;
  /** Shows the list. */
  list(said?: string): Promise<void>;
  /** Opens a file. */
  open(code: string): Promise<void>;
};

/** Does something while the page says that it is busy; what goes wrong is said where it went wrong. */
export async function busy(at: HTMLElement, what: () => Promise<void>): Promise<void> {
  const buttons = [...root.querySelectorAll("button")];
  buttons.forEach((button) => (button.disabled = true));
  root.setAttribute("aria-busy", "true");
  try {
    await what();
  } catch (error) {
    complain(at, inWords(error));
  } finally {
    root.removeAttribute("aria-busy");
    buttons.forEach((button) => (button.disabled = false));
  }
}

/** Why something was refused, in the reader's words. */
export function inWords(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof Refusal) return t(error.key, error.facts);
  console.error(error instanceof Error ? error.name : "error");
  return t("survivors-error-unreadable");
}

async function begin(said?: string): Promise<void> {
  const start = await ask<Start>("start");
  const own = start.wraps.some((wrap) => wrap.credential === "");
  if (!start.directory.office) return show(root, heading(t("survivors-key-make")), h("p", {}, t("survivors-key-no-office")));
  return own && !start.lapsed ? unlockView(start, said) : makeKeyView(start);
}

function passphraseField(name: string, label: string, hint?: string): [HTMLInputElement, HTMLElement] {
  const input = line(name, "password", { required: true, autocomplete: name === "again" ? "off" : "current-password" });
  return [input, field(name, label, input, hint)];
}

function makeKeyView(start: Start): void {
  const fingerprint = Keys.fingerprint(start);
  const [first, firstField] = passphraseField("passphrase", t("survivors-passphrase"), t("survivors-passphrase-hint"));
  const [again, againField] = passphraseField("again", t("survivors-passphrase-again"));
  const same = h("input", { type: "checkbox", id: "f-same", required: true });
  const form = h(
    "form",
    { novalidate: true, onsubmit: (event) => event.preventDefault() },
    h("p", {}, t("survivors-key-office", { fingerprint })),
    h("div", { class: "choice" }, same, h("label", { for: "f-same" }, t("survivors-key-compared"))),
    firstField,
    againField,
    h("p", { class: "quiet" }, t("survivors-wait")),
    h("button", {}, t("survivors-key-make")),
  );
  form.addEventListener("submit", () =>
    busy(form, async () => {
      if (!same.checked) return complain(form, t("survivors-error-fill", { field: t("survivors-key-compared") }));
      if (first.value !== again.value || [...first.value].length < 14) return complain(form, t("survivors-error-passphrase"));
      const made = await Keys.make(start, first.value);
      await ask("key", {}, made);
      show(root, heading(t("survivors-key-make")), h("p", {}, t("survivors-key-waits")));
    }),
  );
  show(root, heading(t("survivors-key-make")), form);
}

function unlockView(start: Start, said?: string): void {
  if (!Keys.certified(start)) return show(root, heading(t("survivors-key-make")), h("p", {}, t("survivors-key-waits")));
  const [input, passphrase] = passphraseField("passphrase", t("survivors-passphrase"), t("survivors-unlock-hint"));
  const party = choice("party", start.me.parties.map((key) => ({ key, name: t(`survivors-as-${key}`) })));
  const byPasskey = h("button", { type: "button", class: "second", onclick: () => void busy(form, async () => {
    const keys = await Keys.openByPasskey(start, IDLE_MINUTES, () => void begin(t("survivors-locked")));
    await enter(start, keys, party.value as Party);
  }) }, t("survivors-open-passkey"));
  const form = h(
    "form",
    { novalidate: true, onsubmit: (event) => event.preventDefault() },
    said ? h("p", { class: "notice important" }, said) : null,
    start.me.parties.length > 1 ? field("party", t("survivors-role"), party) : null,
    passphrase,
    h("p", { class: "quiet" }, t("survivors-wait")),
    h("p", { class: "actions" }, h("button", {}, t("survivors-open")), Keys.hasPasskey(start) ? byPasskey : null),
  );
  form.addEventListener("submit", () =>
    busy(form, async () => {
      const keys = await Keys.open(start, input.value, IDLE_MINUTES, () => void begin(t("survivors-locked")));
      input.value = "";
      await enter(start, keys, party.value as Party);
    }),
  );
  show(root, heading(t("survivors-unlock")), form);
}

async function enter(start: Start, keys: Keys, party: Party): Promise<void> {
  const place: Place = {
    root,
    start,
    keys,
    party,
    list: (said) => listView(place, said),
    open: (code) => fileView(place, code),
  };
  await place.list();
}

/** Where the clock of a file stands. */
export function clockWords(line: Line): string {
  const clock = line.clock;
  return clock ? t(`survivors-clock-${clock.state}`, { due: clock.due ?? "", days: clock.days }) : "";
}

function filerActions(place: Place): HTMLElement {
  const others = h("button", { class: "second", onclick: () => void busy(root, () => leftOutView(place)) }, t("survivors-left-out"));
  const begin = h("button", { onclick: () => void busy(root, () => filingView(place)) }, t("survivors-new"));
  return h("p", { class: "actions" }, begin, place.start.process.left_out.length > 0 ? others : null);
}

async function listView(place: Place, said?: string): Promise<void> {
  const { files } = await ask<{ files: Line[] }>("list", { as: place.party });
  const row = (item: Line) =>
    h(
      "tr",
      {},
      h("td", {}, h("button", { class: "as-link", onclick: () => void busy(root, () => place.open(item.code)) }, item.code)),
      h("td", { "data-label": t("survivors-stage") }, t(`survivors-stage-${item.stage}`)),
      h("td", { "data-label": t("survivors-since") }, item.since),
      h("td", { "data-label": t("survivors-clock") }, item.clock?.state === "late" ? h("span", { class: "tag late" }, clockWords(item)) : clockWords(item)),
    );
  const head = ["code", "stage", "since", "clock"].map((name) => h("th", { scope: "col" }, t(`survivors-${name}`)));
  const table = h("table", { class: "cards" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...files.map(row)));
  show(
    place.root,
    heading(t(`survivors-as-${place.party}`)),
    said ? h("p", { class: "notice success", role: "status" }, said) : null,
    place.party === "filing" ? filerActions(place) : null,
    place.party === "filing" && files.some((item) => item.filed) ? searchBox(place) : null,
    files.length > 0 ? table : h("p", { class: "quiet" }, t("survivors-none")),
    files.length > 0 && place.party !== "commission" ? handOver(place, files) : null,
    passkeysWork() && !place.start.wraps.some((wrap) => wrap.credential) ? passkeyOffer(place) : null,
  );
}

/** Opens every file once, so that new colleagues get its keys; each opening is in the ledger, as any other. */
function handOver(place: Place, files: Line[]): HTMLElement {
  const box = h("details", { class: "hand-over" }, h("summary", {}, t("survivors-hand-over")), h("p", { class: "quiet" }, t("survivors-hand-over-hint")));
  const progress = h("progress", { max: String(files.length), value: "0", hidden: true, "aria-label": t("survivors-hand-over") });
  let stopped = false;
  const stop = h("button", { type: "button", class: "second", onclick: () => (stopped = true) }, t("survivors-stop"));
  const run = async () => {
    progress.hidden = false;
    stop.hidden = false;
    stop.disabled = false;
    for (const [at, item] of files.entries()) {
      if (stopped) break;
      const opened = await read(place, item.code);
      if (place.party === "filing" && item.filed) await indexed(place, opened);
      progress.value = at + 1;
    }
    await place.list(t(stopped ? "survivors-stopped" : "survivors-handed-over", { n: progress.value }));
  };
  stop.hidden = true;
  box.append(h("p", { class: "actions" }, h("button", { type: "button", class: "second", onclick: () => void busy(box, run) }, t("survivors-hand-over-do")), stop), progress);
  return box;
}

/** A passkey may open the key from now on; the passphrase still does. */
function passkeyOffer(place: Place): HTMLElement {
  const box = h("details", { class: "passkey" }, h("summary", {}, t("survivors-passkey")), h("p", { class: "quiet" }, t("survivors-passkey-hint")));
  const add = async () => {
    await place.keys.addPasskey();
    await place.list(t("survivors-passkey-added"));
  };
  box.append(h("button", { type: "button", class: "second", onclick: () => void busy(box, add) }, t("survivors-passkey-add")));
  return box;
}

// A page out of the browser's store of pages would show what was open.
addEventListener("pagehide", () => root.replaceChildren());

void begin().catch((error) => show(root, heading(t("survivors-unlock")), h("p", {}, inWords(error))));
