// What a page gains where scripts run. Every page is complete without this file.

/** A box that ticks all boxes of its table. */
for (const all of document.querySelectorAll<HTMLInputElement>("[data-select-all]")) {
  const boxes = () => [...document.querySelectorAll<HTMLInputElement>(`input[name="${all.dataset.selectAll}"]`)];
  all.hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
}

/** Leaves at once, and leaves nothing to come back to: by the button, or by Escape three times. */
const exit = document.querySelector<HTMLAnchorElement>("a[data-leave]");
let leaving = false;
function leave(event?: Event): void {
  if (!exit) return;
  event?.preventDefault();
  leaving = true;
  const to = exit.href;
  document.body.replaceChildren();
  document.title = "";
  location.replace(to);
}
exit?.addEventListener("click", leave);
let escapes: number[] = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  escapes = [...escapes.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
  if (escapes.length >= 3) leave();
});

/** A form that has been changed asks before it is left. */
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => changed && !leaving && event.preventDefault());
}

/** A long list of boxes gets a field that shows only those whose words hold what is typed; chosen ones always stay. */
for (const list of document.querySelectorAll<HTMLElement>(".choices")) {
  const rows = [...list.querySelectorAll<HTMLElement>(".choice")];
  if (rows.length < 12) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.setAttribute("aria-label", list.getAttribute("aria-label") ?? "");
  const plain = (text: string | null) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").toLowerCase();
  field.addEventListener("input", () => {
    const words = plain(field.value);
    for (const row of rows) row.hidden = !plain(row.textContent).includes(words) && !row.querySelector<HTMLInputElement>("input")?.checked;
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.before(field);
}

/** The first thing to mend gets the focus. */
document.querySelector<HTMLElement>(".error-summary")?.focus();

/** The source beside a review is scrolled to what was found in it. */
const source = document.querySelector<HTMLElement>(".source");
const mark = source?.querySelector<HTMLElement>("mark");
if (source && mark) source.scrollTop += mark.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 6;

/** A part of a page that is going on asks for itself again until it is done. */
async function follow(part: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!next || !next.dataset.follow) return location.reload();
  part.replaceWith(next);
  setTimeout(() => follow(next), 1000);
}
for (const part of document.querySelectorAll<HTMLElement>("[data-follow]")) setTimeout(() => follow(part), 1000);
