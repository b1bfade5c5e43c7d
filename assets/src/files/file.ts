// A file: what the person's key opens, and the steps that the person may take.

import { ask, Line, Opening, Whole } from "./api";
import { choice, complain, field, h, heading, lines, show, t, ticks } from "./dom";
import { Consent, consented, Draft, draftOf, filingView, Form, missing } from "./filing";
import type { OpenCase } from "./keys";
import { busy, clockWords, inWords, Place } from "./main";
import { Identity, join } from "./names";
import { Names } from "./search";

const text = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();
const SURE = new Set(["withdraw", "stand-aside", "unassign", "decide", "close", "uphold"]);

/** The cases of a file, opened as far as the person's grants reach. */
type Opened = { whole: Whole; file?: OpenCase; one?: OpenCase; two?: OpenCase };

/** Reads a file; on the way, a key that has to be made anew is made, and those who have come since get theirs. */
export async function read(place: Place, code: string): Promise<Opened> {
  const whole = await ask<Whole>("read", { code, as: place.party });
  const opened: Opened = { whole };
  for (const one of whole.cases) {
    const found = await place.keys.openCase(one);
    opened[one.name] = found;
    const at = { code, as: place.party };
    // Where it fails, what needs the new key says so.
    await found.mend(at).catch(() => undefined);
    if (whole.stage !== "withdrawn") await found.welcome(at, place.keys.belong(one.name, place.party)).catch(() => undefined);
    else if (place.party === "filing") await found.close(at);
  }
  return opened;
}

/** Something that is opened for reading; what was refused is said in its place. */
async function part(label: string, body: () => Promise<Node | string | null>): Promise<HTMLElement | null> {
  let content: Node | string | null;
  try {
    content = await body();
  } catch (error) {
    content = h("p", { class: "error" }, inWords(error));
  }
  return content === null ? null : h("section", {}, h("h3", {}, label), content instanceof Node ? content : h("p", { class: "told" }, content));
}

const facts = (pairs: [string, string][]): HTMLElement =>
  h("dl", { class: "facts" }, ...pairs.filter(([, value]) => value).flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));

async function parts(place: Place, opened: Opened): Promise<(HTMLElement | null)[]> {
  const { file, one, two, whole } = opened;
  const found: (HTMLElement | null)[] = [];
  if (file) {
    found.push(
      await part(t("survivors-part-file"), async () => {
        const form: Form = JSON.parse(text.decode(await file.open("form")));
        return facts([[t("survivors-when"), form.when], [t("survivors-where"), form.where]]);
      }),
      await part(t("survivors-narrative"), async () => text.decode(await file.open("narrative"))),
      await part(t("survivors-papers"), async () => {
        const all = file.names("attachment/");
        if (all.length === 0) return null;
        return h("ul", {}, ...all.map((name) => h("li", {}, paperLink(place, whole.code, file, name))));
      }),
    );
    for (const [begin, label] of [["asked/", "asked"], ["request/", "request-text"], ["appointment/", "stage-appointment"], ["released/", "unassign-text"], ["decision/", "decision"]] as const) {
      for (const name of file.names(begin)) {
        const round = begin === "decision/" ? `: ${t(`survivors-round-${name.slice(begin.length)}`)}` : "";
        found.push(await part(t(`survivors-${label}`) + round, async () => text.decode(await file.open(name))));
      }
    }
    found.push(
      await part(t("survivors-consent"), async () => {
        const last = file.latest("consent/");
        if (!last) return null;
        const consent: Consent = JSON.parse(text.decode(await file.open(last)));
        if (consent.purposes.length === 0) return t("survivors-consent-none");
        return h("ul", {}, ...consent.purposes.map((purpose) => h("li", {}, t(`survivors-consent-${purpose}`))));
      }),
    );
  }
  if (one?.opens && two?.opens) {
    found.unshift(
      await part(t("survivors-part-name"), async () => {
        const who: Identity = join(await one.open("identity"), await two.open("identity"));
        return facts([
          [t("survivors-name"), who.name], [t("survivors-father"), who.father], [t("survivors-born"), who.born],
          [t("survivors-reach"), who.reach], [t("survivors-never"), who.never],
        ]);
      }),
    );
  }
  return found;
}

function paperLink(place: Place, code: string, file: OpenCase, name: string): HTMLElement {
  const button = h("button", { class: "as-link" }, t("survivors-download"));
  button.addEventListener("click", () =>
    void busy(place.root, async () => {
      const paper = await file.download({ code, as: place.party }, name);
      const href = URL.createObjectURL(paper.blob);
      h("a", { href, download: paper.name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
    }),
  );
  return button;
}

/** The view of a file. */
export async function fileView(place: Place, code: string): Promise<void> {
  const opened = await read(place, code);
  const { whole } = opened;
  const known = facts([
    [t("survivors-stage"), t(`survivors-stage-${whole.stage}`)],
    [t("survivors-since"), whole.since],
    [t("survivors-clock"), clockWords(whole)],
    [t(`survivors-round-${whole.round}`), whole.outcome ? t(`survivors-outcome-${whole.outcome}`) : " "],
  ]);
  const history = (whole.steps_taken ?? []).map((step) => h("li", {}, `${step.on}: ${t(`survivors-did-${step.step}`)}`));
  show(
    place.root,
    heading(whole.code),
    h("p", { class: "actions" }, h("button", { class: "second", onclick: () => void place.list() }, t("survivors-back"))),
    known,
    place.party === "filing" && whole.filed ? h("p", { class: "notice" }, t("survivors-receipt", { code: whole.code })) : null,
    h("p", { class: "quiet" }, t("survivors-what-is-locked")),
    ...(await parts(place, opened)),
    place.party === "filing" ? filerPart(place, opened) : null,
    place.party === "keeper" ? await keeperPart(place, opened) : null,
    ...steps(place, opened),
    history.length > 0 ? h("section", {}, h("h3", {}, t("survivors-history")), h("ul", {}, ...history)) : null,
  );
}

/** A form of one step: what it asks for, and the button that takes it. */
function stepForm(place: Place, whole: Line, step: string, inputs: HTMLElement[], take: (form: HTMLFormElement) => Promise<Record<string, string | string[]> | null>): HTMLElement {
  const button = h("button", { class: SURE.has(step) ? "danger" : undefined }, t(`survivors-step-${step}`));
  const form = h("form", { class: "step", novalidate: true, autocomplete: "off", "data-step": step, onsubmit: (event) => event.preventDefault() }, ...inputs, button);
  let sure = !SURE.has(step);
  form.addEventListener("submit", () =>
    void busy(form, async () => {
      if (!sure) {
        sure = true;
        return complain(form, t("survivors-sure"));
      }
      const fields = await take(form);
      if (!fields) return;
      await ask("step", { code: whole.code, as: place.party, step, ...fields });
      await place.open(whole.code).catch(() => place.list());
    }),
  );
  return form;
}

function steps(place: Place, opened: Opened): HTMLElement[] {
  const { whole } = opened;
  return whole.steps.map((step) => {
    const written = WRITTEN[step];
    if (written) return writtenStep(place, opened, step, written);
    if (step === "file") return stepForm(place, whole, step, [], async (form) => {
      const written = await draft(opened);
      const lacks = missing(written);
      if (lacks.length > 0) return complain(form, t("survivors-error-fill", { field: lacks.join(", ") })), null;
      // The index is for finding, and never stands in the way of filing: opening every file once puts in what is missing.
      await Names.put(place, whole.code, written.identity.name).catch(() => false);
      return {};
    });
    if (step === "withdraw") return stepForm(place, whole, step, [], async () => (await consentNothing(place, opened), {}));
    if (step === "assign") return assignStep(place, opened);
    if (step === "vote") return voteStep(place, opened);
    if (step === "decide") return decideStep(place, opened);
    return stepForm(place, whole, step, [], async () => ({}));
  });
}

const draft = ({ whole, file, one, two }: Opened): Promise<Draft> => draftOf(whole, file!, one!, two!);

/** The consent that is no more. With the step the server stops handing keys to others; with new keys, opening it next time,
 *  what they kept opens nothing that is written later. */
async function consentNothing(place: Place, { whole, file }: Opened): Promise<void> {
  await ask("write", { code: whole.code, as: place.party }, { fields: [await consented(place, file!, [])] });
}

/** What who filed may do besides the steps: go on writing, and say that the person is not to be counted any more. */
function filerPart(place: Place, opened: Opened): HTMLElement | null {
  const { whole } = opened;
  const writes = ["draft", "incomplete"].includes(whole.stage);
  const counted = Object.values(whole.counted ?? {}).some(Boolean);
  if (!writes && !counted) return null;
  const box = h("div", { class: "step" });
  const go = h("button", { type: "button", onclick: () => void busy(box, async () => filingView(place, await draft(opened))) }, t("survivors-go-on"));
  const off = h("button", { type: "button", class: "second", onclick: () => void busy(box, async () => {
    await ask("facts", { code: whole.code }, {});
    if (whole.steps.includes("withdraw")) {
      const still = ((await draft(opened)).consent?.purposes ?? []).filter((purpose) => purpose !== "counted");
      await ask("write", { code: whole.code, as: place.party }, { fields: [await consented(place, opened.file!, still)] });
    }
    await place.open(whole.code);
  }) }, t("survivors-uncount"));
  box.append(h("p", { class: "actions" }, writes ? go : "", counted ? off : ""));
  return box;
}

/** Steps with a sealed text: the beginning of its field's name, and its label. */
const WRITTEN: Record<string, [string, string]> = {
  "ask-documents": ["asked/", "survivors-ask-text"],
  "make-appointment": ["appointment/", "survivors-appointment-text"],
  unassign: ["released/", "survivors-unassign-text"],
  "ask-reconsideration": ["request/", "survivors-request-text"],
};

async function write(place: Place, opened: Opened, name: string, body: string): Promise<void> {
  const file = opened.file!;
  const version = file.version(name) + 1;
  const sealed = await file.seal(name, version, encoder.encode(body));
  await ask("write", { code: opened.whole.code, as: place.party }, { fields: [sealed] });
}

function writtenStep(place: Place, opened: Opened, step: string, [begin, label]: [string, string]): HTMLElement {
  const input = lines(step, 4);
  return stepForm(place, opened.whole, step, [field(step, t(label), input)], async (form) => {
    if (!input.value.trim()) return complain(form, t("survivors-error-fill", { field: t(label) })), null;
    await write(place, opened, `${begin}${(opened.whole.steps_taken ?? []).length + 1}`, input.value.trim());
    return {};
  });
}

function assignStep(place: Place, opened: Opened): HTMLElement {
  const all = opened.whole.members?.list ?? [];
  const before = new Set(all.map((member) => member.id));
  const past = new Set(all.filter((member) => !member.here).map((member) => member.id));
  const free = place.start.people.filter((one) => one.party === "commission" && !before.has(one.id));
  const box = ticks("member", t("survivors-members"), free.map((one) => ({ key: one.id, name: one.name })), t("survivors-members-hint"));
  return stepForm(place, opened.whole, "assign", [box], async (form) => {
    const member = [...box.querySelectorAll<HTMLInputElement>("input:checked")].map((one) => one.value);
    if (member.length < 2) return complain(form, t("survivors-error-two-members")), null;
    // Who examined it before, or stood aside, gets no key of what comes.
    await opened.file!.regrant({ code: opened.whole.code, as: place.party }, [...past], member);
    return { member };
  });
}

function voteStep(place: Place, opened: Opened): HTMLElement {
  const { whole } = opened;
  const vote = choice("vote", ["recognise", "reject", "interview"].map((key) => ({ key, name: t(`survivors-vote-${key}`) })), "");
  const name = (id: string) => place.start.people.find((one) => one.id === id)?.name ?? "";
  const cast = (whole.members?.list ?? [])
    .filter((member) => member.here)
    .map((member) => h("li", {}, `${name(member.id)}: ${member.vote ? t(`survivors-vote-${member.vote}`) : t("survivors-not-voted")}`));
  const said = [h("h3", {}, t("survivors-members")), h("ul", {}, ...cast), h("p", {}, t(`survivors-tally-${whole.members?.tally ?? "open"}`))];
  return stepForm(place, whole, "vote", [...said, field("vote", t("survivors-vote"), vote)], async (form) => {
    if (!vote.value) return complain(form, t("survivors-error-choose")), null;
    return { vote: vote.value };
  });
}

function decideStep(place: Place, opened: Opened): HTMLElement {
  const { whole } = opened;
  const outcome = whole.members?.tally ?? "open";
  if (outcome !== "recognised" && outcome !== "rejected") return h("div", {});
  const reasons = place.start.process.reasons.filter((reason) => reason.outcome === outcome);
  const box = ticks("reason", t("survivors-reasons"), reasons);
  const words = lines("decision", 6);
  const said = h("p", {}, t(`survivors-tally-${outcome}`));
  return stepForm(place, whole, "decide", [said, box, field("decision", t("survivors-decision-text"), words)], async (form) => {
    const reason = [...box.querySelectorAll<HTMLInputElement>("input:checked")].map((one) => one.value);
    if (reason.length === 0) return complain(form, t("survivors-error-reason")), null;
    if (!words.value.trim()) return complain(form, t("survivors-error-no-text")), null;
    await write(place, opened, `decision/${whole.round}`, words.value.trim());
    return { outcome, reason };
  });
}

async function keeperPart(place: Place, opened: Opened): Promise<HTMLElement> {
  const { whole } = opened;
  const own = place.start.me.key === 2 ? opened.two : opened.one;
  const other = place.start.me.key === 2 ? "one" : "two";
  const name = (id: string | null) => place.start.people.find((one) => one.id === id)?.name ?? "";
  const items: HTMLElement[] = [];
  for (const opening of whole.openings ?? []) {
    const state = opening.granted === null ? t("survivors-opening-waits") : `${t(`survivors-opening-${opening.granted ? "granted" : "refused"}`)} (${name(opening.answered_by)}, ${opening.answered})`;
    const item = h("li", {}, `${name(opening.by)}, ${opening.asked}: ${state}`);
    if (opening.granted === null && !opening.mine && own) item.append(await answerForm(place, whole, own, opening));
    items.push(item);
  }
  const reason = lines("reason", 3);
  const form = h(
    "form",
    { novalidate: true, "data-step": "open-name", onsubmit: (event) => event.preventDefault() },
    field("reason", t("survivors-open-name-reason"), reason, t("survivors-open-name-hint")),
    h("button", {}, t("survivors-open-name")),
  );
  form.addEventListener("submit", () =>
    void busy(form, async () => {
      if (!reason.value.trim()) return complain(form, t("survivors-error-no-reason"));
      // Sealed for those who hold the other key: its public key is enough.
      const there = opened[other]!;
      const field = `opening/${crypto.randomUUID()}`;
      const sealed = await there.seal(field, 1, encoder.encode(reason.value.trim()));
      await ask("write", { code: whole.code, as: "keeper" }, { fields: [sealed] });
      await ask("name", { code: whole.code, reason: field });
      await place.open(whole.code);
    }),
  );
  return h("section", {}, h("h3", {}, t("survivors-openings")), items.length > 0 ? h("ul", {}, ...items) : h("p", { class: "quiet" }, t("survivors-none")), form);
}

async function answerForm(place: Place, whole: Whole, own: OpenCase, opening: Opening): Promise<HTMLElement> {
  const reason = text.decode(await own.open(opening.reason));
  const answer = (granted: boolean) => async () => {
    if (granted) await own.regrant({ code: whole.code, as: "keeper" }, [], [opening.by]);
    await ask("name/answer", { code: whole.code, opening: opening.id, answer: granted ? "granted" : "refused" });
    await place.open(whole.code);
  };
  const box = h("div", { class: "answer" }, h("p", { class: "told" }, reason));
  box.append(
    h("p", { class: "actions" }, h("button", { onclick: () => void busy(box, answer(true)) }, t("survivors-grant-name")), h("button", { class: "second", onclick: () => void busy(box, answer(false)) }, t("survivors-refuse-name"))),
  );
  return box;
}
