// Asks a running office 50 times a second for a minute, whatever it answers meanwhile (an open loop: a slow answer does not
// slow the questions), and prints how long answers took from the moment at which they were due.
// Usage: node load.mjs http://localhost:8080 [questions a second] [seconds]
import { Agent, request } from "node:http";

const [base, rate = "50", seconds = "60"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let cookie = "";

const ask = (path, form) =>
  new Promise((resolve, reject) => {
    const url = new URL(path, base);
    const headers = { cookie };
    if (form) Object.assign(headers, { "content-type": "application/x-www-form-urlencoded", origin: base });
    const asked = request(url, { agent, method: form ? "POST" : "GET", headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        for (const each of answer.headers["set-cookie"] ?? []) cookie = [...cookie.split("; ").filter((c) => c && !c.startsWith(each.split("=")[0])), each.split(";")[0]].join("; ");
        resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() });
      });
    });
    asked.on("error", reject);
    asked.end(form);
  });

const page = await ask("/sign-in");
const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)[1];
const form = new URLSearchParams({ csrf, email: "officer@example.org", password: "four quiet rivers", back: "/" });
const signed = await ask("/sign-in", form.toString());
if (signed.status !== 303) throw new Error(`cannot sign in: ${signed.status}`);

const list = await ask("/recommendations");
const ids = [...list.body.matchAll(/\/recommendations\/([0-9a-f-]{36})/g)].map((found) => found[1]);
const words = ["prisons", "torture", "children", "dakovica", "women rights", "ratify convention", "journalists", "roma", "housing", "police"];
const pages = [1, 2, 3, 10, 50, 200];
const kinds = {
  list: (n) => `/recommendations?page=${pages[n % pages.length]}&theme=${["", "justice", "women"][n % 3]}`,
  search: (n) => `/recommendations?q=${encodeURIComponent(words[n % words.length])}`,
  page: (n) => `/recommendations/${ids[n % ids.length]}`,
  desk: () => "/",
};
for (const kind of Object.values(kinds)) await ask(kind(0));

const took = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
const total = rate * seconds;
const begun = performance.now();
const waiting = [];
let wrong = 0;
for (let n = 0; n < total; n++) {
  const due = begun + (n * 1000) / rate;
  const early = due - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  const name = Object.keys(kinds)[n % 4];
  waiting.push(
    ask(kinds[name](Math.floor(n / 4))).then(
      (answer) => (answer.status === 200 ? took[name].push(performance.now() - due) : wrong++),
      () => wrong++,
    ),
  );
}
await Promise.all(waiting);
const at = (all, share) => all[Math.min(all.length - 1, Math.floor(all.length * share))]?.toFixed(1);
for (const [name, all] of Object.entries(took)) {
  all.sort((a, b) => a - b);
  console.log(`${name.padEnd(7)} ${all.length} answers  p50 ${at(all, 0.5)} ms  p99 ${at(all, 0.99)} ms  longest ${at(all, 1)} ms`);
}
console.log(`${wrong} wrong answers; this script used ${(process.cpuUsage().user / 1e6).toFixed(1)} s of processor`);
agent.destroy();
