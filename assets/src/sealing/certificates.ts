// Whose keys can be trusted: certificates by the office's offline key, and its list of revocations.

import { digestText, fromBase64, id, number, toBytes, type Bytes } from "./bytes";
import { fingerprint, recipient, verify } from "./keys";
import { Lines, signedPart } from "./lines";
import { notBehind, type Memory } from "./memory";
import { Refusal, refuse } from "./refusal";

const CERTIFICATE = "mandate-certificate/1";
const REVOCATIONS = "mandate-revocations/1";
/** Seconds from one list to the next, at most: 400 days. */
const LONGEST = 400 * 86_400;
/** How far a clock may go ahead of ours, in seconds. */
export const AHEAD = 86_400;
export const RECOVERY = "recovery";

/** The office's public key, which is pinned, and what people compare. */
export type Office = { readonly key: string; readonly fingerprint: string };

export function office(key: string): Office {
  fromBase64(key, 32);
  return { key, fingerprint: fingerprint(key) };
}

export type Author = { readonly person: string; readonly serial: number };

export function author(text: string): Author {
  const [person, serial, ...more] = text.split(" ");
  if (serial === undefined || more.length > 0) refuse("format", { what: "person" });
  return { person: id(person), serial: number(serial) };
}

export const authorText = ({ person, serial }: Author): string => `${person} ${serial}`;

export type Certificate = {
  readonly text: string; readonly office: string; readonly serial: number; readonly use: "person" | "recovery";
  readonly person: string; readonly encryption: string; readonly signing: string;
  readonly notBefore: number; readonly notAfter: number;
};

const publicKey = (text: string): string => (fromBase64(text, 32), text);

export function readCertificate(text: string, by: Office): Certificate {
  const lines = new Lines(text, CERTIFICATE);
  const key = lines.read("office", publicKey);
  const serial = lines.read("serial", number);
  const use = lines.read("use", (value) =>
    value === "person" || value === "recovery" ? value : refuse("format", { what: "use" }));
  const person = lines.read("person", id);
  const encryption = lines.read("encryption", recipient);
  const signing = lines.read("signing", publicKey);
  const notBefore = lines.read("not-before", number);
  const notAfter = lines.read("not-after", number);
  const signature = lines.signature();
  const recovery = use === "recovery";
  if ((person === RECOVERY) !== recovery || serial === 0) {
    refuse("format", { what: CERTIFICATE });
  }
  if (key !== by.key) refuse("other-office", { what: CERTIFICATE });
  verify(by.key, signedPart(text), signature, CERTIFICATE);
  return { text, office: key, serial, use, person, encryption, signing, notBefore, notAfter };
}

export type Revocations = {
  readonly text: string; readonly number: number; readonly issued: number; readonly next: number;
  readonly revoked: ReadonlyMap<number, number>;
};

export function readRevocations(text: string, by: Office, now: number): Revocations {
  const lines = new Lines(text, REVOCATIONS, 1024 * 1024);
  const key = lines.read("office", publicKey);
  const count = lines.read("number", number);
  const issued = lines.read("issued", number);
  const next = lines.read("next", number);
  const revoked = new Map<number, number>();
  let last = -1;
  for (let value = lines.maybe("revoked"); value !== undefined; value = lines.maybe("revoked")) {
    const [serial, since, ...more] = value.split(" ");
    if (since === undefined || more.length > 0 || number(serial) <= last) refuse("format", { what: `${REVOCATIONS}: revoked` });
    last = number(serial);
    revoked.set(last, number(since));
  }
  const signature = lines.signature();
  if (count === 0 || issued >= next || next - issued > LONGEST) refuse("format", { what: REVOCATIONS });
  if (key !== by.key) refuse("other-office", { what: REVOCATIONS });
  verify(by.key, signedPart(text), signature, REVOCATIONS);
  if (issued > now + AHEAD) refuse("ahead", { what: REVOCATIONS });
  if (now > next) refuse("list-outdated", { number: count });
  return { text, number: count, issued, next, revoked };
}

function validAt({ person, notBefore, notAfter }: Certificate, time: number): void {
  if (time < notBefore) refuse("not-yet", { person });
  if (time > notAfter) refuse("expired", { person });
}

/** All certificates of an office with its list of revocations, checked. */
export class Directory {
  private constructor(
    readonly office: Office, readonly now: number,
    private readonly certificates: ReadonlyMap<number, Certificate>, private readonly revocations: Revocations,
  ) {}

  static async of({ office: by, certificates, revocations, memory, now }: {
    office: Office; certificates: readonly string[]; revocations: string; memory: Memory; now: number;
  }): Promise<Directory> {
    const list = readRevocations(revocations, by, now);
    const digest = digestText(toBytes(revocations));
    notBehind(await memory.known("revocations"), list.number, digest, "list-older", "list-forked");
    const bySerial = new Map<number, Certificate>();
    for (const text of certificates) {
      const certificate = readCertificate(text, by);
      const other = bySerial.get(certificate.serial);
      if (other && other.text !== text) refuse("two-certificates", { serial: certificate.serial });
      bySerial.set(certificate.serial, certificate);
    }
    await memory.seen("revocations", list.number, digest);
    return new Directory(by, now, bySerial, list);
  }

  isRevoked(serial: number): boolean {
    return this.revocations.revoked.has(serial);
  }

  /** Valid now and not revoked, whatever the hour of revocation. */
  current(certificate: Certificate): void {
    if (this.isRevoked(certificate.serial)) refuse("revoked", { person: certificate.person });
    validAt(certificate, this.now);
  }

  /** What something may be sealed or granted to now: the person's newest certificate that is valid. */
  recipient(person: string): Certificate {
    let refused: Refusal | undefined;
    for (const certificate of this.ofPerson(person)) {
      try {
        this.current(certificate);
        return certificate;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused ??= error;
      }
    }
    throw refused ?? new Refusal("uncertified", { person });
  }

  /** Every certificate of a person, however old, the newest first. */
  ofPerson(person: string): Certificate[] {
    return [...this.certificates.values()].filter((one) => one.person === person).sort((a, b) => b.serial - a.serial);
  }

  isCurrent(certificate: Certificate): boolean {
    const { serial, notBefore, notAfter } = certificate;
    return !this.isRevoked(serial) && notBefore <= this.now && this.now <= notAfter;
  }

  recovery(): Certificate {
    return this.recipient(RECOVERY);
  }

  serial({ person, serial }: Author): Certificate {
    const certificate = this.certificates.get(serial);
    return certificate?.person === person ? certificate : refuse("uncertified", { person });
  }

  /** The key that checks what somebody signed at a time. */
  signing(by: Author, made: number): string {
    const certificate = this.serial(by);
    validAt(certificate, made);
    const since = this.revocations.revoked.get(by.serial);
    if (since !== undefined && since <= made) refuse("revoked", { person: by.person });
    return certificate.signing;
  }

  verify(by: Author, made: number, text: Bytes, signature: Bytes, what: string): void {
    verify(this.signing(by, made), text, signature, what);
  }
}

