// A passkey that opens the person's key: what its device answers to a fixed question (the PRF extension) unwraps it. The server
// learns which passkey it is and nothing else; the passphrase opens the key always.

import { PRF_INPUT, Refusal } from "../sealing/sealing";

/** What a passkey answered. */
export type PasskeyAnswer = { credential: string; prf: Uint8Array };

/** Whether this browser knows passkeys. */
export const passkeysWork = (): boolean => Boolean(window.PublicKeyCredential && navigator.credentials);

const inUrl = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const outOfUrl = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const question = { prf: { eval: { first: new TextEncoder().encode(PRF_INPUT) } } };
const refuse = (): never => {
  throw new Refusal("passkey", {});
};

/** Asks one of the passkeys; the person touches it or shows that they are there. */
export async function askPasskey(credentials: string[]): Promise<PasskeyAnswer> {
  const allowCredentials = credentials.map((id) => ({ type: "public-key" as const, id: outOfUrl(id) }));
  let answer: Credential | null;
  try {
    answer = await navigator.credentials.get({ publicKey: { challenge: random(32), allowCredentials, userVerification: "required", extensions: question } });
  } catch {
    return refuse();
  }
  if (!(answer instanceof PublicKeyCredential)) return refuse();
  const first = answer.getClientExtensionResults().prf?.results?.first;
  if (!first) return refuse();
  return { credential: inUrl(answer.rawId), prf: new Uint8Array(first as ArrayBuffer) };
}

/** Makes a passkey for this and nothing else. Its name in the device's list says nothing. */
export async function makePasskey(): Promise<PasskeyAnswer> {
  let made: Credential | null;
  try {
    made = await navigator.credentials.create({
      publicKey: {
        rp: { name: "Mandate" },
        user: { id: random(16), name: "Mandate", displayName: "Mandate" },
        challenge: random(32),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { userVerification: "required" },
        extensions: question,
      },
    });
  } catch {
    return refuse();
  }
  if (!(made instanceof PublicKeyCredential)) return refuse();
  const first = made.getClientExtensionResults().prf?.results?.first;
  // Many devices answer only when they are asked once more.
  return first ? { credential: inUrl(made.rawId), prf: new Uint8Array(first as ArrayBuffer) } : askPasskey([inUrl(made.rawId)]);
}
