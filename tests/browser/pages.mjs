// Every page, in every language, at the width of a telephone and of a desk: no barrier that axe can see, nothing wider than
// the screen, no complaint of the browser; light enough for a bad line.
import Axe from "@axe-core/playwright";
import { assert, base, browser, languages, pdf, shot, signIn, story, visitor, widths } from "./lib.mjs";

const officer = await visitor();
await signIn(officer, "lead@example.org");
await officer.open("/recommendations");
const one = await officer.getAttribute("table a", "href");
await officer.open("/repetitions");
const alike = await officer.getAttribute("main li a[lang]", "href");
await officer.open("/imports");
await officer.setInputFiles("#file", { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("To,Text,From,Response,Issue,Session\nLakeland,Train judges,Norway,Accepted,Justice,1\nLakeland,,Chile,Perhaps,Weather,1\n") });
await officer.click("main form button");
await officer.waitForURL("**/imports/*");
const table = officer.path();
await officer.open("/imports");
const lines = ["II. Conclusions and/or recommendations", "7. The following recommendations enjoy the support of Lakeland:", "7.1. Publish every judgement (Norway, Chile);", "7.2. Train judges (Peru); open the courts to the public (Kenya)."];
await officer.setInputFiles("#file", { name: "report.pdf", mimeType: "application/pdf", buffer: pdf([lines]) });
await officer.click("main form button");
await officer.waitForURL("**/imports/*");
const review = officer.path();

await officer.open("/documents");
const document = await officer.getAttribute("table a", "href");
await officer.open("/institutions");
const institution = await officer.locator("tr", { has: officer.locator(".tag.late") }).or(officer.locator("tbody tr")).first().locator("a").getAttribute("href");

const nobody = await visitor();
const admin = await visitor();
await signIn(admin, "admin@example.org");
await admin.open("/people");
const person = await admin.getAttribute("main table a", "href");
const observer = await visitor();
await signIn(observer, "observer@example.org");
await observer.open("/process");
await observer.click("form.actions button");
await observer.waitForSelector(".notice.success");
const filer = await visitor();
await signIn(filer, "files@example.org");

const rounds = [
  [nobody, { "sign-in": "/sign-in", "no-invitation": "/invitation/none" }],
  [
    officer,
    {
      desk: "/", list: "/recommendations", filtered: "/recommendations?q=courts&status=not-started", "nothing-found": "/recommendations?q=zzzzzz",
      one, edit: `${one}/edit`, add: "/recommendations/new", documents: "/documents", document, institutions: "/institutions", institution,
      imports: "/imports", "import-table": table, "import-review": review, reports: "/reports", suggestions: "/suggestions", repetitions: "/repetitions", alike, account: "/account", "not-found": "/nowhere", forbidden: "/people",
    },
  ],
  [admin, { people: "/people", ledger: "/ledger", alarms: "/ledger/alarms", "no-role": "/", person, keys: "/keys" }],
  [observer, { process: "/process" }],
  [filer, { files: "/files" }],
];

let looked = 0;
const violations = [];
const wide = [];
for (const [page, paths] of rounds) {
  for (const language of languages) {
    await page.open(`/language?to=${language}&back=/sign-in`);
    for (const [name, path] of Object.entries(paths)) {
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.open(path);
        looked++;
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wide.push(`${name} ${language} ${width}: ${over} px`);
        const found = await new Axe({ page }).analyze();
        for (const each of found.violations) violations.push(`${name} ${language} ${width}: ${each.id} ${each.nodes[0].html.slice(0, 120)}`);
        if (language === "en" || language === "sr-Cyrl") await shot(page, `${name}-${width}-${language}`);
      }
    }
  }
}
await story(`axe finds no violation on ${looked} pages`, () => assert.deepEqual(violations, []));
await story("no page is wider than the screen", () => assert.deepEqual(wide, []));
await story("the browser complains of nothing but pages that are not there or not open", () => {
  const complaints = [officer, admin, nobody, observer, filer].flatMap((page) => page.complaints).filter((text) => !/status of 4(03|04|22)/.test(text));
  assert.deepEqual(complaints, []);
});

await story("the first page weighs under 150 kB and a later one under 30 kB", async () => {
  const page = await visitor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  let bytes = 0;
  devtools.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  const weigh = async (go) => {
    bytes = 0;
    await go();
    await page.waitForLoadState("networkidle");
    return bytes;
  };
  const first = await weigh(() => page.open("/sign-in"));
  assert.ok(first < 150_000, `first ${first}`);
  await signIn(page);
  let heaviest = ["", 0];
  for (const path of ["/", "/recommendations", one, `${one}/edit`, "/documents", "/institutions", "/reports", "/imports", "/suggestions", "/repetitions", `${one}/repetitions`, review]) {
    const weight = await weigh(() => page.open(path));
    if (weight > heaviest[1]) heaviest = [path, weight];
  }
  console.log(`   first ${first} bytes, the heaviest later page ${heaviest[1]} (${heaviest[0]})`);
  assert.ok(heaviest[1] < 30_000, `later ${heaviest}`);
});

await story("every link of a page leads somewhere", async () => {
  const seen = new Set();
  for (const path of ["/", "/recommendations", one, `${one}/edit`, "/documents", "/institutions", "/imports", "/reports", "/account"]) {
    await officer.open(path);
    const links = await officer.$$eval("a[href^='/']", (all) => all.map((a) => a.getAttribute("href")));
    for (const link of links.filter((to) => !to.startsWith("/language"))) seen.add(link.split("#")[0]);
  }
  for (const link of seen) {
    const answer = await officer.request.get(base + link);
    assert.equal(answer.status(), 200, link);
  }
});
await browser.close();
