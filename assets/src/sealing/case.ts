// A case's key: the chain of statements on what it is and who is granted it, grants, and its change.

import { digestText, fromBase64, id, number, toBytes, toText, type Bytes } from "./bytes";
import { largest, openWith, sealTo } from "./agefile";
import { AHEAD, author, authorText, RECOVERY, type Author, type Certificate, type Directory } from "./certificates";
import { publicOf, random, recipient, secretOf, secretText } from "./keys";
import { Lines, signed, signedPart, write, type Line } from "./lines";
import type { Memory } from "./memory";
import type { Signer } from "./person";
import { Refusal, refuse } from "./refusal";

const CASE = "mandate-case/1";
const GRANT = "mandate-grant/1";

export type PublicKey = { readonly generation: number; readonly key: string; readonly since: number };

export type CaseStatement = {
  readonly text: string; readonly case: string; readonly number: number; readonly made: number; readonly author: Author;
  readonly before: string; readonly keys: readonly PublicKey[]; readonly grants: readonly Author[];
};

export function readStatement(text: string): CaseStatement {
  const lines = new Lines(text, CASE);
  const of = lines.read("case", id);
  const count = lines.read("number", number);
  const made = lines.read("made", number);
  const by = lines.read("author", author);
  const before = lines.read("before", (value) => (value === "-" ? value : (fromBase64(value, 32), value)));
  const keys: PublicKey[] = [];
  for (let value = lines.maybe("public"); value !== undefined; value = lines.maybe("public")) {
    const [generation, key, since, ...more] = value.split(" ");
    if (since === undefined || more.length > 0) refuse("format", { what: `${CASE}: public` });
    keys.push({ generation: number(generation), key: recipient(key), since: number(since) });
  }
  const grants: Author[] = [];
  for (let value = lines.maybe("grant"); value !== undefined; value = lines.maybe("grant")) grants.push(author(value));
  lines.signature();
  const sound = count > 0 && (before === "-") === (count === 1) && keys.length > 0 &&
    keys.every((key, at) => key.generation === at + 1) &&
    grants.every((grant, at) => at === 0 || grants[at - 1].person < grant.person);
  if (!sound) refuse("format", { what: CASE });
  return { text, case: of, number: count, made, author: by, before, keys, grants };
}

const grantOf = (statement: CaseStatement, person: string): Author | undefined =>
  statement.grants.find((grant) => grant.person === person);

function continues(next: CaseStatement, before: CaseStatement): void {
  if (next.case !== before.case) refuse("other-case");
  const more = next.keys.length - before.keys.length;
  const same = before.keys.every((key, at) =>
    next.keys[at]?.key === key.key && next.keys[at].since === key.since);
  if (next.number !== before.number + 1 || next.before !== digestText(toBytes(before.text)) || next.made < before.made ||
    !same || more < 0 || more > 1) refuse("case-broken", { number: next.number });
  if (!grantOf(before, next.author.person)) refuse("not-entitled", { person: next.author.person });
  const gone = before.grants.find((grant) => !grantOf(next, grant.person));
  if (gone && more === 0) refuse("not-rotated", { person: gone.person });
}

/** All statements of a case from the first, checked: each by somebody certified then, each continuing the one before. */
export class CaseChain {
  private constructor(readonly all: readonly CaseStatement[]) {}

  static async of(texts: readonly string[], { case: of, directory, memory }: {
    case: string; directory: Directory; memory: Memory;
  }): Promise<CaseChain> {
    const all = texts.map(readStatement);
    if (all.length === 0) refuse("format", { what: CASE });
    if (all.some((statement) => statement.case !== of)) refuse("other-case");
    if (all[0].number !== 1 || all[0].keys.length !== 1) refuse("case-broken", { number: all[0].number });
    for (const statement of all) {
      if (statement.made > directory.now + AHEAD) refuse("ahead", { what: CASE });
      const signature = fromBase64(statement.text.slice(statement.text.lastIndexOf(" ") + 1, -1), 64);
      directory.verify(statement.author, statement.made, signedPart(statement.text), signature, CASE);
    }
    all.forEach((statement, at) => at > 0 && continues(statement, all[at - 1]));
    const name = `case/${of}`;
    const known = await memory.known(name);
    if (known) {
      // Numbers grow by one from 1, so the place is the number.
      const then = all[known.number - 1];
      if (!then) refuse("case-older", { number: all.length, known: known.number });
      if (digestText(toBytes(then.text)) !== known.digest) refuse("case-forked", { number: known.number });
    }
    const chain = new CaseChain(all);
    await memory.seen(name, chain.latest.number, digestText(toBytes(chain.latest.text)));
    return chain;
  }

  get case(): string {
    return this.latest.case;
  }

  get latest(): CaseStatement {
    return this.all[this.all.length - 1];
  }

  get current(): PublicKey {
    return this.latest.keys[this.latest.keys.length - 1];
  }

  key(generation: number): PublicKey {
    return this.latest.keys.find((key) => key.generation === generation) ?? refuse("no-such-key", { key: generation });
  }

  /** What a writer may seal to: recovery can open it too, and nobody who was revoked. */
  writable(directory: Directory): PublicKey {
    const recovery = grantOf(this.latest, RECOVERY) ?? refuse("no-recovery");
    let certificate: Certificate;
    try {
      certificate = directory.serial(recovery);
    } catch (error) {
      if (error instanceof Refusal) refuse("no-recovery");
      throw error;
    }
    directory.current(certificate);
    for (const grant of this.latest.grants) {
      if (directory.isRevoked(grant.serial)) refuse("needs-rotation", { person: grant.person });
    }
    return this.current;
  }
}

/** The secret keys of a case that a reader has, by generation. */
export class CaseSecrets {
  readonly #keys = new Map<number, Bytes>();

  constructor(readonly case_: string) {}

  add(generation: number, secret: Bytes): void {
    this.#keys.set(generation, secret);
  }

  key(generation: number): Bytes {
    return this.#keys.get(generation) ?? refuse("not-granted", { key: generation });
  }

  /** The latest first. */
  all(): [number, Bytes][] {
    return [...this.#keys].sort(([a], [b]) => b - a);
  }

  forget(): void {
    for (const secret of this.#keys.values()) secret.fill(0);
    this.#keys.clear();
  }
}

export type Grant = { readonly to: Author; readonly generation: number; readonly bytes: Bytes };
export type Made = { readonly statement: string; readonly grants: readonly Grant[]; readonly generation: number; readonly secret: Bytes };

async function grant(of: string, generation: number, secret: Bytes, to: Certificate, by: Signer, now: number): Promise<Grant> {
  const text = write(GRANT, [["case", of], ["key", generation], ["person", to.person], ["serial", to.serial],
    ["author", authorText(by.author)], ["made", now], ["secret", secretText(secret)]]);
  const plaintext = new Uint8Array(largest("grant"));
  plaintext.set(toBytes(signed(text, by.secret.sign(toBytes(text)))));
  const bytes = await sealTo(to.encryption, plaintext);
  plaintext.fill(0);
  return { to: { person: to.person, serial: to.serial }, generation, bytes };
}

function statement(of: string, count: number, now: number, by: Signer, before: string, keys: readonly PublicKey[], grants: readonly Author[]): CaseStatement {
  const sorted = [...grants].sort((a, b) => (a.person < b.person ? -1 : 1));
  const text = write(CASE, [["case", of], ["number", count], ["made", now], ["author", authorText(by.author)], ["before", before],
    ...keys.map(({ generation, key, since }): Line => ["public", `${generation} ${key} ${since}`]),
    ...sorted.map((one): Line => ["grant", authorText(one)])]);
  return readStatement(signed(text, by.secret.sign(toBytes(text))));
}

const circle = (people: readonly string[], directory: Directory): Certificate[] =>
  [...new Set([...people, RECOVERY])].map((person) => directory.recipient(person));

/** A case with a key of its own, granted to people and to recovery; only public keys are needed of them. */
export async function newCase({ case: of, people, author: by, directory, now }: {
  case: string; people: readonly string[]; author: Signer; directory: Directory; now: number;
}): Promise<Made> {
  const secret = random(32);
  const to = circle(people, directory);
  const made = statement(id(of), 1, now, by, "-", [{ generation: 1, key: publicOf(secret), since: now }], to);
  const grants = await Promise.all(to.map((one) => grant(of, 1, secret, one, by, now)));
  return { statement: made.text, grants, generation: 1, secret };
}

function continued(chain: CaseChain, keys: readonly PublicKey[], grants: readonly Author[], by: Signer, now: number): CaseStatement {
  const before = chain.latest;
  const made = statement(before.case, before.number + 1, now, by, digestText(toBytes(before.text)), keys, grants);
  // What others would refuse is not handed out.
  continues(made, before);
  return made;
}

/** Grants a case to more people, or anew to those whose certificate was renewed, with every key that the granter has. */
export async function addPeople({ chain, secrets, people, author: by, directory, now }: {
  chain: CaseChain; secrets: CaseSecrets; people: readonly string[]; author: Signer; directory: Directory; now: number;
}): Promise<Made> {
  const { generation } = chain.current;
  const secret = secrets.key(generation);
  const to = people.map((person) => directory.recipient(person));
  const others = chain.latest.grants.filter((one) => !people.includes(one.person));
  const made = continued(chain, chain.latest.keys, [...others, ...to], by, now);
  const grants = await Promise.all(to.flatMap((one) =>
    secrets.all().map(([older, key]) => grant(chain.case, older, key, one, by, now))));
  return { statement: made.text, grants, generation, secret };
}

/** A new key, for everybody who stays and for recovery. What was sealed before stays readable to who left, if they kept it.
 *  Who stays under a new certificate is given the older keys too, as far as they are at hand. */
export async function renewKey({ chain, leave, author: by, directory, now, secrets }: {
  chain: CaseChain; leave: readonly string[]; author: Signer; directory: Directory; now: number; secrets?: CaseSecrets;
}): Promise<Made> {
  const secret = random(32);
  const generation = chain.current.generation + 1;
  const stay = chain.latest.grants.map((one) => one.person).filter((person) => !leave.includes(person));
  const to = circle(stay, directory);
  const keys = [...chain.latest.keys, { generation, key: publicOf(secret), since: now }];
  const made = continued(chain, keys, to, by, now);
  const anew = to.filter((one) => grantOf(chain.latest, one.person)?.serial !== one.serial);
  const older = anew.flatMap((one) => (secrets?.all() ?? []).map(([before, key]) => grant(chain.case, before, key, one, by, now)));
  const grants = await Promise.all([...to.map((one) => grant(chain.case, generation, secret, one, by, now)), ...older]);
  return { statement: made.text, grants, generation, secret };
}

/** Opens a grant of a generation and adds its key to those at hand. */
export async function openGrant(bytes: Bytes, { generation, reader, chain, directory, into }: {
  generation: number; reader: { person: string; secret: Bytes }; chain: CaseChain; directory: Directory; into: CaseSecrets;
}): Promise<void> {
  const plaintext = await openWith(bytes, "grant", reader.secret);
  const zero = plaintext.indexOf(0);
  const end = zero < 0 ? plaintext.length : zero;
  if (plaintext.subarray(end).some((byte) => byte !== 0)) refuse("padding");
  const text = toText(plaintext.subarray(0, end), GRANT);
  plaintext.fill(0);
  const lines = new Lines(text, GRANT);
  const of = lines.read("case", id);
  const key = lines.read("key", number);
  const person = lines.read("person", id);
  const serial = lines.read("serial", number);
  const by = lines.read("author", author);
  const made = lines.read("made", number);
  const secret = secretOf(lines.take("secret"));
  const signature = lines.signature();
  if (of !== chain.case || of !== into.case_) refuse("other-case");
  if (key !== generation) refuse("other-key", { key, asked: generation });
  const certificate = directory.serial({ person, serial });
  if (person !== reader.person || certificate.encryption !== publicOf(reader.secret)) refuse("other-person", { person });
  directory.verify(by, made, signedPart(text), signature, GRANT);
  const entitled = chain.all.some((one) => one.author.person === by.person || grantOf(one, by.person));
  if (!entitled) refuse("not-entitled", { person: by.person });
  if (chain.key(generation).key !== publicOf(secret)) refuse("case-key-swapped");
  if (generation === chain.current.generation && !grantOf(chain.latest, person)) refuse("not-granted", { key: generation });
  into.add(generation, secret);
}
