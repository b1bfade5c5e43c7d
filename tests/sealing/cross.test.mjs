// Files that the browser's client, the command line and the ordinary age tool write for each other.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as sealing from "./built/sealing.mjs";
import * as tools from "./built/tools.mjs";

const program = new URL("../../target/debug/examples/commands", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "sealing-"));
const at = (...names) => join(folder, ...names);
const text = (...names) => readFileSync(at(...names), "utf8");
const bytes = (...names) => new Uint8Array(readFileSync(at(...names)));
const all = (...names) => readdirSync(at(...names)).sort().map((name) => text(...names, name));
const phrase = (person) => `the passphrase of ${person}`;

function run(words, phrases = []) {
  const args = words.split(" ").map((word) => word.replace(/@(.*)/, (_, name) => at(name)));
  const done = spawnSync(program, [...args, "--office", at("office"), "--passphrase-fd", "0"], { input: phrases.join("\n"), encoding: "utf8" });
  assert.equal(done.status, 0, `${words}\n${done.stderr}`);
  return done.stdout;
}

const now = Math.floor(Date.now() / 1000);
const memory = new sealing.PageMemory();
let office, directory, chain, ana, secrets;

async function reload() {
  directory = await sealing.Directory.of({ office, certificates: all("office", "certificates"), revocations: text("office", "revocations.txt"), memory, now });
  chain = await sealing.CaseChain.of(all("C-1", "statements"), { case: "C-1", directory, memory });
}

before(async () => {
  assert.ok(existsSync(program), "cargo build -p mandate-commands --example commands");
  run("keys office --work 17", ["the passphrase of the office"]);
  run("keys person ana --to @ana.age --work 17", [phrase("ana")]);
  run("keys certify @ana.age.request", ["the passphrase of the office"]);
  run("recover split --to @shares", ["the passphrase of the office"]);
  run("grant case C-1 --case @C-1 --as ana=@ana.age --to ana", [phrase("ana")]);
  office = sealing.office(text("office", "office.pub").trim());
  await reload();
  ana = await sealing.unwrap({ passphrase: bytes("ana.age") }, { person: "ana", office, passphrase: phrase("ana") });
  secrets = new sealing.CaseSecrets("C-1");
  await sealing.openGrant(bytes("C-1", "grants", "ana.1.age"), { generation: 1, reader: ana, chain, directory, into: secrets });
});
after(() => rmSync(folder, { recursive: true }));

const read = (name, field, more = {}) => sealing.openField(bytes(name), { field, secrets, directory, memory: new sealing.PageMemory(), ...more });

test("the browser opens what the command line wrapped, granted, signed and sealed", async () => {
  writeFileSync(at("a.txt"), "from the command line: Ђ");
  run("seal @a.txt --case @C-1 --field narrative --version 3 --as ana=@ana.age --to @a.age", [phrase("ana")]);
  const opened = await read("a.age", "narrative", { signed: true, version: 3 });
  assert.equal(tools.toText(opened.body), "from the command line: Ђ");
  assert.deepEqual(opened.author, { person: "ana", serial: 1 });
});

test("the command line opens what the browser sealed and signed", async () => {
  const sealed = await sealing.sealField(tools.toBytes("from the browser: ë"), { field: "decision", version: 2, chain, directory, author: sealing.signer(ana, directory), now });
  writeFileSync(at("b.age"), sealed);
  assert.match(run("open @b.age --case @C-1 --field decision --version 2 --signed --as ana=@ana.age --to @b.txt", [phrase("ana")]), /signed by ana/);
  assert.equal(text("b.txt"), "from the browser: ë");
});

test("a case, a person and grants made in the browser serve on the command line", async () => {
  const besa = await sealing.newPerson({ person: "besa", office, passphrase: phrase("besa"), now, work: 17 });
  writeFileSync(at("besa.age"), besa.wrap);
  writeFileSync(at("besa.request"), tools.write("mandate-request/1", [["office", office.key], ["person", "besa"], ["encryption", besa.encryption], ["signing", besa.signing]]));
  run("keys certify @besa.request", ["the passphrase of the office"]);
  await reload();
  const made = await sealing.newCase({ case: "C-2", people: ["besa"], author: sealing.signer(ana, directory), directory, now });
  mkdirSync(at("C-2", "statements"), { recursive: true });
  mkdirSync(at("C-2", "grants"));
  writeFileSync(at("C-2", "statements", "000001.txt"), made.statement);
  for (const { to, generation, bytes: grant } of made.grants) writeFileSync(at("C-2", "grants", `${to.person}.${generation}.age`), grant);
  writeFileSync(at("c.txt"), "of the second case");
  run("seal @c.txt --case @C-2 --field narrative --to @c.age");
  run("open @c.age --case @C-2 --field narrative --as besa=@besa.age --to @c2.txt", [phrase("besa")]);
  assert.equal(text("c2.txt"), "of the second case");
});

test("an attachment goes both ways", async () => {
  const content = new Uint8Array(1_500_000).map((_, n) => n % 249);
  writeFileSync(at("scan.pdf"), content);
  mkdirSync(at("sent"));
  run("seal @scan.pdf --case @C-1 --to @sent");
  const [upload] = readdirSync(at("sent"));
  const reader = await sealing.AttachmentReader.of(bytes("sent", upload, "manifest.age"), { field: `attachment/${upload}`, secrets, directory, memory });
  const get = async (index) => bytes("sent", upload, `part-${String(index).padStart(4, "0")}.age`);
  assert.deepEqual(new Uint8Array(await (await reader.run({ get, count: 2 })).arrayBuffer()), content);
  const plan = await sealing.planAttachment(new Blob([content]), { name: "Скен \"1\".pdf", media: "application/pdf" });
  mkdirSync(at("up", plan.upload), { recursive: true });
  const put = async (index, part) => writeFileSync(at("up", plan.upload, `part-${String(index).padStart(4, "0")}.age`), part);
  const manifest = await sealing.sendAttachment(plan, new Blob([content]), { chain, directory, now, have: new Set(), put });
  writeFileSync(at("up", plan.upload, "manifest.age"), manifest);
  run(`open @up/${plan.upload} --case @C-1 --as ana=@ana.age --to @down.pdf`, [phrase("ana")]);
  assert.deepEqual(bytes("down.pdf"), content);
});

test("the age tool opens what both sealed, given the case's key, and the reverse", async () => {
  run("grant key --case @C-1 --as ana=@ana.age --to @case.key", [phrase("ana")]);
  const sealed = await sealing.sealField(tools.toBytes("for age"), { field: "narrative", version: 9, chain, directory, now });
  writeFileSync(at("browser.age"), sealed);
  writeFileSync(at("d.txt"), "for age");
  run("seal @d.txt --case @C-1 --field narrative --version 9 --to @line.age");
  for (const name of ["browser.age", "line.age"]) {
    const plain = execFileSync("age", ["-d", "-i", at("case.key"), at(name)], { encoding: "latin1" });
    assert.equal(plain.length, 1024, name);
    assert.match(plain, /^mandate-sealed\/1\ncase C-1\nfield narrative\nversion 9\n[\s\S]*\n\nfor age\0+$/, name);
    // What age itself seals again is opened by both.
    writeFileSync(at(`${name}.again`), execFileSync("age", ["-r", chain.current.key], { input: Buffer.from(plain, "latin1") }));
    assert.equal(tools.toText((await read(`${name}.again`, "narrative")).body), "for age");
  }
  // Another ciphertext of a version that this desk sealed is refused; a desk that never saw it opens it.
  rmSync(at("office", "memory.json"));
  run("open @line.age.again --case @C-1 --field narrative --as ana=@ana.age --to @e.txt", [phrase("ana")]);
  assert.equal(text("e.txt"), "for age");
});
