// Filing: at the person's pace, in plain words. Everything but what is counted is locked before it leaves the browser.

import { ask } from "./api";
import { choice, complain, field, h, heading, line, lines, show, t, ticks } from "./dom";
import { busy, Place } from "./main";
import { split } from "./names";

const encoder = new TextEncoder();

/** What the coded file says besides the account. */
export type Form = { when: string; where: string };
/** What the person agreed to, in which wording. */
export type Consent = { version: 1; purposes: string[]; language: string };

/** The view in which a file is begun. */
export function filingView(place: Place): void {
  const { start } = place;
  const name = line("name");
  const father = line("father");
  const born = line("born");
  const reach = lines("reach", 2);
  const never = lines("never", 2);
  const when = line("when");
  const where = line("where");
  const narrative = lines("narrative", 10);
  const paper = h("input", { type: "file", multiple: true });
  const region = choice("region", start.process.regions, t("survivors-not-said"));
  const sex = choice("sex", ["female", "male"].map((key) => ({ key, name: t(`survivors-sex-${key}`) })), t("survivors-not-said"));
  const community = choice("community", start.process.communities, t("survivors-not-said"));
  const known = (fact: string) => start.process.known.includes(fact);
  const purposes = ["decide", "names"].map((key) => ({ key, name: t(`survivors-consent-${key}`) }));
  const consent = ticks("consent", t("survivors-consent"), purposes, t("survivors-consent-hint"));
  const progress = h("progress", { max: "1", hidden: true });
  const optional = t("survivors-optional");
  const form = h(
    "form",
    { novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() },
    h("p", { class: "notice" }, t("survivors-support")),
    start.process.open ? null : h("p", { class: "notice important" }, t("survivors-closed-window")),
    h("h3", {}, t("survivors-part-name")),
    h("p", { class: "quiet" }, t("survivors-part-name-hint")),
    field("name", t("survivors-name"), name),
    field("father", t("survivors-father"), father, optional),
    field("born", t("survivors-born"), born, optional),
    field("reach", t("survivors-reach"), reach),
    field("never", t("survivors-never"), never, t("survivors-never-hint")),
    h("h3", {}, t("survivors-part-file")),
    field("when", t("survivors-when"), when, t("survivors-when-hint", start.process.violence)),
    field("where", t("survivors-where"), where, optional),
    field("narrative", t("survivors-narrative"), narrative, t("survivors-narrative-hint")),
    field("paper", t("survivors-papers"), paper, t("survivors-papers-hint")),
    h("h3", {}, t("survivors-part-counted")),
    h("p", { class: "quiet" }, t("survivors-part-counted-hint")),
    known("region") ? field("region", t("survivors-region"), region) : null,
    known("sex") ? field("sex", t("survivors-sex"), sex) : null,
    known("community") ? field("community", t("survivors-community"), community) : null,
    consent,
    progress,
    h("p", { class: "actions" }, h("button", {}, t("survivors-save-draft")), h("button", { type: "button", class: "second", onclick: () => void place.list() }, t("survivors-back"))),
  );

  async function save(): Promise<void> {
    const agreed = [...consent.querySelectorAll<HTMLInputElement>("input:checked")].map((box) => box.value);
    if (agreed.length < purposes.length) return complain(form, t("survivors-consent-needed"));
    for (const [input, label] of [[name, "name"], [when, "when"], [narrative, "narrative"]] as const) {
      if (!input.value.trim()) return complain(form, t("survivors-error-fill", { field: t(`survivors-${label}`) }));
    }
    const { keys } = place;
    const ids = [0, 1, 2].map(() => crypto.randomUUID());
    const readers = keys.readers();
    if (readers.missing.length > 0) return complain(form, t("survivors-error-nobody", { names: readers.missing.map((id) => t(id)).join(", ") }));
    const file = await keys.newCase("file", ids[0], readers.file);
    const one = await keys.newCase("one", ids[1], readers.one);
    const two = await keys.newCase("two", ids[2], readers.two);
    const said: Form = { when: when.value.trim(), where: where.value.trim() };
    const consented: Consent = { version: 1, purposes: agreed, language: place.root.dataset.lang ?? "" };
    const [pad, masked] = split({ name: name.value.trim(), father: father.value.trim(), born: born.value.trim(), reach: reach.value.trim(), never: never.value.trim() });
    const json = (value: unknown) => encoder.encode(JSON.stringify(value));
    const fields = [
      await file.seal("form", 1, json(said)),
      await file.seal("narrative", 1, encoder.encode(narrative.value.trim())),
      await file.seal("consent/1", 1, json(consented)),
      await one.seal("identity", 1, pad),
      await two.seal("identity", 1, masked),
    ];
    const counted = { region: region.value || undefined, sex: sex.value || undefined, community: community.value || undefined };
    const { code } = await ask<{ code: string }>("new", {}, { ids, cases: [file.stated, one.stated, two.stated], fields, ...counted });
    const papers = [...(paper.files ?? [])];
    progress.hidden = papers.length === 0;
    for (const [at, one] of papers.entries()) await file.attach({ code, as: place.party }, one, (share) => (progress.value = (at + share) / papers.length));
    await place.list(t("survivors-saved"));
  }
  form.addEventListener("submit", () => void busy(form, save));
  show(place.root, heading(t("survivors-new")), form);
}
