// Passkeys: makes one on one's own page, signs in with one. Loaded only by the pages that have a form for it; where the
// browser knows no passkeys, those forms stay hidden.

type Json = Record<string, any>;

const toBytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
const toText = (bytes: ArrayBuffer | null | undefined): string | undefined =>
  bytes
    ? btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
    : undefined;

const known = (list?: Json[]) => list?.map((one) => ({ ...one, id: toBytes(one.id) }));

/** The server's options with bytes in place of base64url; browsers since 2025 do it themselves. */
function read(kind: string, json: Json): Json {
  const api = PublicKeyCredential as unknown as Json;
  if (kind === "create") {
    if (api.parseCreationOptionsFromJSON) return api.parseCreationOptionsFromJSON(json);
    const user = { ...json.user, id: toBytes(json.user.id) };
    return { ...json, challenge: toBytes(json.challenge), user, excludeCredentials: known(json.excludeCredentials) };
  }
  if (api.parseRequestOptionsFromJSON) return api.parseRequestOptionsFromJSON(json);
  return { ...json, challenge: toBytes(json.challenge), allowCredentials: known(json.allowCredentials) };
}

/** The browser's answer as the server reads it. */
function write(credential: Json): string {
  if (credential.toJSON) return JSON.stringify(credential);
  const { id, type, response } = credential;
  return JSON.stringify({
    id, type, rawId: toText(credential.rawId), clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: toText(response.clientDataJSON), attestationObject: toText(response.attestationObject),
      authenticatorData: toText(response.authenticatorData), signature: toText(response.signature),
      userHandle: toText(response.userHandle), transports: response.getTransports?.(),
    },
  });
}

/** The server's own words for what is wrong. */
class Refused extends Error {}

async function send(path: string, form: HTMLFormElement, more: Record<string, string>): Promise<Json> {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, name) => body.set(name, String(value)));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const answer = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } });
  const json = await answer.json();
  if (!answer.ok) throw new Refused(json.detail);
  return json;
}

async function ceremony(form: HTMLFormElement, kind: string): Promise<void> {
  const path = new URL(form.action).pathname;
  const { options, pending } = await send(`${path}/begin`, form, {});
  const publicKey = read(kind, options.publicKey) as any;
  const credential = await (kind === "create" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  const { to } = await send(path, form, { pending, answer: write(credential as Json) });
  location.assign(to);
}

function reason(form: HTMLFormElement, error: unknown): string {
  if (error instanceof Refused) return error.message;
  const name = (error as Error)?.name;
  if (name === "NotAllowedError" || name === "AbortError") return form.dataset.cancelled ?? "";
  if (name === "InvalidStateError") return form.dataset.known ?? form.dataset.broken ?? "";
  return form.dataset.broken ?? "";
}

if (window.PublicKeyCredential && isSecureContext) {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    const said = form.querySelector<HTMLElement>("[role=alert]");
    const button = form.querySelector<HTMLButtonElement>("button");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (said) said.textContent = "";
      if (button) button.disabled = true;
      try {
        await ceremony(form, form.dataset.passkey ?? "");
      } catch (error) {
        if (said) said.textContent = reason(form, error);
      }
      if (button) button.disabled = false;
    });
  }
  for (const part of document.querySelectorAll<HTMLElement>("[data-without-passkeys]")) part.hidden = true;
}
