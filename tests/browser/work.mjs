// What people come for, done in a browser as they do it.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, base, browser, pdf, shared, shot, signIn, story, visitor } from "./lib.mjs";

const page = await visitor();
await signIn(page);

const send = async (name, buffer) => {
  await page.open("/imports");
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
  await page.click("main form button");
  await page.waitForLoadState();
};

await story("a bad row is named by row and column, and a mended file is written", async () => {
  const heading = "To,Text,From,Response,Issue,Session\n";
  await send("list.csv", Buffer.from(`${heading}Lakeland,Train judges,Norway,Perhaps,Justice,1\n`));
  const said = await page.textContent("main");
  assert.match(said, /Row 2, column Response/);
  assert.equal(await page.locator("form[action$='/apply']").count(), 0);
  await send("list.csv", Buffer.from(`${heading}Lakeland,Train the judges of Đakovica,Norway,Accepted,Justice,1\n`));
  await page.click("form[action$='/apply'] button");
  await page.waitForSelector(".notice.success");
  await page.open("/recommendations?q=dakovica");
  assert.match(await page.textContent("table"), /Train the judges of Đakovica/);
});

await story("an import of many documents shows how far it is, and can be stopped", async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => `Lakeland ${n % 15_000},Synthetic recommendation ${n} on courts,Hilland,Accepted,Justice,1`);
  await send("many.csv", Buffer.from(`To,Text,From,Response,Issue,Session\n${rows.join("\n")}\n`));
  await page.click("form[action$='/apply'] button", { noWaitAfter: true });
  await page.waitForSelector("progress", { timeout: 60_000 });
  await shot(page, "import-under-way-1280-en");
  await page.click("form[action$='/stop'] button");
  await page.waitForSelector("form[action$='/apply'] button", { timeout: 60_000 });
  await page.open("/recommendations?q=Synthetic+recommendation+29");
  assert.doesNotMatch(await page.textContent("main"), /Synthetic recommendation 29/);
  await page.open("/imports");
  assert.match(await page.textContent("table tbody tr"), /Stopped, nothing was written/);
});

await story("what is no document is answered, and so is one without text or with a password", async () => {
  await send("photo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]));
  assert.match(await page.textContent("main"), /CSV/);
  await send("scan.pdf", pdf([[]]));
  assert.match(await page.textContent("main"), /text recognition/);
  await send("broken.pdf", Buffer.from("%PDF-1.4\nnothing"));
  assert.match(await page.textContent("main"), /damaged/);
});

const report = [
  ["A/HRC/99/1", "Report of the Working Group on Lakeland (synthetic)"],
  [
    "II. Conclusions and/or recommendations", "7. The following recommendations enjoy the support of Lakeland:",
    ...Array.from({ length: 10 }, (_, n) => `7.${n + 1}. Open court number ${n + 1} to the public and publish what it decides (Norway, Chile);`),
    "7.11. Train judges (Peru); pay them on time (Kenya).",
    "8. The recommendation below did not enjoy the support of Lakeland:", "8.1. Abolish the lakes (Chad).",
  ],
];

await story("a report is read, corrected, split, accepted and written; the review can be left and taken up again", async () => {
  await send("report.pdf", pdf(report));
  const review = page.path();
  assert.match(await page.textContent("main"), /Waiting: 13/);
  await page.locator("form.proposal").first().locator("textarea").fill("Open court number 1 to the public\n\nPublish what court number 1 decides");
  await page.locator("form.proposal").first().locator("summary").click();
  await page.locator("form.proposal").first().locator("button[value=split]").click();
  await page.waitForLoadState();
  assert.match(await page.textContent("main"), /Waiting: 14/);
  await page.locator("form.proposal").first().locator("button[value=accept]").click();
  await page.waitForLoadState();
  const last = page.locator("form.proposal").last();
  await last.locator("button[value=reject]").click();
  await page.waitForLoadState();
  await page.open("/");
  await page.open(review);
  assert.match(await page.textContent("main"), /Waiting: 12 · Accepted: 1 · Rejected: 1/);
  await shot(page, "review-1280-en");
  const facts = page.locator("form[action$='/document']");
  assert.equal(await facts.locator("#symbol").inputValue(), "A/HRC/99/1");
  await page.locator("details.more > summary").first().click();
  await facts.locator("#title").fill("Report on Lakeland (synthetic)");
  await facts.locator("#subject").fill("Lakeland");
  await facts.locator("#dated").fill("2026-06-01");
  await facts.locator("button").click();
  await page.waitForSelector(".notice.success");
  await page.click("form[action$='/accept'] button");
  await page.waitForSelector("form[action$='/write']");
  await page.click("form[action$='/write'] button");
  await page.waitForSelector(".notice.success");
  assert.match(await page.textContent("dl.facts"), /New recommendations\s*13/);
  await page.click("main a.button");
  assert.match(await page.textContent("main [role=status]"), /of 13$/);
});

await story("ten are assigned at once, three assessed, and the report is a Word file that holds them", async () => {
  for (let n = 0; n < 10; n++) await page.locator("input[name=id]").nth(n).check();
  await page.locator("form[action$='/assign'] summary").click();
  await page.selectOption("#addressee", { index: 1 });
  await page.fill("form[action$='/assign'] #deadline", "2027-03-01");
  await page.click("form[action$='/assign'] details button");
  await page.waitForSelector(".notice.success");
  const list = page.url();
  const links = await page.$$eval("table td a", (all) => all.map((a) => a.getAttribute("href")));
  for (const link of links.slice(0, 3)) {
    await page.open(link);
    await page.locator("summary", { hasText: "State an assessment" }).click();
    await page.selectOption("#assess-grade", "office/under-way");
    await page.fill("#assess-reason", "Two courts opened in May.");
    await page.click("form[action$='/assess'] button");
    await page.waitForSelector(".notice.success");
  }
  await page.goto(list);
  await page.locator("a", { hasText: "Make a report" }).click();
  for (const [format, begins] of [["docx", "PK"], ["xlsx", "PK"], ["csv", "\u{feff}"]]) {
    await page.selectOption("#format", format);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("button[formaction]")]);
    const file = join(mkdtempSync(join(tmpdir(), "mandate-report-")), download.suggestedFilename());
    await download.saveAs(file);
    const bytes = readFileSync(file);
    assert.ok(bytes.toString("utf8").startsWith(begins), format);
    if (format === "csv") {
      const text = bytes.toString("utf8");
      assert.match(text, /Two courts opened in May/);
      assert.equal(text.trim().split("\r\n").length, 14);
    }
  }
});

await story("evidence is kept with its file, a measure moves on, a colleague is asked", async () => {
  await page.open("/recommendations");
  await page.click("table td a");
  await page.waitForURL("**/recommendations/*");
  await page.locator("summary", { hasText: "Add evidence" }).click();
  await page.fill("#evidence-source", "A visit");
  await page.setInputFiles("#evidence-file", { name: "shënime.txt", mimeType: "text/plain", buffer: Buffer.from("Seen.") });
  await page.click("form[action$='/evidence'] button");
  await page.waitForSelector(".notice.success");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a", { hasText: "A visit" }).first().click()]);
  assert.equal(download.suggestedFilename(), "shënime.txt");
  await page.locator("summary", { hasText: "Record a measure" }).click();
  await page.fill("#measure-what", "Hire two clerks");
  await page.click("form[action$='/measures'] button");
  await page.waitForSelector(".notice.success");
  const row = page.locator("tr", { hasText: "Hire two clerks" });
  await row.locator("summary").click();
  await row.locator("select").selectOption("done");
  await row.locator("button").click();
  await page.waitForSelector(".notice.success");
  assert.match(await page.locator("tr", { hasText: "Hire two clerks" }).textContent(), /Completed/);
  const here = page.path();
  await page.fill("#comment-body", "@Sample Lead please look");
  await page.click("form[action$='/comments'] button");
  const lead = await visitor();
  await signIn(lead, "lead@example.org");
  assert.ok(await lead.locator(`a[href='${here}']`).count() > 0);
});

await story("suggested themes are confirmed with the keyboard alone, and only then are they found as themes", async () => {
  await page.open("/recommendations/new");
  await page.fill("#symbol", "X/1/3");
  await page.fill("#text", "Open ramps and lifts to persons with disabilities in every town hall");
  await page.click("main button");
  await page.waitForURL(/recommendations\/[0-9a-f-]{36}/);
  const found = async (query) => {
    await page.open(`/recommendations?${query}`);
    return (await page.textContent("main")).includes("Open ramps");
  };
  assert.ok(await found("suggested=disability"));
  assert.ok(!(await found("theme=disability")));
  for (let n = 0; n < 50; n++) {
    await page.open(`/suggestions?skip=${n}`);
    if ((await page.textContent("main blockquote")).includes("Open ramps")) break;
  }
  const waiting = async () => Number(/person: (\d+)/.exec(await page.textContent("main"))[1]);
  const before = await waiting();
  assert.match(await page.textContent("fieldset"), /disabilities/, "the word that spoke is shown");
  await shot(page, "suggestions-1280-en");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".notice.success");
  assert.equal(await waiting(), before - 1);
  assert.ok(await found("theme=disability"));
  assert.ok(!(await found("suggested=disability")));
});

await story("what was asked before in other words is shown with its date, and that nobody has confirmed it", async () => {
  const add = async (symbol, text, day) => {
    await page.open("/recommendations/new");
    await page.fill("#symbol", symbol);
    await page.fill("#text", text);
    await page.fill("#dated", day);
    await page.click("main button");
    await page.waitForURL(/recommendations\/[0-9a-f-]{36}/);
  };
  await add("X/2/1", "Consider ratifying the OP-CAT", "2009-12-07");
  assert.equal(await page.locator("#again").count(), 0);
  await add("X/2/2", "Accede to the Optional Protocol to the Convention against Torture", "2014-05-01");
  const said = await page.textContent("main");
  assert.match(said, /2 times, first on 7 December 2009/);
  assert.match(said, /nobody has confirmed/);
  await page.click("a:has-text('Consider ratifying the OP-CAT')");
  assert.match(await page.textContent("main"), /Accede to the Optional Protocol/);
});

await story("a group waits in the queue, is confirmed and named, and one measure answers all of it", async () => {
  await page.open("/repetitions");
  await page.click("a:has-text('Consider ratifying the OP-CAT')");
  await shot(page, "alike-1280-en");
  await page.getByLabel("Asks for the same").check();
  await page.fill("#name", "Torture prevention");
  await page.click("main form button:not(.second)");
  await page.waitForSelector(".notice.success");
  assert.ok(!(await page.textContent("main")).includes("Consider ratifying"), "it waits no more");
  await page.open("/repetitions?show=confirmed");
  assert.match(await page.textContent("main"), /Torture prevention/);
  await page.click("a:has-text('Consider ratifying the OP-CAT')");
  await page.click("a:has-text('Accede to the Optional Protocol')");
  assert.match(await page.textContent("main"), /A person confirmed: asked 2 times, this one as number 2; first on 7 December 2009/);
  await page.click("summary:has-text('Record a measure')");
  await page.fill("#measure-what", "The protocol is before the assembly");
  await page.check("#measure-whole");
  await page.click("form[action$='/measures'] button");
  await page.waitForSelector(".notice.success");
  await page.click("a:has-text('Consider ratifying the OP-CAT')");
  assert.match(await page.textContent("main"), /The protocol is before the assembly/);
});

await story("a web page of another body is read with concerns, addressees and progress apart", async () => {
  await send("ombudsperson.html", readFileSync(join(import.meta.dirname, "../../engines/extraction/tests/kinds/ombudsperson.html")));
  const kinds = await page.locator("select[name=kind]").evaluateAll((all) => all.map((one) => one.value));
  assert.ok(kinds.includes("recommendation"), kinds.join());
  assert.equal(await page.inputValue("#mechanism"), "ombudsperson");
});

await story("without JavaScript a person signs in, filters, adds and translates", async () => {
  const plain = await visitor({ javaScriptEnabled: false });
  await signIn(plain);
  await plain.open("/recommendations/new");
  await plain.fill("#symbol", "X/1/2");
  await plain.fill("#text", "Keep the lakes clean");
  await plain.click("main button");
  assert.match(plain.path(), /\/recommendations\/[0-9a-f-]{36}/);
  await plain.click("a[href$='/edit']");
  await plain.selectOption("#language", "sq");
  await plain.fill("#text", "Mbani liqenet të pastra");
  await plain.click("form[action$='/translations'] button");
  await plain.open(`/language?to=sq&back=${plain.path()}`);
  assert.match(await plain.textContent("main"), /Mbani liqenet të pastra/);
});

await story("the keyboard alone leads past the menu, and where it is can be seen", async () => {
  await page.open("/recommendations");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.querySelector("main").contains(document.activeElement));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.ok(inside);
  assert.equal(outline, "solid");
});

await story("the language changes and the page stays", async () => {
  await page.open("/recommendations?q=courts");
  await page.locator(".top nav a[lang=sr-Cyrl]").click();
  assert.equal(page.url(), `${base}/recommendations?q=courts`);
  assert.match(await page.textContent("h1"), /Препоруке/);
  await page.locator(".top nav a[lang=en]").click();
});

const real = shared();
if (real) {
  await story("a real report of 2010 is proposed, accepted and written", async () => {
    await send("albania2010.pdf", readFileSync(join(real, "upr/reports/albania2010.pdf")));
    await shot(page, "review-albania-1280-en");
    await page.setViewportSize({ width: 390, height: 900 });
    await shot(page, "review-albania-390-en");
    await page.setViewportSize({ width: 1280, height: 900 });
    const waiting = Number(/Waiting: (\d+)/.exec(await page.textContent("main"))[1]);
    assert.ok(waiting > 95 && waiting < 115, `${waiting}`);
    await page.click("form[action$='/accept'] button");
    await page.waitForSelector("form[action$='/write']");
    await page.click("form[action$='/write'] button");
    await page.waitForSelector(".notice.success");
    await page.click("main a.button");
    assert.match(await page.textContent("main [role=status]"), new RegExp(`${waiting}`));
  });
} else {
  console.log("skipped: no shared data, so no real report");
}
await browser.close();
