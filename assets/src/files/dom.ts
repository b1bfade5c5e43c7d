// Elements without markup in strings: nothing that somebody wrote can become markup.

export type Child = Node | string | null | undefined | false;

/** An element with attributes (`on…` are listeners) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (typeof value === "string") element.setAttribute(key, value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

const words: Record<string, string> = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** A label, with `{$name}` put in. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  let text = words[id] ?? id;
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{$${name}}`, String(value));
  return text;
}

/** Whether there is such a label. */
export const has = (id: string): boolean => id in words;

/** A field with its label and hint. */
export function field(name: string, label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id = `f-${name}`;
  if (hint) input.setAttribute("aria-describedby", `f-${name}-hint`);
  return h("div", { class: "field" }, h("label", { for: input.id }, label), hint ? h("p", { class: "hint", id: `f-${name}-hint` }, hint) : null, input);
}

/** A line of text. */
export const line = (name: string, type = "text", more: Record<string, string | boolean> = {}): HTMLInputElement =>
  h("input", { name, type, autocomplete: "off", spellcheck: "false", ...more });

/** Several lines. */
export const lines = (name: string, rows: number): HTMLTextAreaElement =>
  h("textarea", { name, rows: String(rows), autocomplete: "off", spellcheck: "false" });

/** One of several. */
export function choice(name: string, options: { key: string; name: string }[], none?: string): HTMLSelectElement {
  const all = none === undefined ? options : [{ key: "", name: none }, ...options];
  return h("select", { name }, ...all.map((option) => h("option", { value: option.key }, option.name)));
}

/** Boxes to tick. */
export function ticks(name: string, legend: string, options: { key: string; name: string }[], hint?: string): HTMLFieldSetElement {
  const box = (option: { key: string; name: string }) => {
    const id = `f-${name}-${option.key}`;
    return h("div", { class: "choice" }, h("input", { type: "checkbox", name, value: option.key, id }), h("label", { for: id }, option.name));
  };
  return h("fieldset", { class: "field" }, h("legend", {}, legend), hint ? h("p", { class: "hint" }, hint) : null, h("div", {}, ...options.map(box)));
}

/** A heading that takes the focus when a view is shown, so that it is read out. */
export const heading = (text: string): HTMLHeadingElement => h("h2", { tabindex: "-1" }, text);

/** Shows a view in place of the one before. */
export function show(root: HTMLElement, ...children: Child[]): void {
  root.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  root.querySelector<HTMLElement>("h2")?.focus();
}

/** What went wrong, said at the top of a form. */
export function complain(form: HTMLElement, text: string): void {
  form.querySelector(".error-summary")?.remove();
  const summary = h("div", { class: "error-summary", role: "alert", tabindex: "-1" }, h("p", {}, text));
  form.prepend(summary);
  summary.focus();
}
