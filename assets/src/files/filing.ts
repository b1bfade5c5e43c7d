// Filing: at the person's pace, in plain words. A draft may be saved with almost nothing in it, and gone on with another day.
// Everything but what is counted is locked before it leaves the browser.

import { ask, Counted, Whole } from "./api";
import { choice, complain, field, h, heading, line, lines, show, t, ticks } from "./dom";
import type { OpenCase, Written } from "./keys";
import { busy, Place } from "./main";
import { Identity, join, split } from "./names";
import { Names } from "./search";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const json = (value: unknown) => encoder.encode(JSON.stringify(value));

/** What the coded file says besides the account. */
export type Form = { when: string; where: string };
/** What the person agreed to, in which wording, and when. A later one stands beside the earlier ones. */
export type Consent = { version: 1; purposes: string[]; language: string; on?: string };
/** For what consent is asked: to decide and to keep the name are needed to file; to be counted is not. */
export const PURPOSES = ["decide", "names", "counted"];

/** A file as it is written: its three cases, and what stands in them. */
export type Draft = {
  whole: Whole; file: OpenCase; one: OpenCase; two: OpenCase;
  form: Form; narrative: string; identity: Identity; consent?: Consent;
};

const NOBODY: Identity = { name: "", father: "", born: "", reach: "", never: "" };

/** What is written in a file so far. */
export async function draftOf(whole: Whole, file: OpenCase, one: OpenCase, two: OpenCase): Promise<Draft> {
  const text = async (name: string) => (file.version(name) ? decoder.decode(await file.open(name)) : "");
  const consent = file.latest("consent/");
  return {
    whole, file, one, two,
    form: JSON.parse((await text("form")) || '{"when":"","where":""}'),
    narrative: await text("narrative"),
    identity: one.version("identity") ? join(await one.open("identity"), await two.open("identity")) : NOBODY,
    consent: consent && JSON.parse(await text(consent)),
  };
}

/** The labels of what is missing before it can be filed. */
export function missing(draft: Draft): string[] {
  const needed: [string, string][] = [["name", draft.identity.name], ["when", draft.form.when], ["narrative", draft.narrative]];
  const empty = needed.filter(([, value]) => !value.trim()).map(([name]) => t(`survivors-${name}`));
  const agreed = draft.consent?.purposes ?? [];
  return ["decide", "names"].every((purpose) => agreed.includes(purpose)) ? empty : [...empty, t("survivors-consent")];
}

/** The view in which a file is begun or gone on with. */
export async function filingView(place: Place, draft?: Draft): Promise<void> {
  const { start } = place;
  const { known, open, regions, communities, violence } = start.process;
  const who = draft?.identity ?? NOBODY;
  const filled = <T extends HTMLInputElement | HTMLTextAreaElement>(input: T, value: string): T => ((input.value = value), input);
  const name = filled(line("name"), who.name);
  const father = filled(line("father"), who.father);
  const born = filled(line("born"), who.born);
  const reach = filled(lines("reach", 2), who.reach);
  const never = filled(lines("never", 2), who.never);
  const when = filled(line("when"), draft?.form.when ?? "");
  const where = filled(line("where"), draft?.form.where ?? "");
  const narrative = filled(lines("narrative", 10), draft?.narrative ?? "");
  const paper = h("input", { type: "file", multiple: true });
  const counted = draft?.whole.counted ?? {};
  const chosen = (input: HTMLSelectElement, value?: string | null) => ((input.value = value ?? ""), input);
  const region = chosen(choice("region", regions, t("survivors-not-said")), counted.region);
  const sex = chosen(choice("sex", ["female", "male"].map((key) => ({ key, name: t(`survivors-sex-${key}`) })), t("survivors-not-said")), counted.sex);
  const community = chosen(choice("community", communities, t("survivors-not-said")), counted.community);
  const isKnown = (fact: string) => known.includes(fact);
  const purposes = PURPOSES.map((key) => ({ key, name: t(`survivors-consent-${key}`) }));
  const consent = ticks("consent", t("survivors-consent"), purposes, t("survivors-consent-hint"));
  const agreed = () => [...consent.querySelectorAll<HTMLInputElement>("input:checked")].map((box) => box.value);
  for (const box of consent.querySelectorAll("input")) box.checked = draft?.consent?.purposes.includes(box.value) ?? false;
  const progress = h("progress", { max: "1", hidden: true, "aria-label": t("survivors-papers") });
  const broken = (await draft?.file.unfinished()) ?? [];
  const optional = t("survivors-optional");
  const form = h(
    "form",
    { novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() },
    h("p", { class: "notice" }, t("survivors-support")),
    open || draft?.whole.filed ? null : h("p", { class: "notice important" }, t("survivors-closed-window")),
    h("p", { class: "quiet" }, t("survivors-pace")),
    h("h3", {}, t("survivors-part-name")),
    h("p", { class: "quiet" }, t("survivors-part-name-hint")),
    field("name", t("survivors-name"), name),
    field("father", t("survivors-father"), father, optional),
    field("born", t("survivors-born"), born, optional),
    field("reach", t("survivors-reach"), reach),
    field("never", t("survivors-never"), never, t("survivors-never-hint")),
    h("h3", {}, t("survivors-part-file")),
    field("when", t("survivors-when"), when, t("survivors-when-hint", violence)),
    field("where", t("survivors-where"), where, optional),
    field("narrative", t("survivors-narrative"), narrative, t("survivors-narrative-hint")),
    field("paper", t("survivors-papers"), paper, t("survivors-papers-hint")),
    ...broken.map((one) => h("p", { class: "notice important" }, t("survivors-unfinished", { name: one.name }))),
    h("h3", {}, t("survivors-part-counted")),
    h("p", { class: "quiet" }, t("survivors-part-counted-hint")),
    isKnown("region") ? field("region", t("survivors-region"), region) : null,
    isKnown("sex") ? field("sex", t("survivors-sex"), sex) : null,
    isKnown("community") ? field("community", t("survivors-community"), community) : null,
    consent,
    progress,
    h("p", { class: "actions" }, h("button", {}, t("survivors-save-draft")), h("button", { type: "button", class: "second", onclick: () => void place.list() }, t("survivors-back"))),
  );

  /** What is counted: nothing where the person does not want to be. */
  const facts = (): Counted =>
    agreed().includes("counted") ? { region: region.value || null, sex: sex.value || null, community: community.value || null } : {};

  /** Seals what differs from what is there. */
  async function sealed(file: OpenCase, one: OpenCase, two: OpenCase): Promise<Written[]> {
    const said: Form = { when: when.value.trim(), where: where.value.trim() };
    const identity: Identity = { name: name.value.trim(), father: father.value.trim(), born: born.value.trim(), reach: reach.value.trim(), never: never.value.trim() };
    const next = (within: OpenCase, label: string, body: Uint8Array) => within.seal(label, within.version(label) + 1, body);
    const differs = (now: unknown, before: unknown) => JSON.stringify(now) !== JSON.stringify(before);
    const fields: Written[] = [];
    if (differs(said, draft?.form)) fields.push(await next(file, "form", json(said)));
    if (differs(narrative.value.trim(), draft?.narrative)) fields.push(await next(file, "narrative", encoder.encode(narrative.value.trim())));
    if (differs(agreed(), draft?.consent?.purposes)) fields.push(await consented(place, file, agreed()));
    if (differs(identity, draft?.identity)) {
      const [pad, masked] = split(identity);
      fields.push(await next(one, "identity", pad), await next(two, "identity", masked));
    }
    return fields;
  }

  async function begin(): Promise<[OpenCase, string] | null> {
    const { keys } = place;
    const readers = keys.readers();
    if (readers.missing.length > 0) return complain(form, t("survivors-error-nobody", { names: readers.missing.map((id) => t(id)).join(", ") })), null;
    const ids = [0, 1, 2].map(() => crypto.randomUUID());
    const file = await keys.newCase("file", ids[0], readers.file);
    const one = await keys.newCase("one", ids[1], readers.one);
    const two = await keys.newCase("two", ids[2], readers.two);
    const fields = await sealed(file, one, two);
    const { code } = await ask<{ code: string }>("new", {}, { ids, cases: [file.stated, one.stated, two.stated], fields, counted: facts() });
    return [file, code];
  }

  async function goOn({ whole, file, one, two }: Draft): Promise<[OpenCase, string]> {
    const at = { code: whole.code, as: place.party };
    const fields = await sealed(file, one, two);
    if (fields.length > 0) await ask("write", at, { fields });
    if (whole.filed && name.value.trim() !== who.name) await Names.put(place, whole.code, name.value.trim());
    await ask("facts", { code: whole.code }, facts());
    return [file, whole.code];
  }

  async function save(): Promise<void> {
    if (![name, when, narrative].some((input) => input.value.trim())) return complain(form, t("survivors-error-nothing"));
    const saved = draft ? await goOn(draft) : await begin();
    if (!saved) return;
    const [file, code] = saved;
    const papers = [...(paper.files ?? [])];
    progress.hidden = papers.length === 0;
    for (const [at, one] of papers.entries()) await file.attach({ code, as: place.party }, one, (share) => (progress.value = (at + share) / papers.length));
    await place.list(t("survivors-saved"));
  }
  form.addEventListener("submit", () => void busy(form, save));
  show(place.root, heading(draft ? draft.whole.code : t("survivors-new")), form);
}

/** What the person agrees to now, sealed as the next statement of it. */
export function consented(place: Place, file: OpenCase, purposes: string[]): Promise<Written> {
  const consent: Consent = { version: 1, purposes, language: place.root.dataset.lang ?? "", on: new Date(place.keys.now * 1000).toISOString().slice(0, 10) };
  const number = Number((file.latest("consent/") ?? "consent/0").slice("consent/".length)) + 1;
  return file.seal(`consent/${number}`, 1, json(consent));
}
