// People whom the law leaves out: recorded with consent, counted as evidence. What they tell is locked for the body that records it.

import { ask, Case } from "./api";
import { choice, complain, field, h, heading, lines, show, t, ticks } from "./dom";
import { busy, Place } from "./main";

type One = { code: string; on: string; reason: string };

/** The list of them, and the form. */
export async function leftOutView(place: Place, said?: string): Promise<void> {
  const { people } = await ask<{ people: One[] }>("others");
  const head = ["code", "since", "left-out-why"].map((name) => h("th", { scope: "col" }, t(`survivors-${name}`)));
  const row = (one: One) =>
    h(
      "tr",
      {},
      h("td", {}, h("button", { class: "as-link", onclick: () => void busy(place.root, () => oneView(place, one)) }, one.code)),
      h("td", { "data-label": t("survivors-since") }, one.on),
      h("td", { "data-label": t("survivors-left-out-why") }, one.reason),
    );
  const table = h("table", { class: "cards" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...people.map(row)));
  show(
    place.root,
    heading(t("survivors-left-out")),
    said ? h("p", { class: "notice success", role: "status" }, said) : null,
    h("p", { class: "quiet" }, t("survivors-left-out-hint")),
    people.length > 0 ? table : null,
    form(place),
    h("p", { class: "actions" }, h("button", { type: "button", class: "second", onclick: () => void place.list() }, t("survivors-back"))),
  );
}

function form(place: Place): HTMLElement {
  const { known, left_out, regions, communities } = place.start.process;
  const none = t("survivors-not-said");
  const why = choice("why", left_out, "");
  const region = choice("region", regions, none);
  const sex = choice("sex", ["female", "male"].map((key) => ({ key, name: t(`survivors-sex-${key}`) })), none);
  const community = choice("community", communities, none);
  const account = lines("account", 5);
  const consent = ticks("consent", t("survivors-consent"), [{ key: "counted", name: t("survivors-left-out-consent") }], t("survivors-consent-hint"));
  const made = h(
    "form",
    { novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() },
    h("h3", {}, t("survivors-left-out-new")),
    h("p", { class: "notice" }, t("survivors-support")),
    field("why", t("survivors-left-out-why"), why),
    known.includes("region") ? field("region", t("survivors-region"), region) : null,
    known.includes("sex") ? field("sex", t("survivors-sex"), sex) : null,
    known.includes("community") ? field("community", t("survivors-community"), community) : null,
    field("account", t("survivors-left-out-account"), account, t("survivors-left-out-account-hint")),
    consent,
    h("button", {}, t("survivors-left-out-save")),
  );
  const save = async () => {
    if (!why.value) return complain(made, t("survivors-error-fill", { field: t("survivors-left-out-why") }));
    if (!consent.querySelector("input:checked")) return complain(made, t("survivors-error-fill", { field: t("survivors-left-out-consent") }));
    const { keys, start } = place;
    const id = crypto.randomUUID();
    const own = start.people.filter((one) => one.party === "filing" && one.holds === start.me.body && keys.certified(one.id)).map((one) => one.id);
    const sealed = await keys.newCase("file", id, [...new Set([start.me.id, ...own])]);
    const told = account.value.trim();
    const fields = told ? [await sealed.seal("account", 1, new TextEncoder().encode(told))] : [];
    const counted = { region: region.value || null, sex: sex.value || null, community: community.value || null };
    await ask("others/new", {}, { id, case: sealed.stated, fields, reason: why.value, counted });
    await leftOutView(place, t("survivors-left-out-saved"));
  };
  made.addEventListener("submit", () => void busy(made, save));
  return made;
}

async function oneView(place: Place, one: One): Promise<void> {
  const { case: sealed } = await ask<{ case: Case }>("others/read", { code: one.code });
  const opened = await place.keys.openCase(sealed);
  const told = opened.version("account") ? new TextDecoder().decode(await opened.open("account")) : t("survivors-not-said");
  const box = h("div", { class: "step" });
  let sure = false;
  const off = h("button", { type: "button", class: "danger", onclick: () => void busy(box, async () => {
    if (!sure) return (sure = true), complain(box, t("survivors-sure"));
    await ask("others/off", { code: one.code });
    await leftOutView(place, t("survivors-left-out-gone"));
  }) }, t("survivors-left-out-off"));
  box.append(off);
  show(
    place.root,
    heading(one.code),
    h("p", { class: "actions" }, h("button", { class: "second", onclick: () => void busy(place.root, () => leftOutView(place)) }, t("survivors-back"))),
    h("p", {}, one.reason),
    h("p", { class: "told" }, told),
    box,
  );
}
