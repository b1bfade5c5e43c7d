// Whose keys are trusted, the person's own, and what they open: in memory only, and forgotten when nobody works.

import { askPasskey, makePasskey, passkeysWork, type PasskeyAnswer } from "./passkey";
import { ask, Case, inBytes, inText, Party, Start } from "./api";
import {
  addPasskey, addPeople, AttachmentReader, CaseChain, CaseSecrets, Directory, fieldOf, KeyRing, Made, Manifest, newCase, newPerson, office, openField,
  openGrant, PageMemory, Refusal, planAttachment, RECOVERY, renewKey, sealField, sendAttachment, Signer, signer, unwrap,
} from "../sealing/sealing";

/** Where a request speaks of a file. */
type Where = { code: string; as: Party };
/** Where who may open a case is said anew: of a file, or of the index of names. */
type Place = Where | "names";
/** A statement of a case as it travels. */
type Stated = { statement: string; grants: { to: string; generation: number; sealed: string }[] };
/** A sealed field as it travels. */
export type Written = { case: string; field: string; version: number; sealed: string };

const travelling = (made: Made): Stated => ({
  statement: made.statement,
  grants: made.grants.map((grant) => ({ to: grant.to.person, generation: grant.generation, sealed: inText(grant.bytes) })),
});

/** Who is to read a new file, and for which parts nobody could be found. */
type Readers = { file: string[]; one: string[]; two: string[]; missing: string[] };

/** What is known of keys while somebody works. */
export class Keys {
  private constructor(
    readonly start: Start,
    readonly directory: Directory,
    readonly memory: PageMemory,
    readonly ring: KeyRing,
    readonly author: Signer,
  ) {}

  /** The office's key as people compare it. */
  static fingerprint(start: Start): string {
    return office(start.directory.office ?? "").fingerprint;
  }

  /** Whether there is a certificate of the person's; whether it is right is found when the key is opened. */
  static certified(start: Start): boolean {
    return Boolean(start.directory.revocations) && start.directory.certificates.some((text) => text.includes(`\nperson ${start.me.id}\n`));
  }

  /** A new key: what is kept of it, and what the office certifies. */
  static async make(start: Start, passphrase: string): Promise<{ wrapped: string; encryption: string; signing: string }> {
    const made = await newPerson({ person: start.me.id, office: office(start.directory.office ?? ""), passphrase, now: start.now });
    made.secret.forget();
    return { wrapped: inText(made.wrap), encryption: made.encryption, signing: made.signing };
  }

  /** Opens the person's own key; refuses a directory that is not the office's. */
  static open(start: Start, passphrase: string, idleMinutes: number, onLock: () => void): Promise<Keys> {
    return Keys.opened(start, { passphrase }, idleMinutes, onLock);
  }

  private static async opened(start: Start, how: { passphrase: string } | PasskeyAnswer, idleMinutes: number, onLock: () => void): Promise<Keys> {
    const by = office(start.directory.office ?? "");
    const memory = new PageMemory();
    const { certificates, revocations } = start.directory;
    const directory = await Directory.of({ office: by, certificates, revocations: revocations ?? "", memory, now: start.now });
    const passkeys = start.wraps.filter((wrap) => wrap.credential).map((wrap) => ({ credential: wrap.credential, wrap: inBytes(wrap.wrapped) }));
    const own = start.wraps.find((wrap) => wrap.credential === "");
    const secret = await unwrap({ passphrase: own && inBytes(own.wrapped), passkeys }, { person: start.me.id, office: by, ...how });
    const ring = new KeyRing({ idleMinutes, onLock });
    const author = signer(secret, directory);
    ring.unlock(secret);
    ring.watch(window);
    return new Keys(start, directory, memory, ring, author);
  }

  /** Opens the person's own key by a passkey that wraps it. */
  static async openByPasskey(start: Start, idleMinutes: number, onLock: () => void): Promise<Keys> {
    const credentials = start.wraps.map((wrap) => wrap.credential).filter(Boolean);
    return Keys.opened(start, await askPasskey(credentials), idleMinutes, onLock);
  }

  /** Whether the person's key can be opened by a passkey here. */
  static hasPasskey(start: Start): boolean {
    return passkeysWork() && start.wraps.some((wrap) => wrap.credential);
  }

  /** Wraps the person's key by a new passkey too. */
  async addPasskey(): Promise<void> {
    const made = await makePasskey();
    const own = this.start.wraps.find((wrap) => wrap.credential === "");
    const wrap = await addPasskey(this.ring.person, { prf: made.prf, wraps: { passphrase: own && inBytes(own.wrapped) } });
    made.prf.fill(0);
    const kept = { credential: made.credential, wrapped: inText(wrap) };
    await ask("key/passkey", {}, kept);
    this.start.wraps.push(kept);
  }

  get now(): number {
    return Math.max(this.start.now, Math.floor(Date.now() / 1000));
  }

  /** Whether something may be granted to somebody now. */
  certified(person: string): boolean {
    try {
      this.directory.recipient(person);
      return true;
    } catch {
      return false;
    }
  }

  /** Who reads a file that this person begins: colleagues and the secretariat the file, keepers the name, each under one key. */
  readers(): Readers {
    const { me, people } = this.start;
    const certified = people.filter((one) => this.certified(one.id));
    const who = (wanted: (one: (typeof people)[number]) => boolean) => certified.filter(wanted).map((one) => one.id);
    const colleagues = who((one) => one.party === "filing" && one.holds === me.body);
    const secretariat = who((one) => one.party === "secretariat");
    const first = who((one) => one.party === "keeper" && one.holds === "1");
    const second = who((one) => one.party === "keeper" && one.holds === "2");
    // Nobody gets both halves of a name, whatever the server says of who holds which key.
    if (first.some((person) => second.includes(person))) throw new Refusal("not-entitled", { person: first.find((person) => second.includes(person)) ?? "" });
    const missing = [[secretariat, "secretariat"], [first, "keeper"], [second, "keeper"]] as const;
    const own = [me.id, ...colleagues];
    return {
      file: [...new Set([...own, ...secretariat])],
      one: [...new Set([...own, ...first])],
      two: [...new Set([...own, ...second])],
      missing: missing.filter(([found]) => found.length === 0).map(([, party]) => `survivors-as-${party}`),
    };
  }

  /** Who else belongs to a case by what they are, as far as a party may give them its key. */
  belong(name: Case["name"], party: Party): string[] {
    const { me, people } = this.start;
    const key = { file: null, one: "1", two: "2" }[name];
    const theirs = (one: (typeof people)[number]) =>
      (party === "filing" && one.party === "filing" && one.holds === me.body) ||
      (party !== "keeper" && key === null && one.party === "secretariat") ||
      (party !== "secretariat" && key !== null && one.party === "keeper" && one.holds === key);
    if (party === "commission") return [];
    return people.filter((one) => theirs(one) && one.id !== me.id && this.certified(one.id)).map((one) => one.id);
  }

  /** A new case with a key of its own. */
  async newCase(name: Case["name"], of: string, people: string[]): Promise<OpenCase> {
    const { directory, memory, author, now } = this;
    const made = await newCase({ case: of, people, author, directory, now });
    const chain = await CaseChain.of([made.statement], { case: of, directory, memory });
    const secrets = this.ring.case(of);
    secrets.add(made.generation, made.secret);
    return new OpenCase(this, name, chain, secrets, new Map(), travelling(made));
  }

  /** A case of a file, opened as far as the person's grants reach. */
  async openCase(of: Case): Promise<OpenCase> {
    const { directory, memory } = this;
    const chain = await CaseChain.of(of.statements, { case: of.case, directory, memory });
    const secrets = this.ring.case(of.case);
    const reader = { person: this.start.me.id, secret: this.ring.person.secret };
    // A grant that does not open (to an older key of the person, or rubbish) hides none that does.
    let refused: unknown;
    for (const grant of of.grants) {
      if (secrets.all().some(([generation]) => generation === grant.generation)) continue;
      try {
        await openGrant(inBytes(grant.sealed), { generation: grant.generation, reader, chain, directory, into: secrets });
      } catch (error) {
        refused = error;
      }
    }
    if (refused && secrets.all().length === 0) throw refused;
    const fields = new Map(of.fields.map((field) => [field.field, { version: field.version, sealed: inBytes(field.sealed) }]));
    return new OpenCase(this, of.name, chain, secrets, fields);
  }
}

/** A case whose key is at hand, or of which only the public key is. */
export class OpenCase {
  constructor(
    private readonly keys: Keys,
    readonly name: Case["name"],
    private chain: CaseChain,
    private readonly secrets: CaseSecrets,
    private readonly fields: Map<string, { version: number; sealed: Uint8Array }>,
    readonly stated?: Stated,
  ) {}

  /** Whether anything of it can be read. */
  get opens(): boolean {
    return this.secrets.all().length > 0;
  }

  /** The fields whose names begin so. */
  names(begin: string): string[] {
    return [...this.fields.keys()].filter((name) => name.startsWith(begin));
  }

  /** The version of a field; 0 where there is none. */
  version(name: string): number {
    return this.fields.get(name)?.version ?? 0;
  }

  /** What a field says. Everything here has an author: what anybody could have written is refused. */
  async open(name: string): Promise<Uint8Array> {
    const { directory, memory } = this.keys;
    const field = this.fields.get(name);
    const opened = await openField(field?.sealed ?? new Uint8Array(), { field: name, version: field?.version, signed: true, secrets: this.secrets, directory, memory });
    return opened.body;
  }

  /** The latest of fields that are numbered, such as `consent/1`: its name, or nothing. */
  latest(begin: string): string | undefined {
    return this.names(begin).sort((a, b) => Number(a.slice(begin.length)) - Number(b.slice(begin.length))).pop();
  }

  /** Seals a field. */
  async seal(field: string, version: number, body: Uint8Array): Promise<Written> {
    const { directory, author, now } = this.keys;
    const sealed = await sealField(body, { field, version, chain: this.chain, directory, author, now });
    return { case: this.name, field, version, sealed: inText(sealed) };
  }

  private where(where: Where): Record<string, string> {
    return { ...where, case: this.name };
  }

  /** Keeps sealed fields: all of them, or none. */
  private write(where: Where, fields: Written[]): Promise<unknown> {
    return ask("write", { ...where }, { fields });
  }

  /** What was begun to be sent and is not whole. */
  async unfinished(): Promise<Manifest[]> {
    const begun = this.names("uploading/").filter((name) => !this.fields.has(`attachment/${name.slice("uploading/".length)}`));
    return Promise.all(begun.map(async (name) => JSON.parse(new TextDecoder().decode(await this.open(name)))));
  }

  /** Seals a file in parts, sends them, and keeps what they are together. What the server has is not sent again: a file of
   *  which a part was sent before goes on where it stopped. */
  async attach(where: Where, file: File, progress: (share: number) => void): Promise<void> {
    const { directory, author, now } = this.keys;
    const fresh = await planAttachment(file, { name: file.name, media: file.type || "application/octet-stream" });
    const begun = (await this.unfinished()).find((one) => one.name === fresh.name && one.digest === fresh.digest);
    const plan = begun ?? fresh;
    if (!begun) {
      const noted = await this.seal(`uploading/${plan.upload}`, 1, new TextEncoder().encode(JSON.stringify(plan)));
      await this.write(where, [noted]);
    }
    const { have } = await ask<{ have: number[] }>("part", { ...this.where(where), upload: plan.upload });
    const put = async (index: number, bytes: Uint8Array) => {
      await ask("send", { ...where }, { case: this.name, upload: plan.upload, index, sealed: inText(bytes) });
    };
    const manifest = await sendAttachment(plan, file, { chain: this.chain, directory, author, now, have: new Set(have), put, progress: (done, all) => progress(done / all) });
    await this.write(where, [{ case: this.name, field: fieldOf(plan), version: 1, sealed: inText(manifest) }]);
  }

  /** Fetches and opens a file; nothing is given before all of it is right. */
  async download(where: Where, field: string): Promise<{ name: string; blob: Blob }> {
    const { directory, memory } = this.keys;
    const sealed = this.fields.get(field)?.sealed ?? new Uint8Array();
    const reader = await AttachmentReader.of(sealed, { field, signed: true, secrets: this.secrets, directory, memory });
    const upload = reader.manifest.upload;
    const get = async (index: number) => inBytes((await ask<{ sealed: string }>("part", { ...this.where(where), upload, index: String(index) })).sealed);
    return { name: reader.manifest.name, blob: await reader.run({ get }) };
  }

  /** Brings what was said anew; it is what is known from now on. */
  private async send(where: Place, made: Made): Promise<void> {
    if (where === "names") await ask("names/grant", {}, travelling(made));
    else await ask("grant", { ...where }, { case: this.name, stated: travelling(made) });
    const { directory, memory } = this.keys;
    const texts = [...this.chain.all.map((statement) => statement.text), made.statement];
    this.chain = await CaseChain.of(texts, { case: this.chain.case, directory, memory });
    this.secrets.add(made.generation, made.secret);
  }

  /** Says anew who may open the case: who leaves gets no key of what comes, who joins gets those of what is there. */
  async regrant(where: Where, leave: string[], join: string[]): Promise<void> {
    const { author, directory, now } = this.keys;
    const gone = leave.filter((person) => person !== RECOVERY && this.chain.latest.grants.some((grant) => grant.person === person));
    if (gone.length > 0) await this.send(where, await renewKey({ chain: this.chain, leave: [...gone, ...this.gone()], author, directory, now, secrets: this.secrets }));
    const come = join.filter((person) => !this.chain.latest.grants.some((grant) => grant.person === person));
    if (come.length > 0) await this.send(where, await addPeople({ chain: this.chain, secrets: this.secrets, people: come, author, directory, now }));
  }

  /** Gives the key to those of some people who have it not, or have a new key, so that nobody's leaving closes a case. */
  async welcome(where: Place, people: string[]): Promise<void> {
    const { author, directory, now } = this.keys;
    const named = (person: string) => this.chain.latest.grants.find((grant) => grant.person === person);
    const come = people.filter((person) => named(person)?.serial !== directory.recipient(person).serial);
    if (!this.opens || come.length === 0) return;
    await this.send(where, await addPeople({ chain: this.chain, secrets: this.secrets, people: come, author, directory, now }));
  }

  /** Those of the latest statement to whom nothing can be granted now: revoked or run out. */
  private gone(): string[] {
    return this.chain.latest.grants.map((grant) => grant.person).filter((person) => person !== RECOVERY && !this.keys.certified(person));
  }

  /** A new key where somebody named has a revoked one: else nobody could write. Who has a new certificate stays, and is given
   *  the older keys too. */
  async mend(where: Place): Promise<void> {
    const { author, directory, now } = this.keys;
    const revoked = this.chain.latest.grants.some((grant) => directory.isRevoked(grant.serial));
    if (!revoked || !this.opens) return;
    await this.send(where, await renewKey({ chain: this.chain, leave: this.gone(), author, directory, now, secrets: this.secrets }));
  }

  /** Takes the key from everybody but those who file for the same body, and recovery. */
  async close(where: Where): Promise<void> {
    const { me, people } = this.keys.start;
    const own = new Set(people.filter((one) => one.party === "filing" && one.holds === me.body).map((one) => one.id)).add(me.id);
    await this.regrant(where, this.chain.latest.grants.map((grant) => grant.person).filter((person) => !own.has(person)), []);
  }
}
