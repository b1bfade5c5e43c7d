// What a server that cheats can try, alone or with a bad insider: nothing of it opens, and each refusal has its words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import * as sealing from "./built/sealing.mjs";
import * as tools from "./built/tools.mjs";
import { DAY, NOW, certificate, officeOf, restated, revocations, signedBy, toMany, world } from "./world.mjs";

const { PageMemory, CaseSecrets, Directory, PersonSecret, AttachmentReader } = sealing;
const { toBytes, toText, signingSeed, publicOf } = tools;

let w;
const seed = (name) => signingSeed(w.people[name].secret);
const replaced = (text, from, to) => (assert.ok(text.includes(from), from), text.replace(from, to));
const remembering = async (name, number, text) => {
  const memory = new PageMemory();
  memory.seen(name, number, tools.digestText(typeof text === "string" ? toBytes(text) : text));
  return memory;
};
const wrapText = (factor) => toBytes(`age-encryption.org/v1\n-> scrypt ${"A".repeat(22)} ${factor}\n${"A".repeat(43)}\n--- ${"A".repeat(43)}\n${"x".repeat(200)}`);
const three = new Blob([new Uint8Array(2 * sealing.PART + 10).fill(7)]);
let honest;
async function attachment(of = w.chain) {
  const plan = await sealing.planAttachment(three, { name: "scan.pdf", media: "application/pdf" });
  const parts = new Map();
  const put = async (index, bytes) => void parts.set(index, bytes);
  const manifest = await sealing.sendAttachment(plan, three, { chain: of, directory: w.good, author: w.ana, now: NOW, have: new Set(), put });
  return { plan, parts, manifest };
}
async function fetched({ plan, manifest, parts, count }, more = {}) {
  const reader = await AttachmentReader.of(manifest, { field: sealing.fieldOf(plan), secrets: w.secrets, directory: w.good, memory: new PageMemory(), ...more });
  return reader.run({ get: async (index) => parts.get(index), count });
}
const moved = (parts, change) => ({ ...honest, parts: change(new Map(parts)) });

/** Name, the refusal that is due, and the attack; whatever it returns would be a plaintext or a key that was trusted. */
const attacks = [
  // Keys and certificates.
  ["a certificate by another office", "other-office", () => {
    const other = officeOf();
    return w.directory({ certificates: [...w.certificates, certificate(other, 9, w.people.mallory)] });
  }],
  ["a certificate that names the office but was signed by another key", "signature", () =>
    w.directory({ certificates: [...w.certificates, certificate(w.office, 9, { ...lookalike("besa") }, officeOf().seed)] })],
  ["a certified key exchanged for the server's", "signature", () => {
    const mine = publicOf(tools.random(32));
    return w.directory({ certificates: w.certificates.map((text) => text.replace(w.people.besa.encryption, mine)) });
  }],
  ["somebody whom nobody certified", "uncertified", () => w.good.recipient("eve")],
  ["a certificate hidden", "uncertified", async () => (await w.directory({ certificates: w.certificates.slice(1) })).recipient("ana")],
  ["a certificate that has ended", "expired", async () => {
    const old = certificate(w.office, 9, { ...lookalike("vjosa"), notAfter: NOW - 1 });
    return (await w.directory({ certificates: [old] })).recipient("vjosa");
  }],
  ["a certificate that has not begun", "not-yet", async () => {
    const next = certificate(w.office, 9, { ...lookalike("vjosa"), notBefore: NOW + DAY });
    return (await w.directory({ certificates: [next] })).recipient("vjosa");
  }],
  ["a person who was revoked", "revoked", async () =>
    (await w.directory({ revocations: revocations(w.office, 4, [[2, NOW - DAY]]) })).recipient("besa")],
  ["two certificates of one number", "two-certificates", () =>
    w.directory({ certificates: [...w.certificates, certificate(w.office, 2, lookalike("besa"))] })],
  ["a field that the recovery key signed", "wrong-use", async () =>
    w.read(await w.forge("x", { sign: { person: "recovery", serial: 5, seed: signingSeed(w.recovery) } }))],
  ["the recovery key exchanged for the server's", "signature", () =>
    w.directory({ certificates: w.certificates.map((text) => text.replace(publicOf(w.recovery), publicOf(tools.random(32)))) })],
  ["a list of revocations older than one seen", "list-older", async () =>
    w.directory({ revocations: revocations(w.office, 2), memory: await remembering("revocations", 3, w.list) })],
  ["another list of the same number", "list-forked", async () =>
    w.directory({ revocations: revocations(w.office, 3, [[4, NOW]]), memory: await remembering("revocations", 3, w.list) })],
  ["a list after which a newer one was due", "list-outdated", () =>
    w.directory({ revocations: revocations(w.office, 3, [], { issued: NOW - 40 * DAY, next: NOW - DAY }) })],
  ["a list from the future", "ahead", () =>
    w.directory({ revocations: revocations(w.office, 9, [], { issued: NOW + 2 * DAY, next: NOW + 3 * DAY }) })],
  ["a line taken out of the list", "signature", () => {
    const text = revocations(w.office, 4, [[2, NOW - DAY]]);
    return w.directory({ revocations: text.replace(/revoked .*\n/, "") });
  }],
  ["a list of another office", "other-office", () => w.directory({ revocations: revocations(officeOf(), 9) })],
  ["no list at all", "format", () => w.directory({ revocations: "" })],
  // Wraps.
  ["the office's key exchanged", "other-office", () =>
    sealing.unwrap({ passphrase: wraps.ana }, { person: "ana", office: officeOf(), passphrase: PHRASE })],
  ["less work for a passphrase", "work-too-low", () =>
    sealing.unwrap({ passphrase: wrapText(10) }, { person: "ana", office: w.office, passphrase: PHRASE })],
  ["so much work that the machine stops", "work-too-high", () =>
    sealing.unwrap({ passphrase: wrapText(30) }, { person: "ana", office: w.office, passphrase: PHRASE })],
  ["a key wrapped by a passkey alone", "passkey-alone", () =>
    sealing.unwrap({ passkeys: [{ credential: "k", wrap: wraps.passkey }] }, { person: "ana", office: w.office, prf: PRF, credential: "k" })],
  ["no wrap by passphrase, and a file that is none in its place", "recipients", () =>
    sealing.unwrap({ passphrase: wraps.passkey }, { person: "ana", office: w.office, passphrase: PHRASE })],
  ["another person's wrap with a passphrase that was learned", "wrap-of-other", () =>
    sealing.unwrap({ passphrase: wraps.mallory }, { person: "ana", office: w.office, passphrase: PHRASE })],
  ["an attacker's key wrapped as Ana's with a passphrase that was learned", "wrap-uncertified", async () =>
    sealing.signer(await sealing.unwrap({ passphrase: wraps.false }, { person: "ana", office: w.office, passphrase: PHRASE }), w.good)],
  ["a wrap that was changed", "passphrase", () => {
    const bytes = wraps.ana.slice();
    bytes[60] = bytes[60] === 65 ? 66 : 65;
    return sealing.unwrap({ passphrase: bytes }, { person: "ana", office: w.office, passphrase: PHRASE });
  }],
  ["a wrap for another passkey", "passkey", () => sealing.unwrap({ passphrase: wraps.ana, passkeys: [{ credential: "k", wrap: wraps.passkey }] },
    { person: "ana", office: w.office, prf: tools.random(32), credential: "k" })],
  // The case's key.
  ["a case's key exchanged for the server's", "signature", () =>
    w.chainOf([replaced(w.made.statement, w.chain.current.key, publicOf(tools.random(32)))])],
  ["a statement by nobody certified", "uncertified", () => w.chainOf([
    restated(w.made.statement, (lines) => lines.map((line) => line.replace("author ana 1", "author eve 9")), officeOf().seed)])],
  ["a statement by an officer who is not on the case", "not-entitled", () => w.chainOf([w.made.statement, second(w.made.statement, "mallory", 4)])],
  ["a grant for the server's friend written into the statement", "signature", () =>
    w.chainOf([replaced(w.made.statement, "grant recovery", "grant mallory 4\ngrant recovery")])],
  ["an older statement than one seen", "case-older", async () => {
    const next = second(w.made.statement, "ana", 1);
    return w.chainOf([w.made.statement], { memory: await remembering("case/C-1", 2, next) });
  }],
  ["another statement of the same number", "case-forked", async () =>
    w.chainOf([w.made.statement], { memory: await remembering("case/C-1", 1, `${w.made.statement} `) })],
  ["a statement left out of the middle", "case-broken", async () => {
    const next = second(w.made.statement, "ana", 1);
    return w.chainOf([w.made.statement, second(next, "ana", 1)]);
  }],
  ["an earlier key of the case rewritten", "case-broken", () => w.chainOf([w.made.statement,
    second(w.made.statement, "ana", 1, (lines) => lines.map((line) => line.replace(w.chain.current.key, publicOf(tools.random(32)))))])],
  ["the statements of another case", "other-case", () => w.chainOf([w.made.statement], { case: "C-2" })],
  ["a case without statements", "format", () => w.chainOf([])],
  ["somebody taken off while the key stays", "not-rotated", () => w.chainOf([w.made.statement,
    second(w.made.statement, "ana", 1, (lines) => lines.filter((line) => !line.startsWith("grant besa")))])],
  ["a case whose recovery was dropped", "no-recovery", async () => w.seal("x", { chain: await w.chainOf([
    restated(w.made.statement, (lines) => lines.filter((line) => !line.startsWith("grant recovery")), seed("ana"))]) })],
  ["a case whose recovery is no certified key", "no-recovery", async () => w.seal("x", { chain: await w.chainOf([
    restated(w.made.statement, (lines) => lines.map((line) => line.replace("grant recovery 5", "grant recovery 77")), seed("ana"))]) })],
  ["writing for somebody who was revoked", "needs-rotation", async () =>
    w.seal("x", { directory: await w.directory({ revocations: revocations(w.office, 4, [[2, NOW - DAY]]) }) })],
  ["a statement from the future", "ahead", () => w.chainOf([
    restated(w.made.statement, (lines) => lines.map((line) => line.replace(/^made .*/, `made ${NOW + 3 * DAY}`)), seed("ana"))])],
  ["a grant for an uncertified key at a change of the key", "signature", async () => {
    const directory = await w.directory({ certificates: w.certificates.map((text) => text.replace(w.people.besa.encryption, publicOf(tools.random(32)))) });
    return sealing.renewKey({ chain: w.chain, leave: [], author: w.ana, directory, now: NOW });
  }],
  ["somebody revoked kept at a change of the key", "revoked", async () => sealing.renewKey({ chain: w.chain, leave: [], author: w.ana, now: NOW,
    directory: await w.directory({ revocations: revocations(w.office, 4, [[2, NOW - DAY]]) }) })],
  // Grants.
  ["another person's grant", "does-not-open", () => w.open(w.grantFor("ana"))],
  ["a grant that names another person", "other-person", async () => w.open(await grant({ person: "ana", serial: 1 }, "ana"))],
  ["a grant of another case", "other-case", async () => w.open(await grant({ case: "C-2" }, "ana"))],
  ["a grant of an older key", "other-key", async () => w.open(w.grantFor("besa"), { generation: 2, chain: rotated.chain })],
  ["a grant signed by nobody certified", "uncertified", async () => w.open(await grant({ author: "eve 9" }, "mallory"))],
  ["a grant in Ana's name by another", "signature", async () => w.open(await grant({}, "mallory"))],
  ["a grant by an officer who is not on the case", "not-entitled", async () => w.open(await grant({ author: "mallory 4" }, "mallory"))],
  ["a grant with another key than the case's", "case-key-swapped", async () =>
    w.open(await grant({ secret: tools.secretText(tools.random(32)) }, "ana"))],
  ["a grant that more can open", "recipients", async () => w.open(await toMany([w.people.besa.encryption, publicOf(tools.random(32))], new Uint8Array(1024)))],
  ["a grant after the person was taken off", "not-granted", async () =>
    w.open(await grant({ key: 2, secret: tools.secretText(rotated.made.secret) }, "ana"), { generation: 2, chain: rotated.chain })],
  ["a grant dropped", "not-granted", () => new CaseSecrets("C-1").key(1)],
  ["a grant cut short", "format", () => w.open(w.grantFor("besa").slice(0, 150))],
  // Fields.
  ["another field in its place", "other-field", async () => w.read(await w.seal("x", { field: "decision" }))],
  ["a field of another case", "other-case", async () => w.read(await w.forge("x", { lines: { case: "C-2" } }))],
  ["an older version than one seen", "field-older", async () =>
    w.read(await w.seal("x"), { memory: await remembering("field/C-1/narrative", 3, "later") })],
  ["another content of the version seen", "field-forked", async () =>
    w.read(await w.seal("x"), { memory: await remembering("field/C-1/narrative", 2, "other") })],
  ["another version than asked for", "other-version", async () => w.read(await w.seal("x"), { version: 3 })],
  ["an unsigned field where an officer's word is due", "unsigned", async () => w.read(await w.forge("x"), { signed: true })],
  ["a field in Ana's name by another", "signature", async () => w.read(await w.forge("x", { sign: { person: "ana", serial: 1, seed: seed("mallory") } }))],
  ["a signature taken off but not the name", "signature", async () => w.read(await w.forge("x", { lines: { author: "ana 1" } }))],
  ["a field signed after its author was revoked", "revoked", async () => w.read(await w.seal("x"),
    { directory: await w.directory({ revocations: revocations(w.office, 4, [[1, NOW - 6 * DAY]]) }) })],
  ["a field signed before its author was certified", "not-yet", async () =>
    w.read(await w.forge("x", { lines: { made: NOW - 200 * DAY }, sign: { person: "ana", serial: 1, seed: seed("ana") } }))],
  ["bytes hidden in the padding", "padding", async () => w.read(await w.forge("x", { tail: "hidden" }))],
  ["a larger bucket than needed", "bucket", async () => w.read(await w.forge("x", { pad: 2048 }))],
  ["a length that is no bucket's", "bucket", async () => w.read(await w.forge("x", { pad: 1500 }))],
  ["a content that has another digest", "digest", async () => w.read(await w.forge("x", { lines: { digest: tools.digestText(toBytes("y")) } }))],
  ["a length beyond the end", "format", async () => w.read(await w.forge("x", { lines: { length: 5000 } }))],
  ["a generation that is not the key's", "other-key", async () => w.read(await w.forge("x", { lines: { key: 2 } }))],
  ["a number in another form", "format", async () => w.read(await w.forge("x", { lines: { version: "02" } }))],
  ["a field that more can open", "recipients", async () =>
    w.read(await toMany([w.chain.current.key, publicOf(tools.random(32))], new Uint8Array(1024)))],
  ["one bit of a field", "does-not-open", async () => {
    const bytes = await w.seal("x");
    bytes[bytes.length - 1] ^= 1;
    return w.read(bytes);
  }],
  ["a recipient's line of a field rewritten", "does-not-open", async () => {
    const bytes = await w.seal("x");
    bytes[40] = bytes[40] === 65 ? 66 : 65;
    return w.read(bytes);
  }],
  ["a field cut to a smaller bucket", "does-not-open", async () => {
    const bytes = await w.seal("x".repeat(1500));
    return w.read(bytes.slice(0, bytes.length - 1024));
  }],
  ["a field cut anywhere", "bucket", async () => (await w.seal("x")).slice(0, -100) && w.read((await w.seal("x")).slice(0, -100))],
  ["a format of a version to come", "unknown-version", async () => w.read(await w.forge("x", { format: "mandate-sealed/2" }))],
  ["an age file of a version to come", "unknown-version", async () => w.read(toBytes(toText((await w.seal("x")).slice(0, 40)).replace("/v1", "/v2")))],
  ["something that is no age file", "format", () => w.read(toBytes("hello\n"))],
  // Attachments.
  ["an attachment without its end", "part-missing", () => fetched(moved(honest.parts, (parts) => (parts.delete(2), parts)))],
  ["parts in another order", "part-moved", () => fetched(moved(honest.parts, (parts) =>
    new Map([[0, parts.get(1)], [1, parts.get(0)], [2, parts.get(2)]])))],
  ["a part twice", "part-moved", () => fetched(moved(honest.parts, (parts) => parts.set(1, parts.get(0))))],
  ["parts added at the end", "part-surplus", () => fetched({ ...honest, count: 4 })],
  ["a part of another attachment", "part-foreign", async () => {
    const other = await attachment();
    return fetched(moved(honest.parts, (parts) => parts.set(1, other.parts.get(1))));
  }],
  ["parts sealed by the server itself", "digest", async () => {
    const content = new Uint8Array(sealing.PART).fill(9);
    const mine = await sealing.sealPart(honest.plan, 1, content, w.chain, w.good);
    return fetched(moved(honest.parts, (parts) => parts.set(1, mine)));
  }],
  ["a part of another length", "other-file", () => sealing.sealPart(honest.plan, 1, new Uint8Array(5), w.chain, w.good)],
  ["the manifest of another attachment", "other-field", async () => fetched({ ...honest, manifest: (await attachment()).manifest })],
  ["a manifest of fewer parts", "format", () => {
    const text = `mandate-attachment/1\nupload ${honest.plan.upload}\nname "a"\nmedia "b"\nsize ${honest.plan.size}\ndigest ${honest.plan.digest}\nchunks 2\n`;
    return sealing.readManifest(toBytes(text), sealing.fieldOf(honest.plan));
  }],
  ["an unsigned manifest where an officer's word is due", "unsigned", async () => {
    const manifest = await sealing.sendAttachment(honest.plan, three, { chain: w.chain, directory: w.good, now: NOW, have: new Set([0, 1, 2]), put: () => {} });
    return fetched({ ...honest, manifest }, { signed: true });
  }],
  ["another file when sending is resumed", "other-file", () => sealing.sendAttachment(honest.plan, new Blob([new Uint8Array(honest.plan.size)]),
    { chain: w.chain, directory: w.good, now: NOW, have: new Set([0]), put: async () => {} })],
  // The index of names, and what is left open.
  ["the index of another case", "other-case", async () => w.read(await w.forge("C-2\tX\tx\n", { lines: { field: "index/names", case: "INDEX" } }), { field: "index/names" })],
  ["an older index than one seen", "field-older", async () => w.read(await w.seal("", { field: "index/names", version: 4 }),
    { field: "index/names", memory: await remembering("field/C-1/index/names", 5, "later") })],
  ["an index with a broken line", "format", () => sealing.NameIndex.read(toBytes("C-2 without tabs\n"))],
  ["asking for keys after idle minutes", "locked", () => {
    let now = 0;
    const ring = new sealing.KeyRing({ idleMinutes: 5, clock: { now: () => now, later: () => () => {} } });
    ring.unlock(new PersonSecret("ana", w.office.key, NOW, tools.random(32)));
    now = 5 * 60_000;
    return ring.person;
  }],
];

const PHRASE = "an invented passphrase";
const PRF = new Uint8Array(32).fill(3);
const wraps = {};
let rotated;

function lookalike(person) {
  const secret = new PersonSecret(person, w.office.key, NOW, tools.random(32));
  return { person, encryption: secret.encryption, signing: secret.signing };
}

/** A next statement by somebody, whatever it says. */
function second(statement, name, serial, change = (lines) => lines) {
  const number = Number(/number (\d+)/.exec(statement)[1]) + 1;
  return restated(statement, (lines) => change(lines).map((line) => line
    .replace(/^number .*/, `number ${number}`).replace(/^author .*/, `author ${name} ${serial}`)
    .replace(/^before .*/, `before ${tools.digestText(toBytes(statement))}`)), seed(name));
}

/** A grant for Besa's key that says whatever one likes. */
async function grant(lines, by) {
  const all = { case: "C-1", key: 1, person: "besa", serial: 2, author: "ana 1", made: NOW - DAY, secret: tools.secretText(w.made.secret), ...lines };
  const plaintext = new Uint8Array(1024);
  plaintext.set(toBytes(signedBy(seed(by), tools.write("mandate-grant/1", Object.entries(all)))));
  return tools.sealTo(w.people.besa.encryption, plaintext);
}

before(async () => {
  w = await world();
  honest = await attachment();
  wraps.ana = await sealing.wrapByPassphrase(w.people.ana, PHRASE, 17);
  wraps.mallory = await sealing.wrapByPassphrase(w.people.mallory, PHRASE, 17);
  wraps.false = await sealing.wrapByPassphrase(new PersonSecret("ana", w.office.key, NOW, tools.random(32)), PHRASE, 17);
  wraps.passkey = await sealing.addPasskey(w.people.ana, { prf: PRF, wraps: { passphrase: wraps.ana } });
  const made = await sealing.renewKey({ chain: w.chain, leave: ["besa"], author: w.ana, directory: w.good, now: NOW });
  rotated = { made, chain: await w.chainOf([w.made.statement, made.statement]) };
});

const labels = Object.fromEntries(["en", "sq", "sr"].map((language) =>
  [language, readFileSync(new URL(`../../locales/${language}/sealing.ftl`, import.meta.url), "utf8")]));
let plaintexts = 0;

for (const [name, why, attack] of attacks) {
  test(`refused: ${name}`, async () => {
    let refusal;
    try {
      await attack();
      plaintexts++;
    } catch (error) {
      refusal = error;
    }
    assert.ok(refusal instanceof sealing.Refusal, refusal?.stack ?? "nothing was refused");
    assert.equal(refusal.why, why);
    for (const [language, text] of Object.entries(labels)) {
      assert.match(text, new RegExp(`^${refusal.key} = \\S`, "m"), `${refusal.key} has no words in ${language}`);
    }
  });
}

test("what nobody attacked opens", async () => {
  assert.equal(toText((await w.read(await w.seal("a narrative"), { signed: true, version: 2 })).body), "a narrative");
  assert.equal((await fetched(honest)).size, three.size);
  const person = await sealing.unwrap({ passphrase: wraps.ana, passkeys: [{ credential: "k", wrap: wraps.passkey }] },
    { person: "ana", office: w.office, prf: PRF, credential: "k" });
  assert.equal(sealing.signer(person, w.good).author.serial, 1);
});

after(() => {
  assert.equal(plaintexts, 0);
  assert.ok(attacks.length >= 25);
});
