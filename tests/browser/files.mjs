// The whole way of a sealed file, as people walk it: filed in Cyrillic, decided without a name, rejected, reconsidered,
// recognised, a name opened by two; and the server's folder holds nothing of what was written. Everybody is invented.
import assert from "node:assert/strict";
import Axe from "@axe-core/playwright";
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, base, shot, signIn, story, visitor } from "./lib.mjs";

const program = process.env.MANDATE_PROGRAM;
const data = process.env.MANDATE_FOLDER;
const folder = mkdtempSync(join(tmpdir(), "mandate-offline-"));
const office = join(folder, "office");
const OFFLINE = "seven slow wooden boats";
const OWN = "nine tall paper lanterns";
const NAME = "Измишљена Особа Канаринац";
const FATHER = "Канаринов Отац";
const ACCOUNT = "Овај исказ је измишљен за пробу: канаринац-исказ.";
const PAPER = "канаринац-прилог, измишљен";
const REASON = "Исказ је доследан (измишљено): канаринац-разлог.";

// The offline machine: passphrases through a descriptor, never among the arguments.
writeFileSync(join(folder, "phrases"), `${OFFLINE}\n${OFFLINE}\n`, { mode: 0o600 });
const offline = (...told) =>
  new Promise((resolve, reject) => {
    const phrases = openSync(join(folder, "phrases"));
    const child = spawn(program, [...told, "--office", office, "--passphrase-fd", "3"], { stdio: ["ignore", "pipe", "pipe", phrases] });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("exit", (code) => {
      closeSync(phrases);
      code === 0 ? resolve(said) : reject(new Error(`${told.join(" ")}: ${said}`));
    });
  });

// Opening a key takes seconds on purpose, and more where other work goes on.
const PATIENCE = 180_000;
const pages = {};
const admin = await visitor();
await signIn(admin, "admin@example.org");
const bring = async (text) => {
  await admin.open("/keys");
  await admin.fill("#document", text);
  await admin.click("main form button");
  await admin.waitForSelector(".notice.success");
};

/** A picture for a person, and what axe and the width of a telephone say. */
const violations = [];
const look = async (page, name) => {
  await shot(page, name);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) violations.push(`${name}: ${over} px too wide`);
  const found = await new Axe({ page }).analyze();
  for (const each of found.violations) violations.push(`${name}: ${each.id} ${each.nodes[0].html.slice(0, 160)}`);
};
const idle = (page) => page.waitForSelector("#files:not([aria-busy])");
const button = (page, id) => page.locator(`form[data-step="${id}"] button`).last();
/** Takes a step; one that cannot be undone is pressed twice. */
const step = async (page, id) => {
  await button(page, id).click();
  await idle(page);
  if (["decide", "withdraw", "close", "stand-aside", "uphold"].includes(id)) {
    await button(page, id).click();
    await idle(page);
  }
  const wrong = await page.locator(".error-summary").allTextContents();
  assert.deepEqual(wrong, [], `${id}: ${wrong}`);
};
const openFile = async (page, code) => {
  await page.locator("button.as-link", { hasText: code }).click();
  await page.waitForSelector(`h2:text("${code}")`);
};
const again = async (page, code) => {
  await page.locator("p.actions button.second").first().click();
  await page.waitForSelector("table.cards");
  await page.locator("button.as-link", { hasText: code }).click();
  await page.waitForSelector(`h2:text("${code}")`);
};
let code = "";

await story("the office's keys are made offline and brought", async () => {
  await offline("keys", "office");
  await offline("recover", "split", "--to", join(folder, "shares"));
  await bring(readFileSync(join(office, "office.pub"), "utf8"));
  await bring(readFileSync(join(office, "revocations.txt"), "utf8"));
  for (const name of readdirSync(join(office, "certificates"))) await bring(readFileSync(join(office, "certificates", name), "utf8"));
});

/** Somebody makes a key in the browser, and the offline machine certifies it. */
const certified = async (who) => {
  const page = await visitor({ viewport: { width: 390, height: 844 } });
  page.setDefaultTimeout(PATIENCE);
  await signIn(page, `${who}@example.org`);
  await page.open("/files");
  await page.check("#f-same");
  await page.fill("#f-passphrase", OWN);
  await page.fill("#f-again", OWN);
  await page.click("#files form button");
  await page.waitForSelector("#files:not([aria-busy]) > h2:not(:has(~ form))", { timeout: PATIENCE });
  pages[who] = page;
  await admin.open("/keys");
  const requests = await admin.locator("tr:has(.tag.late) pre").allTextContents();
  assert.equal(requests.length, 1, who);
  const file = join(folder, `${who}.request`);
  writeFileSync(file, requests[0]);
  const before = new Set(readdirSync(join(office, "certificates")));
  await offline("keys", "certify", file);
  const made = readdirSync(join(office, "certificates")).find((name) => !before.has(name));
  await bring(readFileSync(join(office, "certificates", made), "utf8"));
};

await story("everybody makes a key in the browser, and the offline machine certifies it", async () => {
  for (const who of ["files", "secretariat", "member1", "member2", "member3", "member4", "keeper1", "keeper2"]) await certified(who);
  await look(admin, "keys");
});

const unlock = async (who, language) => {
  const page = pages[who];
  if (language) await page.open(`/language?to=${language}&back=/files`);
  await page.open("/files");
  await page.fill("#f-passphrase", OWN);
  await page.click("#files form button");
  await page.waitForSelector("#files table.cards, #files p.quiet:not(form p)", { timeout: PATIENCE });
  return page;
};

await story("a wrong passphrase is answered in words, and opens nothing", async () => {
  const page = pages.files;
  await page.open("/files");
  await page.fill("#f-passphrase", "not the right one at all");
  await page.click("#files form button");
  await page.waitForSelector(".error-summary", { timeout: PATIENCE });
  await look(page, "files-wrong-passphrase");
});

await story("a draft is saved with little in it, gone on with, and refused until it is whole", async () => {
  const page = await unlock("files", "sr-Cyrl");
  await page.click("p.actions button");
  await page.waitForSelector("#f-name");
  await page.click("#files form p.actions button");
  await page.waitForSelector(".error-summary");
  await page.fill("#f-name", NAME);
  await page.click("#files form p.actions button");
  await page.waitForSelector("table.cards tbody tr", { timeout: PATIENCE });
  code = (await page.textContent("table.cards tbody button")).trim();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  await openFile(page, code);
  await button(page, "file").click();
  await page.waitForSelector(".error-summary");
});

await story("who files does so in Cyrillic, with a paper whose sending broke off", async () => {
  const page = pages.files;
  await page.locator(".step .actions button").first().click();
  await page.waitForSelector("#f-narrative");
  assert.equal(await page.inputValue("#f-name"), NAME, "what was saved is there");
  await page.fill("#f-father", FATHER);
  await page.fill("#f-never", "Никада на кућну адресу (измишљено)");
  await page.fill("#f-when", "Пролеће 1999. (измишљено)");
  await page.fill("#f-narrative", ACCOUNT);
  const paper = { name: "канаринац.txt", mimeType: "text/plain", buffer: Buffer.from(PAPER) };
  await page.setInputFiles("#f-paper", paper);
  await page.selectOption("#f-region", "prizren");
  for (const purpose of ["decide", "names", "counted"]) await page.check(`#f-consent-${purpose}`);
  await look(page, "files-form");
  await page.route("**/files/send", (route) => route.abort());
  await page.click("#files form p.actions button");
  await page.waitForSelector(".error-summary", { timeout: PATIENCE });
  await page.unroute("**/files/send");
  await page.locator("#files form p.actions button.second").click();
  await page.waitForSelector("table.cards tbody tr");
  await openFile(page, code);
  await page.locator(".step .actions button").first().click();
  await page.waitForSelector("form .notice.important");
  assert.ok((await page.textContent("#files form")).includes(paper.name), "the paper that is not whole is named");
  await page.setInputFiles("#f-paper", paper);
  await page.click("#files form p.actions button");
  await page.waitForSelector("table.cards tbody tr", { timeout: PATIENCE });
  await openFile(page, code);
  assert.ok((await page.textContent("#files")).includes(NAME), "who filed reads the name");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("section button.as-link")]);
  assert.equal(readFileSync(await download.path(), "utf8"), PAPER);
  await step(page, "file");
  await look(page, "files-filed");
  assert.equal(new URL(page.url()).pathname, "/files", "the address says nothing of the file");
  assert.ok(!(await page.title()).includes(code), "nor does the title");
});

const decided = async (who, vote, reason) => {
  for (const member of who) {
    const page = await unlock(member);
    await openFile(page, code);
    const text = await page.textContent("#files");
    assert.ok(text.includes(ACCOUNT) && !text.includes(NAME) && !text.includes(FATHER), "a member reads the account and no name");
    await page.selectOption("#f-vote", vote);
    await step(page, "vote");
  }
  const page = pages[who[0]];
  await again(page, code);
  await page.check(`#f-reason-${reason}`);
  await page.fill("#f-decision", REASON);
  await look(page, `files-decision-${reason}`);
  await step(page, "decide");
};

await story("the secretariat completes and assigns; two members decide without a name: rejected", async () => {
  const page = await unlock("secretariat");
  await openFile(page, code);
  const text = await page.textContent("#files");
  assert.ok(text.includes(ACCOUNT) && !text.includes(NAME), "the secretariat reads no name");
  await step(page, "find-complete");
  for (const name of ["One", "Two"]) await page.getByLabel(`Sample Member ${name}`).check();
  await look(page, "files-assign");
  await step(page, "assign");
  await decided(["member1", "member2"], "reject", "insufficient");
  await again(page, code);
  await step(page, "notify");
});

await story("reconsideration goes to other members, and is recognised", async () => {
  const filer = pages.files;
  await again(filer, code);
  assert.ok((await filer.textContent("#files")).includes(REASON), "who filed reads the reasons");
  await filer.fill("#f-ask-reconsideration", "Молимо поново (измишљено)");
  await step(filer, "ask-reconsideration");
  const page = pages.secretariat;
  await again(page, code);
  assert.equal(await page.getByLabel("Sample Member One").count(), 0, "who decided before is not offered");
  for (const name of ["Three", "Four"]) await page.getByLabel(`Sample Member ${name}`).check();
  await step(page, "assign");
  await decided(["member3", "member4"], "recognise", "account");
  await again(page, code);
  await step(page, "notify");
  await step(page, "order-payment");
  await look(page, "files-ordered");
  await pages.member1.locator("p.actions button.second").first().click();
  await pages.member1.waitForSelector("#files p.quiet");
  assert.equal(await pages.member1.locator("button.as-link", { hasText: code }).count(), 0, "a member of the first round reads no more");
});

await story("a name is opened by two keepers, for a reason", async () => {
  const first = await unlock("keeper1");
  await openFile(first, code);
  const alone = await first.textContent("#files");
  assert.ok(!alone.includes(NAME) && !alone.includes(ACCOUNT), "a keeper alone reads neither name nor account");
  await first.fill("#f-reason", "Исплата (измишљено)");
  await button(first, "open-name").click();
  await first.waitForSelector("section li");
  const second = await unlock("keeper2");
  await openFile(second, code);
  assert.ok((await second.textContent("#files")).includes("Исплата (измишљено)"), "the other keeper reads why");
  await second.locator(".answer button").first().click();
  await idle(second);
  await second.waitForSelector("section li:not(:has(.answer))");
  await again(first, code);
  const opened = await first.textContent("#files");
  assert.ok(opened.includes(NAME) && !opened.includes(ACCOUNT), "two together read the name, and no account");
  await look(first, "files-name");
  await again(second, code);
  assert.ok(!(await second.textContent("#files")).includes(NAME), "who answered did not ask, and reads no name");
});

await story("what is taken back is readable to who filed it alone", async () => {
  const page = pages.files;
  await page.locator("p.actions button.second").first().click();
  await page.waitForSelector("table.cards");
  await page.click("p.actions button");
  await page.waitForSelector("#f-name");
  await page.fill("#f-name", `${NAME} (друго)`);
  await page.fill("#f-when", "Лето 1998. (измишљено)");
  await page.fill("#f-narrative", `${ACCOUNT} (друго)`);
  for (const purpose of ["decide", "names"]) await page.check(`#f-consent-${purpose}`);
  await page.click("#files form p.actions button");
  await page.waitForSelector("table.cards tbody tr:nth-child(2)", { timeout: PATIENCE });
  const codes = await page.locator("table.cards tbody button").allTextContents();
  const second = codes.map((text) => text.trim()).find((text) => text !== code);
  await openFile(page, second);
  await step(page, "file");
  const other = pages.secretariat;
  await again(other, second);
  assert.ok((await other.textContent("#files")).includes("(друго)"), "the secretariat reads it while it is filed");
  await again(page, second);
  await step(page, "withdraw");
  assert.ok((await page.textContent("#files")).includes(`${ACCOUNT} (друго)`), "who filed it reads it still");
  await look(page, "files-taken-back");
  await again(other, second);
  assert.ok(!(await other.textContent("#files")).includes("(друго)"), "and nobody else");
});

await story("a name is found by who filed it, in the page, in another script, and what was sought is not sent", async () => {
  const page = pages.files;
  await page.locator("p.actions button.second").first().click();
  await page.waitForSelector("#f-sought");
  const sent = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await page.fill("#f-sought", "Kanarinac Izmisljena");
  await page.click("form.search button.second");
  await page.waitForSelector("form.search li button");
  assert.equal(await page.locator("form.search li button").count(), 2, "both files of that name");
  await look(page, "files-search");
  assert.ok(sent.every((body) => !/kanarinac|izmisljena/i.test(decodeURIComponent(body))), "the question stays in the page");
  await page.fill("#f-sought", "Nepoznata");
  await page.click("form.search button.second");
  await page.waitForSelector("form.search li.quiet");
});

await story("a passkey opens the key beside the passphrase", async () => {
  const page = pages.secretariat;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true },
  });
  await page.locator("p.actions button.second").first().click();
  await page.waitForSelector("table.cards");
  await page.click("details.passkey summary");
  await look(page, "files-passkey");
  await page.click("details.passkey button");
  await page.waitForSelector(".notice.success");
  await page.open("/files");
  await page.waitForSelector("#f-passphrase");
  await page.locator("#files form p.actions button.second").click();
  await page.waitForSelector("table.cards", { timeout: PATIENCE });
  await openFile(page, code);
  assert.ok((await page.textContent("#files")).includes(ACCOUNT), "what the key opens is open");
});

await story("a colleague who comes later reads nothing of older files until a colleague hands them over", async () => {
  await certified("colleague");
  const late = await unlock("colleague");
  await openFile(late, code);
  assert.ok(!(await late.textContent("#files")).includes(NAME), "there is no key yet");
  await look(late, "files-no-key");
  const page = await unlock("files");
  await page.click("details.hand-over summary");
  await look(page, "files-hand-over");
  await page.locator("details.hand-over .actions button").first().click();
  await page.waitForSelector(".notice.success", { timeout: PATIENCE });
  await again(late, code);
  const text = await late.textContent("#files");
  assert.ok(text.includes(NAME) && text.includes(ACCOUNT), "now the colleague reads it");
});

await story("somebody whom the law leaves out is recorded, read by who recorded it, and taken off without a trace", async () => {
  const page = pages.files;
  const told = "Канаринац изостављен (измишљено)";
  const record = async (why) => {
    await page.selectOption("#f-why", why);
    await page.fill("#f-account", told);
    await page.check("#f-consent-counted");
    await page.click("#files form button");
    await page.waitForSelector(".notice.success", { timeout: PATIENCE });
  };
  await page.locator("p.actions button.second", { hasText: "Изостављени" }).click();
  await page.waitForSelector("#f-why");
  await record("after");
  await look(page, "files-left-out");
  await page.locator("table.cards button.as-link").first().click();
  await page.waitForSelector(".told");
  assert.equal(await page.textContent(".told"), told);
  await page.click(".step button.danger");
  await page.waitForSelector(".error-summary");
  await page.click(".step button.danger");
  await page.waitForSelector(".notice.success");
  assert.equal(await page.locator("table.cards button.as-link").count(), 0);
  await record("definition");
});

await story("every view of who files fits a telephone and a desk in every language", async () => {
  for (const language of ["en", "sq", "sr-Latn"]) {
    const page = await unlock("files", language);
    const views = {
      list: () => page.waitForSelector("table.cards"),
      file: () => openFile(page, code),
      form: async () => {
        await again(page, code);
        await page.locator("p.actions button.second").first().click();
        await page.waitForSelector("table.cards");
        await page.locator("p.actions button").first().click();
        await page.waitForSelector("#f-narrative");
      },
    };
    for (const [name, open] of Object.entries(views)) {
      await open();
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await look(page, `files-${name}-${language}-${width}`);
      }
      await page.setViewportSize({ width: 390, height: 844 });
    }
  }
});

await story("the human rights office gives out figures, with small counts withheld", async () => {
  for (const [size, width] of [["phone", 390], ["desk", 1280]]) {
    const page = await visitor({ viewport: { width, height: 844 } });
    await signIn(page, "observer@example.org");
    await page.open("/process");
    if (size === "phone") {
      await page.click("form[action='/process/figures'] button");
      await page.waitForSelector(".notice.success");
    }
    const text = await page.textContent("main");
    assert.ok(text.includes("By region") && text.includes("By time of examination") && text.includes("Left out by the law"));
    assert.ok(text.includes("fewer than 5"), "one file is never shown as one");
    await look(page, `process-figures-${size}`);
  }
});

await story("the human rights office sees the process and no file", async () => {
  const page = await visitor({ viewport: { width: 390, height: 844 } });
  await signIn(page, "observer@example.org");
  await page.open("/process");
  await look(page, "process");
  const text = await page.content();
  for (const secret of [code, NAME, ACCOUNT, REASON]) assert.ok(!text.includes(secret));
  const answer = await page.goto(`${base}/files`);
  assert.equal(answer.status(), 403);
});

await story("every page of the area is left at once, and there is no way back to it", async () => {
  for (const [who, path] of [["observer", "/process"], ["admin", "/keys"], ["files", "/files"]]) {
    const page = await visitor({ viewport: { width: 390, height: 844 } });
    await signIn(page, `${who}@example.org`);
    await page.route("https://**", (route) => route.fulfill({ contentType: "text/html", body: "<title>elsewhere</title>" }));
    await page.open("/account");
    await page.open(path);
    await page.waitForSelector("a[data-leave]");
    for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
    await page.waitForURL("https://**");
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, "/account", `${path} is not in the history`);
    await page.context().close();
  }
});

await story("nothing of what was written is in the server's folder, and what is planted there is found", async () => {
  const read = (at) => readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? read(join(at, name)) : [[join(at, name), readFileSync(join(at, name))]]));
  const all = read(data);
  assert.ok(all.length > 3 && code.length === 11);
  const found = (secret) => {
    const forms = [Buffer.from(secret), Buffer.from(secret, "utf16le"), Buffer.from(Buffer.from(secret).toString("hex")), Buffer.from(Buffer.from(secret).toString("base64").slice(0, -4))];
    return all.filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name);
  };
  for (const secret of [NAME, FATHER, ACCOUNT, PAPER, REASON, "канаринац"]) assert.deepEqual(found(secret), [], secret);
  assert.ok(found(code).length > 0, "the code stands in the clear, and so the search finds what is there");
});

await story("axe finds no barrier, and nothing is wider than a telephone", () => assert.deepEqual(violations, []));
for (const [who, page] of Object.entries(pages)) {
  await story(`${who}'s browser complained of nothing`, async () => assert.deepEqual(page.complaints.filter((text) => !text.includes("422") && !text.includes("ERR_FAILED")), []));
}
await browser.close();
