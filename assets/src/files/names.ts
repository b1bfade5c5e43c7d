// A name lies under two keys, as in a safe: what is under either alone is noise.

const encoder = new TextEncoder();

/** What identifies a person, and how they may be reached. */
export type Identity = { name: string; father: string; born: string; reach: string; never: string };

/** Two parts of equal length, each of which alone is random; the length says nothing of the name's. */
export function split(identity: Identity): [Uint8Array, Uint8Array] {
  const text = encoder.encode(JSON.stringify(identity));
  const padded = new Uint8Array(Math.ceil((text.length + 1) / 512) * 512).fill(0x20);
  padded.set(text);
  const pad = new Uint8Array(padded.length);
  for (let at = 0; at < pad.length; at += 65536) crypto.getRandomValues(pad.subarray(at, at + 65536));
  return [pad, padded.map((byte, at) => byte ^ pad[at])];
}

/** The identity out of its two parts. */
export function join(one: Uint8Array, two: Uint8Array): Identity {
  if (one.length !== two.length) throw new Error("parts of different length");
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(one.map((byte, at) => byte ^ two[at])));
}
