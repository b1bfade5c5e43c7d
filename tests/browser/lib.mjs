// What the scripts of this folder share.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const base = process.env.MANDATE_URL ?? "http://localhost:8080";
export const password = "four quiet rivers";
export const languages = ["en", "sq", "sr-Latn", "sr-Cyrl"];
export const widths = [390, 1280];

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A new person at the screen; what their browser complains about is collected.
export const visitor = async (options = {}) => {
  const context = await browser.newContext({ locale: "en-GB", acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.open = (path) => page.goto(base + path);
  page.path = () => {
    const url = new URL(page.url());
    return url.pathname;
  };
  return page;
};

export const signIn = async (page, who = "officer@example.org") => {
  await page.open("/sign-in");
  await page.fill("#email", who);
  await page.fill("#password", password);
  await page.press("#password", "Enter");
  await page.waitForURL(`${base}/`);
};

export const story = async (name, steps) => {
  try {
    await steps();
    console.log(`ok: ${name}`);
  } catch (error) {
    console.log(`FAILED: ${name}\n${error.stack}`);
    process.exitCode = 1;
  }
};

// Pictures for a person to look at, when MANDATE_SHOTS names a folder.
export const shot = async (page, name) => {
  const folder = process.env.MANDATE_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

// The real reports and exports, where they lie beside the project.
export const shared = () => {
  const folder = process.env.MANDATE_SHARED_DATA ?? join(import.meta.dirname, "../../../shared/data");
  return existsSync(folder) ? folder : null;
};

// A PDF with the lines of each page, in Helvetica, as small as a PDF can be.
export const pdf = (pages) => {
  const objects = [];
  const add = (body) => objects.push(body);
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${4 + 2 * n} 0 R`).join(" ")}] >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  pages.forEach((lines, n) => {
    const shown = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
    const stream = `BT /F1 11 Tf 14 TL 72 770 Td\n${shown}\nET`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * n} 0 R >>`);
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  });
  let text = "%PDF-1.4\n";
  const places = objects.map((body, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  text += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
};

export { assert };
