// A passkey from adding it to removing it, in Chromium with its virtual authenticator.
// MANDATE_URL is the address of an office with sample data; CHROMIUM is the browser's program.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { chromium } from "playwright-core";

const base = process.env.MANDATE_URL ?? "http://localhost:8080";
const password = "four quiet rivers";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
process.on("exit", () => browser.close());

const context = await browser.newContext({ locale: "en-GB" });
const page = await context.newPage();
const said = [];
page.on("console", (message) => message.type() === "error" && said.push(message.text()));
page.on("pageerror", (error) => said.push(String(error)));

const devtools = await context.newCDPSession(page);
await devtools.send("WebAuthn.enable");
const add = (more) =>
  devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, automaticPresenceSimulation: true, ...more },
  });

const path = () => new URL(page.url()).pathname;
const open = (to) => page.goto(base + to);
const signOut = async () => {
  await page.click(".top form button");
  await page.waitForURL("**/sign-in");
};
const typePassword = async (email = "lead@example.org") => {
  await open("/sign-in");
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.click("main form:not([data-passkey]) button");
};
const form = (kind) => page.locator(`form[data-passkey=${kind}]`);
const complaint = async (kind, words) => {
  const line = form(kind).locator("[role=alert]");
  await line.filter({ hasText: words }).waitFor({ timeout: 10_000 });
};
const fillNew = async (name, present) => {
  await form("create").locator("summary").click();
  await page.fill("#passkey-name", name);
  await page.fill("#passkey-present", present);
  await form("create").locator("button").click();
};
const story = async (name, steps) => {
  await steps();
  console.log(`ok: ${name}`);
};

const { authenticatorId } = await add({ isUserVerified: true });
const credentials = async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials;

await story("a passkey is added only by whoever knows the password", async () => {
  await typePassword();
  await page.waitForURL(base + "/");
  await open("/account");
  await fillNew("Work laptop", "not my password");
  await complaint("create", "not right");
  assert.equal((await credentials()).length, 0);
  await page.fill("#passkey-present", password);
  await form("create").locator("button").click();
  await page.locator(".notice.success").filter({ hasText: "passkey has been added" }).waitFor();
  const [key] = await credentials();
  assert.equal(key.rpId, new URL(base).hostname);
  assert.ok(key.isResidentCredential, "it signs in without an e-mail address");
  assert.ok(await page.getByRole("cell", { name: "Work laptop", exact: true }).isVisible());
});

await story("the same device is not added twice", async () => {
  await open("/account");
  await fillNew("Again", password);
  await complaint("create", "already has a passkey");
  assert.equal((await credentials()).length, 1);
});

await story("it signs in by itself, and to the page that was asked for", async () => {
  await signOut();
  await open("/reports");
  assert.equal(path(), "/sign-in");
  await form("get").locator("button").click();
  await page.waitForURL(base + "/reports");
  await open("/account");
  const row = page.getByRole("row").filter({ hasText: "Work laptop" });
  assert.doesNotMatch(await row.innerText(), /not yet/, "the list says when it was used");
});

await story("without the owner's finger nothing opens", async () => {
  await signOut();
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await form("get").locator("button").click();
  await complaint("get", "cancelled or took too long");
  assert.equal(path(), "/sign-in");
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
});

await story("it stands in for the code of the app", async () => {
  await typePassword();
  await page.waitForURL(base + "/");
  await open("/account");
  await page.click("form[action='/account/second-factor'] button");
  const secret = (await page.locator("main code").first().innerText()).replaceAll(" ", "");
  await page.fill("#code", code(secret));
  await page.click("main form button");
  await page.locator(".notice.success li").first().waitFor();
  await signOut();
  await typePassword();
  await page.locator("#code").waitFor();
  await form("get").locator("button").click();
  await page.waitForURL(base + "/");
});

await story("the owner takes the app away again with the password", async () => {
  await open("/account");
  await page.locator("details:has(#confirm) summary").click();
  await page.fill("#confirm", "not my password");
  await page.click("button[formaction='/account/second-factor/end']");
  await page.locator("#confirm-error").waitFor();
  await page.fill("#confirm", password);
  await page.click("button[formaction='/account/second-factor/end']");
  await page.locator(".notice.success").filter({ hasText: "has been removed" }).waitFor();
});

await story("what has been removed opens nothing", async () => {
  await open("/account");
  await page.getByRole("row").filter({ hasText: "Work laptop" }).getByRole("button").click();
  await page.locator(".notice.success").filter({ hasText: "removed here" }).waitFor();
  await signOut();
  await form("get").locator("button").click();
  await complaint("get", "was not accepted");
  assert.equal(path(), "/sign-in");
});

await story("without scripts the pages are whole and promise nothing", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const quiet = await plain.newPage();
  await quiet.goto(base + "/sign-in");
  assert.ok(await quiet.locator("#password").isVisible());
  assert.ok(await quiet.locator("form[data-passkey]").isHidden());
  await plain.close();
});

await story("a browser of before 2025 does the same without the newer functions", async () => {
  await page.addInitScript(() => {
    delete PublicKeyCredential.parseCreationOptionsFromJSON;
    delete PublicKeyCredential.parseRequestOptionsFromJSON;
    delete PublicKeyCredential.prototype.toJSON;
  });
  await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
  await typePassword("reader@example.org");
  await page.waitForURL(base + "/");
  await open("/account");
  assert.equal(await page.evaluate(() => "toJSON" in PublicKeyCredential.prototype), false);
  await fillNew("Old laptop", password);
  await page.locator(".notice.success").filter({ hasText: "passkey has been added" }).waitFor();
  await signOut();
  await form("get").locator("button").click();
  await page.waitForURL(base + "/");
  await signOut();
});

await story("an administrator takes it away from somebody who lost the device", async () => {
  await typePassword("admin@example.org");
  await page.waitForURL(base + "/");
  await open("/people");
  await page.getByRole("link", { name: "Sample Reader" }).click();
  await page.getByRole("button", { name: "Old laptop" }).click();
  await page.locator(".notice.success").filter({ hasText: "removed here" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Old laptop" }).count(), 0);
  await signOut();
  await form("get").locator("button").click();
  await complaint("get", "was not accepted");
});

// The browser itself reports answers of 4xx; nothing else may be said, least of all by the content security policy.
assert.deepEqual(said.filter((text) => !/status of 4(22|03|04)/.test(text)), []);
await browser.close();

/** The code of an authenticator app (RFC 6238) for a key in base32. */
function code(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
