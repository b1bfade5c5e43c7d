// An invented office with invented people, and the means to forge whatever a server or a bad insider could.
import * as sealing from "./built/sealing.mjs";
import * as tools from "./built/tools.mjs";

export const NOW = 1_790_000_000;
export const DAY = 86_400;
const { toBytes, toBase64, write, signed } = tools;

export const officeOf = (seed = tools.random(32)) => ({ seed, ...sealing.office(toBase64(tools.ed25519.getPublicKey(seed))) });
export const signedBy = (seed, text) => signed(text, tools.sign(seed, toBytes(text)));

export function certificate(office, serial, { person, encryption, signing, notBefore = NOW - 100 * DAY, notAfter = NOW + 100 * DAY }, seed = office.seed) {
  return signedBy(seed, write("mandate-certificate/1", [["office", office.key], ["serial", serial],
    ["use", person === "recovery" ? "recovery" : "person"], ["person", person], ["encryption", encryption],
    ["signing", signing], ["not-before", notBefore], ["not-after", notAfter]]));
}

export function revocations(office, number, revoked = [], { issued = NOW - DAY, next = NOW + 30 * DAY, seed = office.seed } = {}) {
  return signedBy(seed, write("mandate-revocations/1", [["office", office.key], ["number", number], ["issued", issued], ["next", next],
    ...revoked.map(([serial, since]) => ["revoked", `${serial} ${since}`])]));
}

/** Ana and Besa work on the case, Dragan is an officer without it, Mallory one who cheats; recovery as always. */
export async function world() {
  const office = officeOf();
  const person = (name) => new sealing.PersonSecret(name, office.key, NOW - 50 * DAY, tools.random(32));
  const people = { ana: person("ana"), besa: person("besa"), dragan: person("dragan"), mallory: person("mallory") };
  const recovery = tools.random(32);
  const certificates = [
    ...Object.values(people).map((one, at) => certificate(office, at + 1, one)),
    certificate(office, 5, new sealing.PersonSecret("recovery", office.key, NOW, recovery)),
  ];
  const list = revocations(office, 3);
  const memory = new sealing.PageMemory();
  const directory = (more = {}) => sealing.Directory.of({ office, certificates, revocations: list, memory: new sealing.PageMemory(), now: NOW, ...more });
  const good = await directory();
  const ana = sealing.signer(people.ana, good);
  const mallory = sealing.signer(people.mallory, good);
  const made = await sealing.newCase({ case: "C-1", people: ["ana", "besa"], author: ana, directory: good, now: NOW - 10 * DAY });
  const chainOf = (texts, more = {}) =>
    sealing.CaseChain.of(texts, { case: "C-1", directory: good, memory: new sealing.PageMemory(), ...more });
  const chain = await chainOf([made.statement]);
  const grantFor = (name, from = made) => from.grants.find((one) => one.to.person === name).bytes;
  const open = async (bytes, { name = "besa", generation = 1, chain: of = chain, directory: by = good, into } = {}) => {
    const secrets = into ?? new sealing.CaseSecrets("C-1");
    const secret = name === "recovery" ? recovery : people[name].secret;
    await sealing.openGrant(bytes, { generation, reader: { person: name, secret }, chain: of, directory: by, into: secrets });
    return secrets;
  };
  const secrets = await open(grantFor("besa"));
  const seal = (text, more = {}) => sealing.sealField(toBytes(text), { field: "narrative", version: 2, chain, directory: good, author: ana, now: NOW - 5 * DAY, ...more });
  const read = (bytes, more = {}) => sealing.openField(bytes, { field: "narrative", secrets, directory: good, memory: new sealing.PageMemory(), ...more });
  /** A field that says whatever one likes, sealed to a case's public key: everybody can do that. */
  const forge = async (text, { lines = {}, sign, pad = 1024, key = chain.current.key, tail, format = "mandate-sealed/1" } = {}) => {
    const body = toBytes(text);
    const all = { case: "C-1", field: "narrative", version: 2, key: 1, author: sign ? `${sign.person} ${sign.serial}` : "-", made: NOW - DAY,
      length: body.length, digest: tools.digestText(body), ...lines };
    const head = write(format, Object.entries(all));
    const whole = sign ? signedBy(sign.seed, head) : `${head}signature -\n`;
    const plaintext = new Uint8Array(pad);
    plaintext.set(toBytes(`${whole}\n`));
    plaintext.set(body, whole.length + 1);
    if (tail) plaintext.set(toBytes(tail), pad - tail.length);
    return tools.sealTo(key, plaintext);
  };
  return { office, people, recovery, certificates, list, memory, directory, good, ana, mallory, made, chainOf, chain, grantFor, open, secrets, seal, read, forge };
}

/** The statement of a case with lines put in place of others, signed by whom one likes. */
export function restated(statement, change, seed) {
  const lines = statement.split("\n").slice(0, -2);
  const text = `${change(lines).join("\n")}\n`;
  return signedBy(seed, text);
}

/** An age file to several recipients. */
export async function toMany(recipients, plaintext) {
  const encrypter = new tools.Encrypter();
  for (const one of recipients) encrypter.addRecipient(one);
  return encrypter.encrypt(plaintext);
}
