// The report that `mandate link run` writes: no barrier that axe can see, in every language, at the width of a telephone and
// of a desk; nothing wider than the screen; no complaint of the browser. The people are invented.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Axe from "@axe-core/playwright";
import { assert, browser, languages, shot, story, visitor, widths } from "./lib.mjs";

const folder = join(process.env.MANDATE_FOLDER, "link");
mkdirSync(folder);
const link = (...told) => execFileSync(process.env.MANDATE_PROGRAM, ["link", ...told], { cwd: folder, encoding: "utf8" });
const fixtures = join(import.meta.dirname, "../../app/commands/tests/fixtures/link");
const lists = ["families.csv", "register.csv"].map((name) => join(fixtures, name));
link("plan", ...lists, ...lists.flatMap((list) => ["--unique", list]));
link("run", "link.toml");
// With answers of a person the report has a table and a curve more.
link("review", "link.toml", "--reviewer", "ana", "--pairs", "40");
const asked = join(folder, "linked/review-ana.csv");
const [head, ...pairs] = readFileSync(asked, "utf8").trimEnd().split("\n");
const at = head.split(",").indexOf("decision");
const answered = pairs.map((pair, n) => pair.split(",").map((cell, column) => (column === at ? ["same", "same", "different"][n % 3] : cell)).join(","));
writeFileSync(asked, [head, ...answered, ""].join("\n"));

const page = await visitor();
const violations = [];
const wide = [];
let looked = 0;
for (const language of languages) {
  link("run", "link.toml", "--language", language);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`file://${join(folder, "linked/report.html")}`);
    looked++;
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wide.push(`${language} ${width}: ${over} px`);
    const found = await new Axe({ page }).analyze();
    for (const each of found.violations) violations.push(`${language} ${width}: ${each.id} ${each.nodes[0].html.slice(0, 120)}`);
    await shot(page, `link-report-${width}-${language}`);
  }
}
await story(`axe finds no violation in ${looked} views of the report`, () => assert.deepEqual(violations, []));
await story("no report is wider than the screen", () => assert.deepEqual(wide, []));
await story("the browser complains of nothing", () => assert.deepEqual(page.complaints, []));
await browser.close();
