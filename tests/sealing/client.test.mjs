// What the client promises when nobody attacks: what is sealed opens, names are found, sending is resumed, keys are forgotten.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import * as sealing from "./built/sealing.mjs";
import * as tools from "./built/tools.mjs";
import { NOW, world } from "./world.mjs";

const { toBytes, toText } = tools;
let w;
before(async () => (w = await world()));

test("capture needs public keys only", async () => {
  const bytes = await w.seal("written on a telephone", { author: undefined });
  const opened = await w.read(bytes);
  assert.equal(toText(opened.body), "written on a telephone");
  assert.equal(opened.author, undefined);
});

test("lengths are known to a factor of two only", async () => {
  const length = async (n) => (await w.seal("x".repeat(n))).length;
  assert.equal(await length(0), await length(400));
  assert.equal(await length(1200), await length(1500));
  assert.notEqual(await length(400), await length(1200));
});

test("a client that saw a version takes it again, and a newer one", async () => {
  const memory = new sealing.PageMemory();
  const two = await w.seal("two");
  const three = await w.seal("three", { version: 3 });
  await w.read(two, { memory });
  await w.read(two, { memory });
  await w.read(three, { memory });
  await assert.rejects(w.read(two, { memory }), { why: "field-older" });
});

test("who is taken off cannot read what comes after, and who comes gets what was before", async () => {
  const made = await sealing.renewKey({ chain: w.chain, leave: ["besa"], author: w.ana, directory: w.good, now: NOW });
  const chain = await w.chainOf([w.made.statement, made.statement]);
  const after = await w.seal("after", { chain, version: 3 });
  await assert.rejects(w.read(after), { why: "does-not-open" });
  const into = new sealing.CaseSecrets("C-1");
  await w.open(w.grantFor("ana"), { name: "ana", chain, into });
  await w.open(w.grantFor("ana", made), { name: "ana", generation: 2, chain, into });
  assert.equal((await w.read(after, { secrets: into })).generation, 2);
  const more = await sealing.addPeople({ chain, secrets: into, people: ["dragan"], author: w.ana, directory: w.good, now: NOW });
  const longer = await w.chainOf([w.made.statement, made.statement, more.statement]);
  const dragan = new sealing.CaseSecrets("C-1");
  for (const { generation, bytes } of more.grants) await w.open(bytes, { name: "dragan", generation, chain: longer, into: dragan });
  assert.equal(toText((await w.read(await w.seal("before"), { secrets: dragan })).body), "before");
});

test("the recovery key opens every case", async () => {
  const secrets = await w.open(w.grantFor("recovery"), { name: "recovery" });
  assert.equal(toText((await w.read(await w.seal("kept"), { secrets })).body), "kept");
});

test("a forgotten passphrase is set anew by passkey, a lost passkey leaves the passphrase", async () => {
  const prf = tools.random(32);
  const first = "the first passphrase";
  const made = await sealing.newPerson({ person: "ana", office: w.office, passphrase: first, now: NOW, work: 17 });
  const wraps = { passphrase: made.wrap };
  wraps.passkeys = [{ credential: "k", wrap: await sealing.addPasskey(made.secret, { prf, wraps }) }];
  const by = { person: "ana", office: w.office };
  const opened = await sealing.unwrap(wraps, { ...by, prf, credential: "k" });
  const second = { passphrase: await sealing.wrapByPassphrase(opened, "the second passphrase", 17) };
  assert.equal((await sealing.unwrap(second, { ...by, passphrase: "the second passphrase" })).encryption, made.encryption);
  assert.equal((await sealing.unwrap({ passphrase: wraps.passphrase }, { ...by, passphrase: first })).signing, made.signing);
  await assert.rejects(sealing.wrapByPassphrase(opened, "too short", 17), { why: "passphrase-short" });
  await assert.rejects(sealing.wrapByPassphrase(opened, "the second passphrase", 16), { why: "work-too-low" });
});

test("an attachment is sent on from where it stopped, and fetched on from where it stopped", async () => {
  const content = new Uint8Array(3 * sealing.PART + 77).map((_, at) => at % 251);
  const file = new Blob([content]);
  const plan = await sealing.planAttachment(file, { name: "Изјава \"1\".pdf", media: "application/pdf" });
  const stored = new Map();
  const told = [];
  let left = 2;
  const put = async (index, bytes) => {
    if (left-- === 0) throw new TypeError("the connection is gone");
    stored.set(index, bytes);
  };
  const send = (more = {}) => sealing.sendAttachment(plan, file, { chain: w.chain, directory: w.good, author: w.ana, now: NOW,
    have: new Set(stored.keys()), put, progress: (done, total) => told.push(`${done}/${total}`), ...more });
  await assert.rejects(send(), TypeError);
  assert.deepEqual([...stored.keys()], [0, 1]);
  left = 9;
  const before = [...stored.values()];
  const manifest = await send();
  assert.deepEqual([...stored.values()].slice(0, 2), before, "what was there is not sent again");
  assert.deepEqual(told, ["1/4", "2/4", "1/4", "2/4", "3/4", "4/4"]);
  const reader = await sealing.AttachmentReader.of(manifest, { field: sealing.fieldOf(plan), signed: true, secrets: w.secrets, directory: w.good, memory: w.memory });
  assert.equal(reader.manifest.name, "Изјава \"1\".pdf");
  const asked = [];
  const get = (broken) => async (index) => {
    asked.push(index);
    if (index === broken) throw new TypeError("the connection is gone");
    return stored.get(index);
  };
  await assert.rejects(reader.run({ get: get(2) }), TypeError);
  const whole = await reader.run({ get: get() });
  assert.deepEqual(asked, [0, 1, 2, 2, 3]);
  assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), content);
  const stopped = AbortSignal.abort();
  await assert.rejects(send({ signal: stopped }), { name: "AbortError" });
});

test("an empty file is an attachment too", async () => {
  const plan = await sealing.planAttachment(new Blob([]), { name: "a", media: "" });
  assert.equal(plan.total, 1);
});

test("names have the keys of the engine", () => {
  const rows = readFileSync(new URL("names.tsv", import.meta.url), "utf8").trimEnd().split("\n").slice(1);
  assert.ok(rows.length > 300);
  for (const row of rows) {
    const [name, key] = row.split("\t").map((cell) => JSON.parse(cell));
    assert.equal(sealing.nameKey(name), key, JSON.stringify(name));
  }
});

test("a name is found under all its spellings, in an index that was sealed", async () => {
  const index = sealing.NameIndex.of([sealing.entry("C-1", "Đorđe Petrović"), sealing.entry("C-2", "Xhevdet\tHoxha"), sealing.entry("C-3", "Ђорђе Илић")]);
  const sealed = await w.seal("", { field: "index/names" }).then(() =>
    sealing.sealField(index.bytes(), { field: sealing.INDEX, version: 2, chain: w.chain, directory: w.good, author: w.ana, now: NOW }));
  const { body } = await w.read(sealed, { field: sealing.INDEX });
  const read = sealing.NameIndex.read(body);
  const found = (sought) => read.find(sought).map((one) => one.case);
  assert.deepEqual(found("djordje"), ["C-3", "C-1"]);
  assert.deepEqual(found("petrovic đorđe"), ["C-1"]);
  assert.deepEqual(found("Џевдет Хоџа"), ["C-2"]);
  assert.deepEqual(found("hox"), ["C-2"]);
  assert.deepEqual(found(""), []);
});

function ring(minutes = 5) {
  const clock = { time: 1, timer: undefined, now: () => clock.time, later: (what, after) => {
    clock.timer = { what, at: clock.time + after };
    return () => (clock.timer = undefined);
  } };
  const locked = [];
  const keys = new sealing.KeyRing({ idleMinutes: minutes, clock, onLock: () => locked.push(clock.time) });
  const person = new sealing.PersonSecret("ana", w.office.key, NOW, tools.random(32));
  keys.unlock(person);
  return { clock, keys, person, locked };
}

test("keys are forgotten after idle minutes, and their bytes are wiped", () => {
  const { clock, keys, person, locked } = ring();
  const bytes = person.secret;
  const other = tools.random(32);
  keys.case("C-1").add(1, other);
  clock.time += 4 * 60_000;
  keys.touch();
  clock.time += 4 * 60_000;
  assert.equal(keys.person.person, "ana");
  clock.time = clock.timer.at;
  clock.timer.what();
  assert.equal(locked.length, 1);
  assert.ok(keys.locked);
  assert.ok(bytes.every((byte) => byte === 0) && other.every((byte) => byte === 0));
  assert.throws(() => keys.case("C-1"), { why: "locked" });
  assert.throws(() => person.secret, { why: "locked" });
});

test("a machine that slept does not wake with keys", () => {
  const { clock, keys } = ring();
  clock.time += 60 * 60_000;
  keys.touch();
  assert.ok(keys.locked);
});

test("leaving the page forgets, working keeps", () => {
  const { clock, keys } = ring();
  const page = new EventTarget();
  const stop = keys.watch(page);
  clock.time += 4 * 60_000;
  page.dispatchEvent(new Event("keydown"));
  clock.time += 4 * 60_000;
  assert.ok(!keys.locked);
  page.dispatchEvent(new Event("pagehide"));
  assert.ok(keys.locked);
  stop();
});

test("nothing is kept by the browser", () => {
  const built = readFileSync(new URL("built/sealing.mjs", import.meta.url), "utf8");
  for (const store of ["localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.open"]) {
    assert.ok(!built.includes(store), store);
  }
});
