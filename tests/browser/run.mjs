// Opens an office with sample data on a free port and runs every other script of this folder against it, one after another.
// MANDATE_PROGRAM is the program, CHROMIUM the browser; `node run.mjs work` runs work.mjs alone.
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const program = process.env.MANDATE_PROGRAM ?? join(here, "../../target/debug/mandate");
const helpers = ["run.mjs", "lib.mjs"];
const only = process.argv.slice(2);
const scripts = readdirSync(here)
  .filter((name) => name.endsWith(".mjs") && !helpers.includes(name))
  .filter((name) => only.length === 0 || only.includes(name.replace(".mjs", "")))
  .sort();

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = async (url) => {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no answer from ${url}`);
};

// Files can be filed only while a window is open; the practice profile has one that stays.
const profileFor = (script) => {
  if (script !== "files.mjs") return "kosovo";
  const copy = mkdtempSync(join(tmpdir(), "mandate-profile-"));
  cpSync(join(here, "../../profiles/kosovo"), copy, { recursive: true });
  const window = '\n[[window]]\nkey = "practice"\nopens = "2025-05-16"\ncloses = "2999-12-31"\nsource = "reopening"\nen = "Practice"\nsq = "Provë"\nsr = "Vežba"\n';
  appendFileSync(join(copy, "process.toml"), window);
  return copy;
};

let failed = 0;
for (const script of scripts) {
  const folder = mkdtempSync(join(tmpdir(), "mandate-browser-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const office = spawn(program, ["--data", folder, "--profile", profileFor(script), "demo", "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, RUST_LOG: "warn" } });
  try {
    await answers(`${url}/sign-in`);
    console.log(`# ${script}`);
    const test = spawn(process.execPath, [join(here, script)], { stdio: "inherit", env: { ...process.env, MANDATE_URL: url, MANDATE_PROGRAM: program, MANDATE_FOLDER: folder } });
    const status = await new Promise((resolve) => test.on("exit", resolve));
    if (status !== 0) failed++;
  } finally {
    office.kill("SIGTERM");
    await new Promise((resolve) => office.on("exit", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(`${scripts.length} scripts, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
