// A person's key: made, wrapped, opened. The secret is bytes that are wiped when it is forgotten; the languages of browsers
// give no more than that.

import { id, number, toBytes, toText, type Bytes } from "./bytes";
import { openWith, outside, sealTo, unwrapFile, wrap, WORK } from "./agefile";
import type { Author, Directory, Office } from "./certificates";
import { derive, publicOf, random, secretOf, secretText, sign, signingPublic, signingSeed } from "./keys";
import { Lines } from "./lines";
import { refuse } from "./refusal";

/** The fewest characters of a passphrase that is set anew. */
export const PASSPHRASE = 14;
/** What the passkey's PRF is asked with. */
export const PRF_INPUT = "mandate/passkey/1";

export class PersonSecret {
  #secret: Bytes | undefined;

  constructor(readonly person: string, readonly office: string, readonly made: number, secret: Bytes) {
    this.#secret = secret;
  }

  /** The 32 bytes, for opening grants; never kept elsewhere. */
  get secret(): Bytes {
    return this.#secret ?? refuse("locked");
  }

  get encryption(): string {
    return publicOf(this.secret);
  }

  get signing(): string {
    return signingPublic(signingSeed(this.secret));
  }

  sign(text: Bytes): Bytes {
    const seed = signingSeed(this.secret);
    const signature = sign(seed, text);
    seed.fill(0);
    return signature;
  }

  forget(): void {
    this.#secret?.fill(0);
    this.#secret = undefined;
  }

  identityFile(): Bytes {
    return toBytes(`# mandate-person/1\n# person ${this.person}\n# office ${this.office}\n# made ${this.made}\n${secretText(this.secret)}\n`);
  }

  static read(text: Bytes, person: string, by: Office): PersonSecret {
    const lines = new Lines(text, "# mandate-person/1", 1024);
    const whose = lines.read("# person", id);
    const key = lines.take("# office");
    const made = lines.read("# made", number);
    const secret = secretOf(lines.rest.replace(/\n$/, ""));
    if (whose !== person) refuse("wrap-of-other");
    if (key !== by.key) refuse("other-office", { what: "mandate-person/1" });
    return new PersonSecret(whose, key, made, secret);
  }
}

function longEnough(passphrase: string): void {
  if ([...passphrase].length < PASSPHRASE) refuse("passphrase-short", { least: PASSPHRASE });
}

/** Wraps by a passphrase that is set now: also how one is changed. */
export async function wrapByPassphrase(secret: PersonSecret, passphrase: string, work = WORK): Promise<Bytes> {
  longEnough(passphrase);
  return wrap(passphrase, secret.identityFile(), work);
}

/** A new key for a person; `encryption` and `signing` are what the office certifies. */
export async function newPerson({ person, office, passphrase, now, work }: {
  person: string; office: Office; passphrase: string; now: number; work?: number;
}): Promise<{ secret: PersonSecret; wrap: Bytes; encryption: string; signing: string }> {
  const secret = new PersonSecret(id(person), office.key, now, random(32));
  const wrapped = await wrapByPassphrase(secret, passphrase, work);
  return { secret, wrap: wrapped, encryption: secret.encryption, signing: secret.signing };
}

/** A person's wraps as the server keeps them. */
export type Wraps = { passphrase?: Bytes; passkeys?: readonly { credential: string; wrap: Bytes }[] };

/** A set of wraps without one by passphrase is refused: a lost passkey would be a lost person. */
function checkedWraps(wraps: Wraps): Bytes {
  if (!wraps.passphrase) return refuse("passkey-alone");
  outside(wraps.passphrase, "passphrase-wrap");
  return wraps.passphrase;
}

const passkey = (prf: Bytes, person: string): Bytes =>
  prf.length === 32 ? derive(prf, `mandate/passkey/1 ${person}`) : refuse("passkey");

export async function unwrap(wraps: Wraps, by: { person: string; office: Office } &
  ({ passphrase: string } | { prf: Bytes; credential: string })): Promise<PersonSecret> {
  const wrapped = checkedWraps(wraps);
  if ("passphrase" in by) return PersonSecret.read(await unwrapFile(wrapped, by.passphrase), by.person, by.office);
  const own = wraps.passkeys?.find((one) => one.credential === by.credential) ?? refuse("passkey");
  const text = await openWith(own.wrap, "passkey-wrap", passkey(by.prf, by.person), "passkey");
  return PersonSecret.read(text, by.person, by.office);
}

/** Wraps by a passkey too, beside a wrap by passphrase that must be shown. */
export async function addPasskey(secret: PersonSecret, { prf, wraps }: { prf: Bytes; wraps: Wraps }): Promise<Bytes> {
  checkedWraps(wraps);
  return sealTo(publicOf(passkey(prf, secret.person)), secret.identityFile());
}

/** A person's secret with the certificate that others check its signatures by. */
export type Signer = { readonly secret: PersonSecret; readonly author: Author };

export function signer(secret: PersonSecret, directory: Directory): Signer {
  if (secret.office !== directory.office.key) refuse("other-office", { what: "mandate-person/1" });
  // Who has no valid certificate at all is told why.
  directory.recipient(secret.person);
  const { encryption, signing } = secret;
  const certificate = directory.ofPerson(secret.person).find((one) =>
    directory.isCurrent(one) && one.encryption === encryption && one.signing === signing) ??
    refuse("wrap-uncertified", { person: secret.person });
  return { secret, author: { person: certificate.person, serial: certificate.serial } };
}
